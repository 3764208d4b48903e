"""`lorgnette egress`: what left this machine, where to and for whom; never what was in it."""

from typing import Annotated, Any

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.local import run
from lorgnette.cli.options import ConfigOption, JsonOption

REACH = {"machine": "this machine", "network": "your network", "beyond": "[yellow]the internet[/]"}
WHAT = {
    "speech": "what was said, as sound",
    "sentences": "what the hub says, in words",
    "conversation": "the conversation, in words",
    "pictures": "pictures",
    "question": "a question, in words or as a place",
    "message": "a message to somebody",
    "calendar": "the calendar, to and fro",
    "contacts": "contacts, fetched",
    "inquiry": "a question to the server about itself",
    "model": "a model was fetched",
    "memories": "what is to be remembered, and what is asked of it",
}


def egress(
    since: Annotated[
        str, typer.Option("--since", help="From then on: today, 2h, 7d, 2026-11-20.", show_default="ever")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, max=1000, help="Single requests.")] = 20,
    person: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show which servers were asked, how often and with how much: by server, then the last requests.

    `doctor --egress` says who would hear what; this says who did.
    """
    from datetime import UTC, datetime

    from lorgnette.cli.moments import since as moment

    begin = moment(since, datetime.now(UTC).astimezone())
    found = run(_egress(begin, max(limit, 1), person, config))
    if json_:
        from lorgnette.cli.output import print_json

        for one in found["entries"][:limit] if limit else found["totals"]:
            print_json(one)
        return
    _show(found, limit)


async def _egress(since: float, limit: int, person: str, config: Any) -> dict[str, Any]:
    from lorgnette.cli.records import named, records
    from lorgnette.cli.settings import load

    async with records(load(config, [], quiet=True)) as found:
        return await found.egress((await named(found, person))["id"], since, limit)


def _show(found: dict[str, Any], limit: int) -> None:
    from datetime import UTC, datetime

    from rich.filesize import decimal
    from rich.table import Table

    from lorgnette.cli.output import console

    out = console()
    if not found["totals"]:
        out.print("Nothing left this machine.")
        return
    totals = Table(box=None, pad_edge=False)
    for title, side in (("server", "left"), ("", "left"), ("what", "left"), ("times", "right")):
        totals.add_column(title, justify=side)  # type: ignore[arg-type]
    totals.add_column("went out", justify="right")
    totals.add_column("failed", justify="right", style="dim")
    for one in found["totals"]:
        failed = str(one["failed"]) if one["failed"] else ""
        what = WHAT.get(one["what"], one["what"])
        row = (REACH[one["reach"]], what, str(one["count"]), decimal(one["size"]), failed)
        totals.add_row(one["host"], *row)
    out.print(totals)
    if not limit:
        return
    out.print()
    last = Table(box=None, pad_edge=False, show_header=False)
    for style in ("dim", "", "", "dim", "dim"):
        last.add_column(style=style)
    for one in found["entries"]:
        at = datetime.fromtimestamp(one["at"], UTC).astimezone()
        own = " (the hub’s own)" if one["own"] else ""
        how = "" if one["how"] == "ok" else one["how"]
        what = WHAT.get(one["what"], one["what"]) + own
        last.add_row(f"{at:%Y-%m-%d %H:%M:%S}", one["host"], what, decimal(one["size"]), how)
    out.print(last)
