"""`lorgnette people`: who uses this hub, what they may, and who leaves for good."""

from typing import Annotated, Any, Literal

import typer

from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption

app = typer.Typer(help="People: list, add, rename, role, language, zone, remove.", no_args_is_help=True)

Role = Literal["owner", "wearer", "guest"]


def names(incomplete: str) -> list[str]:
    """For the shell's completion; silent where it can't know."""
    try:
        found = run(_list(None))
    except Exception:  # noqa: BLE001 — a shell that completes must not be disturbed
        return []
    return [one["name"] for one in found if one["name"].casefold().startswith(incomplete.casefold())]


def _languages(incomplete: str) -> list[str]:
    from lorgnette.sdk.language import languages

    return [code for code in languages() if code.startswith(incomplete)]


def _zones(incomplete: str) -> list[str]:
    from zoneinfo import available_timezones

    return sorted(zone for zone in available_timezones() if zone.lower().startswith(incomplete.lower()))


Person = Annotated[str, typer.Argument(help="Name or id.", autocompletion=names)]
LanguageOf = Annotated[
    str, typer.Option("--lang", "-l", help="Language, e.g. de.", autocompletion=_languages)
]
ZoneOf = Annotated[str, typer.Option("--zone", help="Time zone, e.g. Europe/Berlin.", autocompletion=_zones)]
Name = Annotated[str, typer.Argument(help="What they are called.")]


@app.command("list")
def list_(json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show everybody, their role and whether a device of theirs is on."""
    from lorgnette.cli.output import console, print_json

    found = run(_list(config))
    if json_:
        for one in found:
            print_json(one)
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in ("name", "role", "language", "zone", "devices", ""):
        table.add_column(title, justify="right" if title == "devices" else "left")
    for one in found:
        name = escape(one["name"]) or f"[dim]{one['id']}[/]"
        mark = "[green]● on[/]" if one.get("online") else ""
        table.add_row(name, one["role"], one["language"], one["zone"], str(one["devices"]), mark)
    console().print(table)


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What they may.")] = "wearer",
    language: LanguageOf = "",
    zone: ZoneOf = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Add somebody. Their devices are paired by `lorgnette pair --for NAME`."""
    values = {"name": name, "role": role}
    values |= {key: value for key, value in (("language", language), ("zone", zone)) if value}
    _told(
        run(_ask("POST", "", config, values)),
        "{name} is here now. Pair a device: lorgnette pair --for {name}",
        json_,
    )


@app.command()
def rename(person: Person, name: Name, json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Give somebody another name."""
    _told(run(_change(person, config, name=name)), "They are called {name} now.", json_)


@app.command()
def role(
    person: Person,
    role: Annotated[Role, typer.Argument(help="owner, wearer or guest.")],
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Say what somebody may: owner keeps the hub, guest sends and spends nothing."""
    _told(run(_change(person, config, role=role)), "{name}: {role}.", json_)


@app.command()
def language(
    person: Person,
    language: Annotated[str, typer.Argument(help="E.g. de.", autocompletion=_languages)],
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Say in which language somebody speaks."""
    _told(run(_change(person, config, language=language)), "{name}: {language}.", json_)


@app.command()
def zone(
    person: Person,
    zone: Annotated[str, typer.Argument(help="E.g. Europe/Berlin.", autocompletion=_zones)],
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Say in which time zone somebody lives."""
    _told(run(_change(person, config, zone=zone)), "{name}: {zone}.", json_)


@app.command()
def remove(
    person: Person,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Delete somebody with everything of theirs, for good; their devices are cut off."""
    found = run(find(person, config))
    if not yes:
        who = found["name"] or found["id"]
        typer.confirm(f"Delete {who} with every conversation, note, timer and picture, for good?", abort=True)
    run(_ask("DELETE", f"/{found['id']}", config))
    _told(found, "{name} and everything of theirs is deleted.", json_)


def _told(person: dict[str, Any], sentence: str, as_json: bool) -> None:
    if as_json:
        from lorgnette.cli.output import print_json

        print_json(person)
    else:
        typer.echo(sentence.format(**person | {"name": person["name"] or person["id"]}))


async def _list(config: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await _ask("GET", "", config)
    return found


async def find(person: str, config: Any) -> dict[str, Any]:
    """By name or id; `NotFound` tells the names."""
    from lorgnette.core.errors import NotFound

    found = await _list(config)
    for one in found:
        if person == one["id"] or (one["name"] and person.casefold() == one["name"].casefold()):
            return one
    names = ", ".join(one["name"] or one["id"] for one in found)
    raise NotFound(f"there is no {person!r} here; there are: {names}")


async def _change(person: str, config: Any, **values: str) -> dict[str, Any]:
    found = await find(person, config)
    changed: dict[str, Any] = await _ask("PATCH", f"/{found['id']}", config, values)
    return changed


async def _ask(method: str, path: str, config: Any, values: dict[str, str] | None = None) -> Any:
    """The running hub, else one that is opened for this without engines or doors."""
    import msgspec

    from lorgnette.cli.settings import load

    loaded = load(config, [], quiet=True)
    body = None if values is None else msgspec.json.encode(values)
    running = RunningHub(loaded.socket)
    if running.present():
        return await running.ask(method, f"/v1/people{path}", body)
    from lorgnette.api.alone import ask_store
    from lorgnette.core.clock import SystemClock
    from lorgnette.store import Store

    store = await Store.open(loaded.settings.store, SystemClock())
    try:
        return await ask_store(store, method, f"/v1/people{path}", body)
    finally:
        await store.close()
