"""`lorgnette llm`: which language models there are, use one, use none, try one out."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.options import ConfigOption, JsonOption, SetOption

if TYPE_CHECKING:
    from lorgnette.cli.model_file import ModelFile
    from lorgnette.config import Config, ModelSection
    from lorgnette.engines.llm.hosts import ModelHost

app = typer.Typer(
    help="The language model behind everything that no command covers: list, use, off, test, usage.",
    no_args_is_help=True,
)
KEY_SHOWN = 20


def _names(incomplete: str) -> Iterator[tuple[str, str]]:
    from lorgnette.config import presets

    for name, one in presets().items():
        if name.startswith(incomplete):
            yield name, one.title


Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        show_default=False,
        autocompletion=_names,
        help="A preset, or the address of a server.",
    ),
]


@app.command("list")
def list_(json_: JsonOption = False, config: ConfigOption = None, set_: SetOption = None) -> None:
    """Show the models found on this machine and the servers that are known by name."""
    from lorgnette.cli.local import run
    from lorgnette.cli.output import console, print_json
    from lorgnette.config import preset_of, presets
    from lorgnette.engines.llm.hosts import find_hosts

    _, section = _opened(config, set_)
    hosts = run(find_hosts())
    used = section.url.rstrip("/")
    if json_:
        for host in hosts:
            name = preset_of(host.url)
            print_json(_row(name, host.name, host.url, used) | {"found": True, "models": host.models})
        found = {preset_of(host.url) for host in hosts}
        for name, one in presets().items():
            if name not in found:
                print_json(_row(name, one.title, one.url, used) | {"found": False, "key": one.key})
        return
    out = console()
    _show_used(out, section)
    _show_found(out, hosts, used)
    _show_presets(out, used)


@app.command()
def use(
    name: Name,
    model: Annotated[
        str, typer.Argument(metavar="MODEL", show_default=False, help="Its model; the first one without.")
    ] = "",
    key: Annotated[
        str, typer.Option("--key", help="Where its key is: env:NAME or file:/path.", show_default=False)
    ] = "",
    config: ConfigOption = None,
    set_: SetOption = None,
) -> None:
    """Use a model: write it into lorgnette.toml, and tell a hub that runs."""
    from lorgnette.cli.output import console
    from lorgnette.config import ModelSection, Secret
    from lorgnette.core.errors import ConfigError

    if key and Secret(key).literal:
        raise ConfigError("a key doesn't belong on the command line: put it into a variable, --key env:NAME")
    preset, url = _place(name)
    file, _ = _opened(config, set_)
    section = ModelSection(preset=preset, url=url, name=model, key=Secret(key)).resolve({})
    if section.inside and not _weights(config, set_):
        raise ConfigError("first say which file: lorgnette config set llm_local.file ~/models/qwen3.gguf")
    model = model or _first(section, preset)
    file.write(preset=preset, url=url, name=model, key=key)
    out = console()
    where = preset or url
    which = "the model inside the hub" if section.inside else f"{model or 'its first model'} at {where}"
    out.print(f"[green]✓[/] {which}", f"[dim]in {file.path}[/]", soft_wrap=True)
    if section.key and (warning := section.key.warning()):
        out.print(f"  [yellow]{warning}[/]: the hub needs it when it starts.", soft_wrap=True)
    _tell(out)
    out.print("  [dim]Try it: lorgnette llm test[/]")


@app.command()
def off(config: ConfigOption = None, set_: SetOption = None) -> None:
    """Use no model: the hub does what its skills' sentences say and nothing else."""
    from lorgnette.cli.output import console

    file, section = _opened(config, set_)
    out = console()
    if not section.there:
        out.print("There is no model to switch off.")
        return
    file.write(preset="", url="", name="", key="")
    out.print("[green]✓[/] No model is used any more.", f"[dim]in {file.path}[/]", soft_wrap=True)
    _tell(out, "does without")


