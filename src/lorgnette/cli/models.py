"""`lorgnette models`: which there are, fetch, use, import, remove."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lorgnette.cli.options import ConfigOption, JsonOption, SetOption

if TYPE_CHECKING:
    from lorgnette.cli.shelf import Opened
    from lorgnette.models import Model

app = typer.Typer(help="Models: list, pull, use, import, remove.", no_args_is_help=True)

Ids = Annotated[list[str], typer.Argument(metavar="ID…", show_default=False)]
Id = Annotated[str, typer.Argument(metavar="ID", show_default=False)]
FITS = {"fits": "", "memory": "needs more memory", "disk": "needs more disk"}


@app.command("list")
def list_(
    all_: Annotated[
        bool, typer.Option("--all", "-a", help="Those that don't fit this machine, too.")
    ] = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
    set_: SetOption = None,
) -> None:
    """Show the models of the catalogue: those that are here, and those that fit this machine."""
    from lorgnette.cli.output import console, print_json

    open_ = _open(config, set_)
    rows = list(_rows(open_))
    shown = [row for row in rows if all_ or row["installed"] or row["fit"] == "fits"]
    if json_:
        for row in shown:
            print_json(row)
        return
    out = console()
    if not rows:
        out.print("The catalogue is empty: no model has a published hash that could be cited.")
        out.print(f"  [dim]Add your own: {open_.own} (docs/models.md says how)[/]", soft_wrap=True)
        return
    from rich.filesize import decimal
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("model", "for", "size", "languages", "licence", ""):
        right, whole = title == "size", title == "model"
        table.add_column(title, justify="right" if right else "left", overflow="fold", no_wrap=whole)
    for row in shown:
        languages = " ".join(row["languages"]) or ("any" if row["known"] else "")
        for_ = f"{row['kind']} {row['engine']}".strip()
        table.add_row(row["id"], for_, decimal(row["bytes"]), languages, row["licence"], _mark(row))
    out.print(table)
    if len(shown) < len(rows):
        out.print(f"[dim]{len(rows) - len(shown)} more don't fit this machine: --all shows them.[/]")


def _mark(row: "Mapping[str, Any]") -> str:
    """What is to be said of a model here."""
    if not row["known"]:
        return "[green]● here[/] [yellow]not in the catalogue[/]"
    mark = "[green]● here[/]" if row["installed"] else FITS[row["fit"]]
    if not row["runnable"]:
        mark = f"{mark} [yellow]no engine {row['engine']}[/]".strip()
    if not row["installed"] and row["here"] > 0:
        mark = f"[yellow]{row['here'] / row['bytes']:.0%} here[/] {mark}"
    speeds = sorted(one["rtf"] for one in row["measured"] if one["rtf"] is not None)
    if speeds:
        few = f"{speeds[0]:.2g}" + (f"–{speeds[-1]:.2g}" if speeds[-1] > speeds[0] else "")
        mark = f"{mark}\n{few} × real time here"
    return mark


@app.command()
def pull(ids: Ids, json_: JsonOption = False, config: ConfigOption = None, set_: SetOption = None) -> None:
    """Fetch models, check them, put them in their place. Stopped at any moment, it goes on from there."""
    from lorgnette.cli.fetched import told
    from lorgnette.cli.local import run
    from lorgnette.cli.output import console, print_json
    from lorgnette.cli.progress import progress
    from lorgnette.cli.settings import load
    from lorgnette.models import Manners
    from lorgnette.models import pull as fetch

    open_ = _open(config, set_)
    loaded = load(config, set_ or [], quiet=True)
    models = [open_.catalogue.find(id) for id in dict.fromkeys(ids)]
    needed = sum(model.bytes - open_.shelf.here(model) for model in models)
    manners = Manners(mirror=open_.section.mirror, connections=open_.section.connections)
    try:
        with progress(", ".join(model.id for model in models), needed, quiet=json_) as tell:
            run(told(loaded, fetch(models, open_.shelf, manners, tell)))
    except KeyboardInterrupt:
        typer.echo(
            f"Stopped. What came is kept: lorgnette models pull {' '.join(ids)} goes on from there.", err=True
        )
        raise typer.Exit(130) from None
    for model in models:
        if json_:
            print_json({"id": model.id, "folder": str(open_.shelf.place(model)), "bytes": model.bytes})
            continue
        out = console()
        out.print(f"[green]✓[/] {model.id}", end="  ")
        out.print(f"[dim]{open_.shelf.place(model)}[/]", soft_wrap=True)
        if runnable(model):
            out.print(f"  [dim]Use it: lorgnette models use {model.id}[/]")
        else:
            out.print(f"  [yellow]It can't be used yet: no engine {model.engine} is installed.[/]")


@app.command()
def rm(id: Id, config: ConfigOption = None, set_: SetOption = None) -> None:
    """Delete a model's files, those of a cut download too. Settings that name it stay."""
    from rich.filesize import decimal

    open_ = _open(config, set_)
    if id not in open_.shelf.strangers(()):  # what the catalogue doesn't know any more can go as well
        id = open_.catalogue.find(id).id
    freed = open_.shelf.remove(id)
    typer.echo(f"{id} is gone; {decimal(freed)} are free again.")


