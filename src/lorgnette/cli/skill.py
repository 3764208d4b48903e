"""`lorgnette skill`: make, try, install, list skills, and switch them off and on."""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption

if TYPE_CHECKING:
    from lorgnette.cli.settings import Loaded
    from lorgnette.kit.reading import Read
    from lorgnette.sdk.folder import Place

app = typer.Typer(help="Skills: new, test, install, list, off, on.", no_args_is_help=True)

PACKAGE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(==[A-Za-z0-9.+!-]+)?")


def own_names(incomplete: str) -> list[str]:
    """Skills of the folder, for the shell's completion."""
    from lorgnette.config import Paths
    from lorgnette.sdk.folder import places

    return [one.name for one in places(Paths.of().data / "skills") if one.name.startswith(incomplete)]


def names(incomplete: str) -> list[str]:
    """Every skill, likewise; none is loaded for it."""
    from importlib.metadata import entry_points

    from lorgnette.sdk.registry import GROUP

    known = {point.name for point in entry_points(group=GROUP)}
    return sorted(name for name in {*known, *own_names("")} if name.startswith(incomplete))


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="A word or more, as dice or coffee_timer.")],
    to: Annotated[
        Path | None, typer.Option("--to", help="Another folder than the hub's own.", file_okay=False)
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Write a new skill, which works as it is, in three languages and with a dialogue that tries it."""
    from lorgnette.cli.settings import load
    from lorgnette.kit.new import write_skill

    loaded = load(config, [], quiet=True)
    _free(name)
    folder = to or _folder(loaded)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in write_skill(name, folder):
        typer.echo(file)
    if to is None:
        run(_looked(loaded))
    words = name.replace("_", " ")
    typer.echo(f"\nTry it:    lorgnette skill test {name if to is None else folder / name}")
    if to is None:
        typer.echo(f'Speak:     lorgnette say "say hello from {words} two times"')
    typer.echo(f"Change it: {folder / name / name}.py")


@app.command("test")
def try_(
    what: Annotated[
        str | None,
        typer.Argument(metavar="[NAME|PATH]", help="Left out: all of the folder.", autocompletion=own_names),
    ] = None,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Hold a skill's dialogues, in each language and on each form of device; exit code 1 if one goes wrong.

    The skill is run for that, beside all that are installed, with services in memory.
    """
    from lorgnette.cli.output import print_json
    from lorgnette.cli.settings import load
    from lorgnette.cli.skill_trial import try_skill
    from lorgnette.sdk.folder import places

    loaded = load(config, [], quiet=True)
    folder = _folder(loaded)
    found = [_named(what, folder)] if what else places(folder)
    if not found:
        typer.echo(f"There are no skills in {folder} yet: lorgnette skill new NAME")
    failed = False
    for place in found:
        trial = try_skill(place, folder, loaded.settings.skills_off)
        failed = failed or not trial.well
        if json_:
            print_json(trial.as_json())
        else:
            typer.echo(str(trial))
    if failed:
        raise typer.Exit(1)


@app.command("list")
def list_(json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show every skill: where it comes from, what it may do, whether it is on, and what is wrong with it."""
    from lorgnette.cli.output import console, print_json
    from lorgnette.cli.settings import load

    rows = run(_rows(load(config, [], quiet=True)))
    if json_:
        for row in rows:
            print_json(row)
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("skill", "", "version", "from", "may", "does"):
        table.add_column(title, overflow="fold")
    marks = {"on": "[green]on[/]", "off": "[dim]off[/]", "broken": "[red]broken[/]"}
    for row in rows:
        mark = "[yellow]older[/]" if row["why"] and row["state"] == "on" else marks[row["state"]]
        may = ", ".join(row["effects"])
        does = row["does"] or row["why"]
        origin = row["from"] if row["from"] == "built-in" else f"{row['from']} {escape(row['place'])}"
        table.add_row(row["name"], mark, row["version"], origin, may, escape(does))
    console().print(table)
    for row in rows:
        if row["why"] and row["state"] != "broken":
            console().print(f"[yellow]{row['name']}[/] is at work as it was before: {escape(row['why'])}")


@app.command()
def off(
    name: Annotated[str, typer.Argument(autocompletion=names)],
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Don't use a skill, from now on and after a restart."""
    _switch(name, on=False, json_=json_, config=config)


@app.command()
def on(
    name: Annotated[str, typer.Argument(autocompletion=names)],
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Use a skill again."""
    _switch(name, on=True, json_=json_, config=config)


@app.command()
def install(
    source: Annotated[
        str,
        typer.Argument(metavar="PATH|PACKAGE", help="A folder, a file, a zip, a wheel, or a package's name."),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of one that is there.")] = False,
    config: ConfigOption = None,
) -> None:
    """Install a skill, after showing what it may do and reaches; before your yes nothing of it is run.

    What is shown was read in its source, and code can hide what it does: a skill runs in the hub and can do
    whatever you can. Install only what you trust.
    """
    from lorgnette.cli.settings import load
    from lorgnette.cli.skill_source import copied, laid_out, room_for
    from lorgnette.core.errors import SkillError

    loaded = load(config, [], quiet=True)
    path = Path(source).expanduser()
    if path.suffix == ".whl" or (not path.exists() and PACKAGE.fullmatch(source)):
        _install_package(source, yes=yes)
        return
    folder = _folder(loaded)
    if path.resolve().parent == folder.resolve():
        raise SkillError(f"{source} is in the hub's folder already")
    with ExitStack() as stack:
        place = stack.enter_context(laid_out(path))
        _free(place.name)
        if not replace:
            room_for(place, folder)
        _ask(_read(place), yes=yes)
        copy = copied(place, folder, replace=replace)
    typer.echo(f"Installed in {copy.path}")
    rows = run(_looked(loaded)) or run(_rows(loaded))
    row = next((one for one in rows if one["name"] == copy.name), None)
    if row is None or row["why"]:
        raise SkillError(f"{copy.name} doesn't work: {row['why'] if row else 'nobody knows why'}")
    typer.echo(f"{copy.name} is {row['state']}.")


def _install_package(name: str, *, yes: bool) -> None:
    from tempfile import TemporaryDirectory

    from lorgnette.cli.skill_source import install_package
    from lorgnette.core.errors import SkillError
    from lorgnette.kit.reading import read_skill

    with TemporaryDirectory(prefix="lorgnette-skill-") as scratch:
        install_package(name, "--no-deps", "--target", scratch)
        modules = list(_skills_in(Path(scratch)))
        if not modules:
            raise SkillError(f"the package {name} brings no skill")
        reads = []
        for key, file in modules:
            folder = file.parent
            files = sorted(folder.rglob("*.py")) if file.name == "__init__.py" else [file]
            _free(key)
            reads.append(read_skill(key, files))
        for one in reads[:-1]:
            typer.echo(_told(one))
        _ask(reads[-1], yes=yes)
    install_package(name)
    typer.echo(f"{name} is installed. A running hub takes it at its next start.")


def _skills_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, file) of each skill that the packages in a folder declare."""
    from importlib.metadata import distributions

    from lorgnette.sdk.registry import GROUP

    for found in distributions(path=[str(folder)]):
        for point in found.entry_points.select(group=GROUP):
            base = folder.joinpath(*point.module.split("."))
            for file in (base.with_suffix(".py"), base / "__init__.py"):
                if file.is_file():
                    yield point.name, file


def _read(place: "Place") -> "Read":
    """What is checked before the copy is made."""
    from lorgnette.cli.skill_source import files_of
    from lorgnette.core.errors import SkillError
    from lorgnette.kit.new import checked_name
    from lorgnette.kit.reading import read_skill
    from lorgnette.sdk.requirements import unmet

    checked_name(place.name)
    files = list(files_of(place))
    if not any(within == Path(f"{place.name}.py") for _, within in files):
        raise SkillError(f"{place.path} is no skill: there is no {place.name}.py in it")
    found = read_skill(place.name, [file for file, _ in files if file.suffix == ".py"])
    if lacking := unmet(found.requires):
        raise SkillError(f"{place.name}: {lacking}")
    return found


def _ask(found: "Read", *, yes: bool) -> None:
    typer.echo(_told(found))
    if found.packages:
        typer.echo(f"  It needs packages that aren't here: {', '.join(sorted(found.packages))}")
    typer.echo("  This was read, not run. A skill runs in the hub and can do whatever you can.")
    if not yes:
        typer.confirm(f"Install {found.name}?", abort=True)


def _told(found: "Read") -> str:
    tools = ", ".join(f"{name} ({effect})" for name, effect in found.tools) or "none"
    lines = [f"{found.name} {found.version}".strip() + (f" – {found.doc}" if found.doc else "")]
    lines.append(f"  Tools:   {tools}")
    lines.append(f"  Reaches: {', '.join(sorted(found.reaches)) or 'nothing but the conversation'}")
    return "\n".join(lines)


def _switch(name: str, *, on: bool, json_: bool, config: Path | None) -> None:
    from lorgnette.cli.output import print_json
    from lorgnette.cli.settings import files_of, load
    from lorgnette.config import Config, Paths, SkillsSection, set_value
    from lorgnette.core.errors import NotFound, SkillError
    from lorgnette.sdk.registry import ALWAYS

    loaded = load(config, [], quiet=True)
    if name not in names(""):
        raise NotFound(f"there is no skill {name!r}; there are: {', '.join(names(''))}")
    if not on and name in ALWAYS:
        raise SkillError(f"{name} stays on: it is what stops and takes back everything else")
    files = files_of(config)
    current = set(Config.one("skills", SkillsSection, files).off)
    wanted = current - {name} if on else current | {name}
    set_value(files[0] if files else Paths.of().file, "skills.off", ",".join(sorted(wanted)))
    rows = run(_looked(loaded)) or run(_rows(loaded))
    row = next((one for one in rows if one["name"] == name), {"name": name, "state": "on" if on else "off"})
    if json_:
        print_json(row)
    else:
        typer.echo(f"{name} is {row['state']}." + (f" {row['why']}" if row.get("why") else ""))


def _free(name: str) -> None:
    """`SkillError` where an installed skill has the name."""
    from importlib.metadata import entry_points

    from lorgnette.core.errors import SkillError
    from lorgnette.sdk.registry import GROUP

    if name in {point.name for point in entry_points(group=GROUP)}:
        raise SkillError(f"there is a skill {name!r} already, so this one needs another name")


def _folder(loaded: "Loaded") -> Path:
    return loaded.paths.data / "skills"


def _named(what: str, folder: Path) -> "Place":
    from lorgnette.core.errors import NotFound
    from lorgnette.sdk.folder import place_of, places

    for place in places(folder):
        if place.name == what:
            return place
    path = Path(what).expanduser()
    found = place_of(path.resolve()) if path.exists() else None
    if found is None:
        known = ", ".join(one.name for one in places(folder)) or "none yet"
        raise NotFound(f"there is no skill {what!r} in {folder}, nor at that path; there are: {known}")
    return found


async def _rows(loaded: "Loaded") -> list[dict[str, Any]]:
    """From the running hub, else looked up here."""
    running = RunningHub(loaded.socket)
    if running.present():
        found: list[dict[str, Any]] = (await running.ask("GET", "/v1/skills"))["skills"]
        return found
    from lorgnette.api.skills import rows
    from lorgnette.app.skills import Skills
    from lorgnette.cli.logs import hushed

    with hushed():  # what is broken is in the rows
        return list(rows(Skills(loaded.settings).first()))


async def _looked(loaded: "Loaded") -> Iterable[dict[str, Any]] | None:
    """Have the running hub look at the files; None where there is none."""
    running = RunningHub(loaded.socket)
    if not running.present():
        return None
    found: list[dict[str, Any]] = (await running.ask("POST", "/v1/skills"))["skills"]
    return found
