"""`lorgnette errands`: what the hub does on its own for somebody, and ending it."""

from datetime import datetime
from typing import Annotated, Any

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption

app = typer.Typer(help="Errands: what the hub does or watches on its own.", no_args_is_help=True)


@app.command("list")
def list_(person: PersonOption = "", json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show what runs on its own, soonest first."""
    from lorgnette.cli.output import console, print_json

    found = run(_ask("GET", "", person, config))
    if json_:
        for one in found:
            print_json(one)
        return
    from rich.markup import escape
    from rich.table import Table

    if not found:
        console().print("Nothing runs on its own. Say to the glasses: [bold]tell me when the rain stops[/]")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("id", "kind", "what", "next", "runs", "last"):
        table.add_column(title, overflow="fold", style="dim" if title == "id" else "")
    for one in found:
        due = f"{datetime.fromtimestamp(one['due']).astimezone():%Y-%m-%d %H:%M}"
        row = (one["id"], one["kind"], one["what"], due, str(one["runs"]), one["last"])
        table.add_row(*(escape(text) for text in row))
    console().print(table)


@app.command()
def cancel(
    errand: Annotated[str, typer.Argument(help="Its id, see: lorgnette errands list.")],
    person: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """End one. What it is doing this moment is still finished."""
    ended = run(_ask("DELETE", f"/{errand}", person, config))
    if json_:
        from lorgnette.cli.output import print_json

        print_json(ended)
    else:
        typer.echo(f"No longer: {ended['what']}")


async def _ask(method: str, path: str, person: str, config: Any) -> Any:
    from lorgnette.cli.records import named, records
    from lorgnette.cli.settings import load
    from lorgnette.core.errors import NotFound

    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    if not running.present():
        raise NotFound("no hub runs here, so no errand does; start it with: lorgnette up")
    async with records(loaded) as found:
        wearer = (await named(found, person))["id"]
    return await running.ask(method, f"/v1/errands{path}?wearer={wearer}")