@app.command()
def use(
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="A model; with --fastest: asr, tts or all.", show_default=False),
    ] = "",
    fastest: Annotated[
        bool, typer.Option("--fastest", help="The fastest of what is here, by what was measured.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say it and write nothing.")] = False,
    remote: Annotated[
        bool, typer.Option("--remote", help="With --fastest: also engines that send something elsewhere.")
    ] = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
    set_: SetOption = None,
) -> None:
    """Write the settings with which the hub uses a model, or the fastest engines here, into lorgnette.toml.

    The fastest: at most half of real time, at most five words in a hundred more wrong than the best, then
    the shortest wait. What isn't measured yet, or was with other versions, is measured first.
    """
    if fastest:
        from lorgnette.cli.fastest import use_fastest

        use_fastest(id or "all", config, set_ or (), dry_run=dry_run, as_json=json_, remote=remote)
        return
    if not id:
        raise typer.BadParameter("which model? or --fastest", param_hint="ID")
    _use(id, config, set_, dry_run=dry_run, as_json=json_)


def _use(id: str, config: Path | None, set_: list[str] | None, *, dry_run: bool, as_json: bool) -> None:
    from lorgnette.cli.output import console, print_json
    from lorgnette.cli.settings import files_of
    from lorgnette.config import Config, Paths, SpeechSection, set_value
    from lorgnette.config.values import from_text
    from lorgnette.core.errors import ConfigError
    from lorgnette.models import ModelError

    open_ = _open(config, set_)
    model = open_.catalogue.find(id)
    if not open_.shelf.installed(model):
        raise ModelError(f"{model.id} isn't here yet: lorgnette models pull {model.id}")
    loaded = Config.load(files_of(config), overrides=set_ or ())
    speech = loaded.section(SpeechSection)
    changes = changes_of(model, open_.shelf.place(model), {"asr": speech.asr, "tts": speech.tts})
    for name, value in changes.items():  # all are checked before the first is written
        section, key = loaded.schema.split(name)
        try:
            from_text(value, loaded.schema.find(section, key))
        except ValueError as error:
            raise ConfigError(f"{name} {error}") from error
    files = files_of(config)
    path = files[0] if files else Paths.of().file
    out = console()
    for name, value in changes.items():
        if not dry_run:
            set_value(path, name, value, loaded.schema)
        if as_json:
            print_json({"set": name, "value": value, "written": not dry_run})
        else:
            out.print(f"  {name} = {value}", markup=False, soft_wrap=True)
    if dry_run or as_json:
        return
    out.print(f"Written to {path}. A running hub takes it at its next start.", markup=False, soft_wrap=True)


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(show_default=False)],
    json_: JsonOption = False,
    config: ConfigOption = None,
    set_: SetOption = None,
) -> None:
    """Take files from a folder instead of the network: whatever the catalogue knows by its hash."""
    from lorgnette.cli.output import console, print_json
    from lorgnette.models import ModelError, take_in

    open_ = _open(config, set_)
    taken = take_in(folder, open_.catalogue, open_.shelf)
    if not taken:
        raise ModelError(f"{folder} holds no file that the catalogue names and that isn't here already")
    if json_:
        for one in taken:
            print_json({"id": one.model.id, "file": one.file.path, "from": str(one.source)})
        return
    out = console()
    for id in dict.fromkeys(one.model.id for one in taken):
        model = open_.catalogue.find(id)
        lacks = [file.path for file in model.files if not open_.shelf.has(model, file)]
        mark = "[green]✓[/]" if not lacks else "[yellow]·[/]"
        out.print(f"{mark} {id}", f"[dim]lacks {', '.join(lacks)}[/]" if lacks else "")


