"""`lorgnette forget`: delete what is kept of a wearer, for good."""

from typing import Annotated, Any

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.local import run
from lorgnette.cli.options import ConfigOption, JsonOption


def forget(
    what: Annotated[
        list[str] | None,
        typer.Option("--what", "-w", help="conversations, notes, lists, schedule … or all; several times."),
    ] = None,
    since: Annotated[
        str,
        typer.Option("--since", help="From then on: today, 2h, 7d, 2026-11-20.", show_default="ever"),
    ] = "",
    person: PersonOption = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show how much there is, ask, and delete it for good.

    It is gone from the store's every byte, from its files and from the running hub's memory. Backups that you
    made, and copies on other disks, are yours to delete.
    """
    from datetime import UTC, datetime

    from lorgnette.cli.moments import since as moment

    begin = moment(since, datetime.now(UTC).astimezone())
    run(_forget(what or ["all"], begin, person, config, yes=yes, as_json=json_))


async def _forget(
    what: list[str], since: float, person: str, config: Any, *, yes: bool, as_json: bool
) -> None:
    from lorgnette.cli.output import console, print_json
    from lorgnette.cli.records import named, records
    from lorgnette.cli.settings import load

    out = console()
    async with records(load(config, [], quiet=True)) as found:
        wearer = await named(found, person)
        kept = [one for one in await found.kept(wearer["id"], what, since) if one["count"]]
        if not kept:
            if not as_json:
                out.print("There is nothing to forget.")
            return
        if not yes:
            out.print(f"Of [bold]{_name(wearer)}[/], for good:")
            _show(out, kept)
            typer.confirm("Forget it?", abort=True)
        gone = [one for one in await found.forget(wearer["id"], what, since) if one["count"]]
        copies = await found.copies()
    if as_json:
        for one in gone:
            print_json(one)
        return
    out.print("[green]✓[/] Forgotten:")
    _show(out, gone)
    if copies:
        out.print(
            f"  [yellow]![/] {copies} {'copy' if copies == 1 else 'copies'} from before an upgrade still "
            "hold what was there then; retention.copies says how many days they stay."
        )


def _name(wearer: dict[str, Any]) -> str:
    from rich.markup import escape

    return escape(wearer["name"] or wearer["id"])


def _show(out: Any, kept: list[dict[str, Any]]) -> None:
    from datetime import UTC, datetime

    from rich.filesize import decimal
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(min_width=16)
    table.add_column(justify="right")
    table.add_column(justify="right", style="dim")
    table.add_column(style="dim")
    for one in kept:
        oldest = datetime.fromtimestamp(one["oldest"], UTC).astimezone() if one["oldest"] else None
        since = f"since {oldest:%Y-%m-%d %H:%M}" if oldest else ""
        table.add_row(f"  {one['name']}", str(one["count"]), decimal(one["size"]), since)
    out.print(table)