@app.command("test")
def try_(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            show_default=False,
            autocompletion=_names,
            help="A preset or an address; the one in use without.",
        ),
    ] = "",
    model: Annotated[str, typer.Argument(metavar="MODEL", show_default=False)] = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
    set_: SetOption = None,
) -> None:
    """Ask a model two short things: how soon it answers, whether it streams and can call a tool."""
    import msgspec

    from lorgnette.cli.local import run
    from lorgnette.cli.output import console, print_json
    from lorgnette.config import ModelSection
    from lorgnette.core.errors import ConfigError

    loaded, section = _loaded(config, set_)
    if name:
        preset, url = _place(name)
        section = ModelSection(preset=preset, url=url, name=model, thinking=section.thinking).resolve({})
    if not section.there:
        raise ConfigError("there is no model to try: lorgnette llm list shows those that could be used")
    out = console()
    if not json_:
        out.print(f"[dim]{_named(section)} …[/]", soft_wrap=True)
    trial = run(_tried(loaded, section))
    if json_:
        print_json(msgspec.to_builtins(trial) | {"streams": trial.streams, "url": section.url})
    else:
        out.print(f"  first word  {trial.first_token:6.2f} s   [dim]{_pace(trial.first_token)}[/]")
        out.print(f"  ten words   {trial.whole:6.2f} s   [dim]in {trial.pieces} pieces[/]")
        streams = "[green]yes[/]" if trial.streams else "[yellow]no: the whole answer comes at once[/]"
        out.print(f"  streams     {streams}")
        out.print(f"  tools       {CALLING[trial.calling]}")
        if trial.error:
            out.print(f"              {trial.error}", markup=False)
        out.print("  it said     ", end="")
        out.print(trial.answer[:200] or "nothing", markup=False, soft_wrap=True)
    if not trial.answer or trial.calling != "works":
        raise typer.Exit(1)


CALLING = {
    "works": "[green]called well[/]",
    "malformed": "[yellow]called, but with arguments that can't be used[/]",
    "not called": "[yellow]not called: timers, notes and the like only by their own sentences[/]",
    "failed": "[red]refused[/]",
}