def runnable(model: "Model") -> bool:
    """Whether its engine is installed."""
    from lorgnette.engines.registry import KINDS, available

    return any(model.kind == kind and model.engine in available(kind) for kind in KINDS)


def changes_of(model: "Model", folder: Path, chosen: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """section.key → what is written; `chosen`: the engines of a kind as they are set now, first one first."""
    from lorgnette.cli.settings import DEFAULT_ASR, DEFAULT_TTS
    from lorgnette.models import ModelError

    changes = {name: value.replace("{folder}", str(folder)) for name, value in model.use.items()}
    defaults = {"asr": DEFAULT_ASR, "tts": DEFAULT_TTS}
    if not runnable(model):
        raise ModelError(f"{model.id} needs the engine {model.engine!r}, which isn't installed")
    if model.kind in chosen:
        others = [name for name in chosen[model.kind] or defaults[model.kind] if name != model.engine]
        changes[f"speech.{model.kind}"] = ",".join([model.engine, *others])
    if not changes:
        raise ModelError(f"the catalogue names no setting for {model.id}")
    return changes


def _open(config: Path | None, set_: list[str] | None) -> "Opened":
    from lorgnette.cli.settings import files_of
    from lorgnette.cli.shelf import opened
    from lorgnette.config import Config

    return opened(Config.load(files_of(config), overrides=set_ or ()), config)


def _rows(open_: "Opened") -> "list[dict[str, Any]]":
    """The catalogue's, then what else lies on the shelf."""
    from lorgnette.config import Paths
    from lorgnette.doctor.machine import memory_bytes
    from lorgnette.gauge import Book
    from lorgnette.models import fit, spare

    memory = memory_bytes()[1]
    room = spare(open_.shelf.folder)
    figures = Book.open(Paths.of().data).figures
    rows = [
        {
            "id": model.id,
            "known": True,
            "kind": model.kind,
            "engine": model.engine,
            "runnable": runnable(model),
            "about": model.about,
            "languages": list(model.languages),
            "licence": model.licence,
            "terms": model.terms,
            "source": model.source,
            "bytes": model.bytes,
            "here": open_.shelf.here(model),
            "installed": open_.shelf.installed(model),
            "fit": fit(model, open_.shelf.needs(model), memory, room),
            "measured": [
                {"language": one.language, "provider": one.provider, "rtf": one.rtf, "error": one.error}
                for one in figures
                if one.usable and (one.kind, one.engine, one.model) == (model.kind, model.engine, model.id)
            ],
        }
        for model in open_.catalogue
    ]
    known = {model.id for model in open_.catalogue}
    for id, size in open_.shelf.strangers(known).items():
        nothing = dict.fromkeys(("kind", "engine", "about", "licence", "terms", "source"), "")
        rows.append(
            {"id": id, "known": False, **nothing, "runnable": False, "languages": [], "bytes": size}
            | {"here": size, "installed": True, "fit": "fits", "measured": []}
        )
    return rows
