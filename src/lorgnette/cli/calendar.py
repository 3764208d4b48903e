"""`lorgnette calendar`: what is on, and how the accounts are."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.local import run
from lorgnette.cli.options import ConfigOption, JsonOption
from lorgnette.cli.owned import ask

if TYPE_CHECKING:
    from lorgnette.api.app import Domain
    from lorgnette.cli.settings import Loaded
    from lorgnette.store import Store

app = typer.Typer(help="The calendar: list, accounts, sync.", no_args_is_help=True)


async def made(store: "Store", loaded: "Loaded") -> "Domain":
    """Its endpoints without a hub: accounts are looked at when they are asked for."""
    from lorgnette.api.calendar import CalendarApi
    from lorgnette.services.calendar import CalendarSection, CalendarService
    from lorgnette.store import People

    service = CalendarService(store, loaded.settings.section(CalendarSection))
    await service.start()
    return CalendarApi(service, People(store))


@app.command("list")
def list_(
    first: Annotated[
        str, typer.Option("--from", help="The first day, as 2026-11-28.", show_default="today")
    ] = "",
    days: Annotated[int, typer.Option("--days", "-d", min=1, max=366, help="How many days.")] = 7,
    person: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what takes place."""
    query = f"?from={first}" if first else ""
    found = run(ask("GET", f"/v1/calendar{query}", made, config, person=person, days=str(days)))
    if _as_json(found, json_):
        return
    from rich.markup import escape
    from rich.table import Table

    from lorgnette.cli.output import console

    table = Table(box=None, pad_edge=False, show_header=False)
    for style in ("dim", "", "", "dim"):
        table.add_column(style=style)
    for one in found:
        begin = one["begin"].replace("T", " ")
        when = f"{begin[:10]} all day" if one["all_day"] else f"{begin[:16]}–{one['end'][11:16]}"
        table.add_row(when, escape(one["title"]), escape(one["place"]), escape(one["calendar"]))
    console().print(table if found else "Nothing is on.")


@app.command()
def accounts(person: PersonOption = "", json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show the accounts, when each was last read, and what waits for it."""
    show(run(ask("GET", "/v1/calendar/accounts", made, config, person=person)), json_, "calendar")


@app.command()
def sync(person: PersonOption = "", json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Look at the accounts now. Needs a running hub."""
    from lorgnette.cli.local import RunningHub
    from lorgnette.cli.settings import load
    from lorgnette.core.errors import NotFound

    if not RunningHub(load(config, [], quiet=True).socket).present():
        raise NotFound("no hub runs here; start it with: lorgnette up")
    show(run(ask("POST", "/v1/calendar/sync", made, config, person=person)), json_, "calendar")


TROUBLE = {
    "password": "user or password are wrong",
    "unreachable": "can’t be reached",
    "refused": "refuses",
}


def show(found: list[dict[str, Any]], as_json: bool, section: str) -> None:
    """Accounts as a table."""
    if _as_json(found, as_json):
        return
    from datetime import UTC, datetime

    from rich.markup import escape
    from rich.table import Table

    from lorgnette.cli.output import console

    if not found:
        console().print(f"No account is set up; it goes into \\[{section}.accounts.NAME] of lorgnette.toml.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("account", "whose", "server", "entries", "waiting", "last read", ""):
        table.add_column(title)
    for one in found:
        at = datetime.fromtimestamp(one["synced"], UTC).astimezone() if one["synced"] else None
        trouble = (
            f"[red]{TROUBLE.get(one['trouble'], one['trouble'])}[/]: {escape(one['detail'])}"
            if one["trouble"]
            else ""
        )
        waiting = str(one["waiting"]) if one["waiting"] else ""
        when = f"{at:%Y-%m-%d %H:%M}" if at else "never"
        named = (escape(one["name"]), escape(one["person"]), one["host"] or "a file")
        table.add_row(*named, str(one["entries"]), waiting, when, trouble)
    console().print(table)


def _as_json(found: list[dict[str, Any]], wanted: bool) -> bool:
    if wanted:
        from lorgnette.cli.output import print_json

        for one in found:
            print_json(one)
    return wanted