@app.command()
def usage(
    since: Annotated[
        str, typer.Option("--since", help="From then on: 7d, 2026-11-20.", show_default="ever")
    ] = "",
    person: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what the language model was used: tokens and money, by day and model."""
    from datetime import UTC, datetime

    from lorgnette.cli.local import run
    from lorgnette.cli.moments import since as moment
    from lorgnette.cli.used import show_usage, usage_of

    found = run(usage_of(config, person, moment(since, datetime.now(UTC).astimezone())))
    show_usage(found, json_=json_)


def _pace(seconds: float) -> str:
    """As a wearer feels it (docs: the turn)."""
    if seconds <= 0.7:
        return "as in a conversation"
    return "one waits for it" if seconds <= 3 else "too slow to talk with"


async def _tried(loaded: "Config", section: "ModelSection") -> Any:
    from lorgnette.cli.settings import one_chat
    from lorgnette.engines.llm.trial import try_out
    from lorgnette.engines.protocols import Supervised

    chat = one_chat(loaded, section)
    try:
        return await try_out(chat)
    finally:
        if isinstance(chat, Supervised):
            await chat.aclose()


def _named(section: "ModelSection") -> str:
    if section.inside:
        return "the model inside the hub"
    return f"{section.name or 'the first model'} at {section.url}"


def _loaded(config: Path | None, set_: list[str] | None) -> "tuple[Config, ModelSection]":
    from lorgnette.cli.settings import files_of
    from lorgnette.config import Config, ModelSection

    loaded = Config.load(files_of(config), overrides=set_ or ())
    return loaded, loaded.section(ModelSection)


def _opened(config: Path | None, set_: list[str] | None) -> "tuple[ModelFile, ModelSection]":
    from lorgnette.cli.model_file import ModelFile
    from lorgnette.cli.settings import files_of

    return ModelFile(files_of(config), set_ or ()), _loaded(config, set_)[1]


def _weights(config: Path | None, set_: list[str] | None) -> str:
    from lorgnette.engines.llm.sections import LocalChatSection

    return _loaded(config, set_)[0].section(LocalChatSection).file


def _place(name: str) -> tuple[str, str]:
    """(preset, ""), or ("", address)."""
    from lorgnette.config import preset, preset_of
    from lorgnette.core.errors import ConfigError

    if "://" in name:
        if not name.startswith(("http://", "https://")):
            raise ConfigError(f"{name}: an address begins with http:// or https://")
        known = preset_of(name)
        return (known, "") if known else ("", name)
    try:
        preset(name)
    except ValueError as error:
        raise ConfigError(str(error).removeprefix("preset: ")) from error
    return name, ""


def _first(section: "ModelSection", preset: str) -> str:
    """The model that a preset or a server of this machine has first; a server elsewhere isn't asked."""
    from lorgnette.cli.local import run
    from lorgnette.core.errors import ConfigError
    from lorgnette.engines.egress import reach
    from lorgnette.engines.llm.hosts import chat_models, models_at

    if section.name or section.inside:
        return section.name
    from urllib.parse import urlsplit

    if reach(urlsplit(section.url).hostname or "") == "beyond":
        raise ConfigError(f"which of its models? lorgnette llm use {preset or section.url} MODEL")
    found = run(models_at(section.url, seconds=3.0))
    if isinstance(found, str):
        raise ConfigError(f"{preset or section.url} doesn't say its models: {found}")
    models = chat_models(found)
    if not models:
        raise ConfigError(f"{preset or section.url} has no model for talking yet")
    return models[0]


def _tell(out: Any, does: str = "uses it") -> None:
    """Have a running hub take it."""
    from lorgnette.cli.local import RunningHub, run
    from lorgnette.config import Paths
    from lorgnette.core.errors import LorgnetteError

    hub = RunningHub(Paths.of().socket)
    if not hub.present():
        return
    try:
        run(hub.ask("POST", "/v1/model", seconds=10.0))
        out.print(f"  [dim]The running hub {does} from the next turn on.[/]")
    except LorgnetteError as error:
        out.print(
            f"  [yellow]The running hub {does} from its next start on:[/] {error.detail}", soft_wrap=True
        )


def _row(name: str, title: str, url: str, used: str) -> dict[str, Any]:
    return {"name": name, "title": title, "url": url, "used": bool(url) and url.rstrip("/") == used}


def _show_used(out: Any, section: "ModelSection") -> None:
    if section.there:
        out.print(f"In use: [bold]{_named(section)}[/]", soft_wrap=True)
        for number, one in enumerate(section.others, 2):
            out.print(f"  [dim]{number}. where that fails: {_named(one)}[/]", soft_wrap=True)
    else:
        out.print("In use: none. The hub does what its skills' sentences say and nothing else.")
    out.print()


def _show_found(out: Any, hosts: "list[ModelHost]", used: str) -> None:
    from rich.table import Table

    from lorgnette.config import preset_of
    from lorgnette.engines.llm.hosts import chat_models

    if not hosts:
        out.print("On this machine: none found.\n")
        return
    table = Table(box=None, pad_edge=False, header_style="dim", title_justify="left")
    for title in ("on this machine", "models", ""):
        table.add_column(title, overflow="fold")
    for host in hosts:
        models = chat_models(host.models)
        name = preset_of(host.url)
        mark = "[green]● in use[/]" if host.url.rstrip("/") == used else f"[dim]lorgnette llm use {name}[/]"
        table.add_row(name, ", ".join(models[:8]) or "[dim]none for talking[/]", mark if models else "")
    out.print(table)
    out.print()


def _show_presets(out: Any, used: str) -> None:
    import os

    from rich.table import Table

    from lorgnette.config import presets

    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("elsewhere", "", "key", ""):
        table.add_column(title, overflow="fold")
    for name, one in presets().items():
        if one.local or one.inside:
            continue
        state = "[green]set[/]" if os.environ.get(one.key) else "[dim]not set[/]"
        mark = "[green]● in use[/]" if one.url.rstrip("/") == used else ""
        table.add_row(name, one.title, f"{one.key} {state}", mark)
    out.print(table)
    out.print("[dim]What you say to a model elsewhere leaves this machine: lorgnette doctor --egress[/]")
