"""`lorgnette memory`: what the owner asked the hub to remember."""

from pathlib import Path
from typing import Annotated, Any

import typer

from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption

app = typer.Typer(help="Memory: list, add, search, edit, forget, export.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="As `memory list` shows it.")]


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="How many.")] = 60,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what is remembered, newest first. “*”: from others; “•”: private, sent to no model unasked."""
    _table(run(_ask("GET", f"?limit={limit}", config))["facts"], as_json=json_)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="What it is about.")],
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Find what was remembered, the best first."""
    from urllib.parse import quote

    _table(run(_ask("GET", f"?search={quote(' '.join(words))}", config))["facts"], as_json=json_)


@app.command()
def add(
    text: Annotated[str, typer.Argument(help="The fact, in your words.")],
    language: Annotated[
        str, typer.Option("--lang", "-l", help="Its language, e.g. de; yours if not given.")
    ] = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Remember something, until it is forgotten."""
    kept = run(_add(text, language, config))
    _told(kept, json_)


@app.command()
def edit(
    id: Id,
    text: Annotated[str, typer.Argument(help="What is right.")],
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Correct it; what it said before is kept as its history."""
    _told(run(_ask("PATCH", f"/{_plain(id)}", config, {"text": text})), json_)


@app.command()
def forget(id: Id, json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Forget it and what it said before; `memory restore` brings it back for a day."""
    from lorgnette.cli.output import print_json

    gone = run(_ask("DELETE", f"/{_plain(id)}", config))
    if json_:
        print_json(gone)
    else:
        typer.echo(f"Forgotten: {gone['text']}. Back for a day by: lorgnette memory restore {gone['id']}")


@app.command()
def restore(id: Id, json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Bring back what was forgotten within a day."""
    _told(run(_ask("POST", f"/{_plain(id)}/restore", config)), json_)


@app.command()
def export(
    to: Annotated[
        Path | None, typer.Option("--to", help="File; standard output if not given.", dir_okay=False)
    ] = None,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write everything that is remembered, with its history and summaries, as JSON."""
    import msgspec

    from lorgnette.core.errors import ConfigError

    del json_  # it always is
    everything = run(_ask("GET", "/all", config))
    text = msgspec.json.format(msgspec.json.encode(everything), indent=2).decode()
    if to is None:
        typer.echo(text)
        return
    try:
        to.write_text(f"{text}\n", "utf-8")
        to.chmod(0o600)
    except OSError as error:
        raise ConfigError(f"{to} can't be written: {error.strerror or error}") from None
    typer.echo(f"{len(everything['facts'])} facts are in {to}")


def _table(found: list[dict[str, Any]], *, as_json: bool) -> None:
    from lorgnette.cli.output import console, print_json

    if as_json:
        for one in found:
            print_json(one)
        return
    from datetime import UTC, datetime

    from rich.markup import escape
    from rich.table import Table

    if not found:
        console().print("Nothing is remembered. Say to the glasses: [bold]remember that …[/]")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("id", "since", "", "what", "from"):
        table.add_column(title, style="dim" if title == "id" else "", overflow="fold")
    for one in found:
        since = datetime.fromtimestamp(one["created"], UTC).astimezone().strftime("%Y-%m-%d")
        mark = "*" if one["others"] else "•" if one["private"] else ""
        text = one["text"] or "parked"
        table.add_row(one["id"], since, mark, escape(text), escape(", ".join(one["others"])))
    console().print(table)


def _told(fact: dict[str, Any], as_json: bool) -> None:
    from lorgnette.cli.output import print_json

    if as_json:
        print_json(fact)
    elif fact.get("how") == "known":
        typer.echo(f"{fact['id']} was known already: {fact['text']}")
    elif fact.get("former"):
        typer.echo(f"{fact['id']} {fact['text']} (before: {fact['former']['text']})")
    else:
        typer.echo(f"{fact['id']} {fact['text']}")


async def _add(text: str, language: str, config: Any) -> dict[str, Any]:
    from lorgnette.cli.settings import load
    from lorgnette.config import WearerSection

    language = language or load(config, [], quiet=True).config.section(WearerSection).language
    told: dict[str, Any] = await _ask("POST", "", config, {"text": text, "language": language})
    return told


async def _ask(method: str, path: str, config: Any, values: dict[str, str] | None = None) -> Any:
    """The running hub, else its store, opened for this without engines or doors."""
    import msgspec

    from lorgnette.cli.settings import load

    loaded = load(config, [], quiet=True)
    content = None if values is None else msgspec.json.encode(values)
    running = RunningHub(loaded.socket)
    if running.present():
        return await running.ask(method, f"/v1/memory{path}", content)
    from contextlib import nullcontext

    from lorgnette.api.alone import ask_routes
    from lorgnette.api.memory import MemoryApi
    from lorgnette.core.clock import SystemClock
    from lorgnette.services.memory import MemorySection, MemoryService
    from lorgnette.store import Journal, Store

    store = await Store.open(loaded.settings.store, SystemClock())
    try:
        section = loaded.settings.section(MemorySection)
        service = MemoryService(store, Journal(store), section, lambda _: nullcontext())
        return await ask_routes(store, MemoryApi(service).routes, method, f"/v1/memory{path}", content)
    finally:
        await store.close()


def _plain(id: str) -> str:
    from urllib.parse import quote

    return quote(id, safe="")
