"""`lorgnette consent`: what was asked and allowed, what is always allowed, and how that ends."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption

if TYPE_CHECKING:
    from lorgnette.sdk import Consents

app = typer.Typer(help="Consents: what you allowed, once or always.", no_args_is_help=True)


@app.command()
def log(
    person: PersonOption = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="How many.")] = 20,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what the hub asked for, newest first, with the answer and what was done."""
    found = run(_ask("GET", f"?limit={limit}", person, config, lambda book: book.log(limit)))
    if not json_ and not found:
        typer.echo("Nothing was asked for yet.")
    _show(found, ("when", "answer", "by", "question", "because of"), _asked, json_)


@app.command()
def rules(person: PersonOption = "", json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show what is always allowed. Rules are made by voice: "always allow messages to Anna"."""
    found = run(_ask("GET", "/rules", person, config, lambda book: book.rules()))
    if not json_ and not found:
        typer.echo("Nothing is always allowed.")
    _show(found, ("id", "tool", "who", "address", "since"), _ruled, json_)


@app.command()
def revoke(
    rule: Annotated[str, typer.Argument(help="Id of the rule, see: lorgnette consent rules.")],
    person: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """End a rule: the hub asks again."""
    found = run(_ask("DELETE", f"/rules/{rule}", person, config, lambda book: book.revoke(rule)))
    if json_:
        from lorgnette.cli.output import print_json

        print_json(found)
    else:
        typer.echo(f"The hub asks again before {found['tool']} for {found['who'] or found['to']}.")


def _show(
    found: list[dict[str, Any]],
    titles: tuple[str, ...],
    row: Callable[[dict[str, Any]], tuple[str, ...]],
    json_: bool,
) -> None:
    from lorgnette.cli.output import console, print_json

    if json_:
        for one in found:
            print_json(one)
        return
    if not found:
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in titles:
        table.add_column(title, overflow="fold")
    for one in found:
        table.add_row(*(escape(text) for text in row(one)))
    console().print(table)


def _asked(one: dict[str, Any]) -> tuple[str, ...]:
    sources = ", ".join(f"{source['kind']} {source['name']}".strip() for source in one["sources"])
    return _moment(one["at"]), one["answer"], one["how"], one["question"], sources


def _ruled(one: dict[str, Any]) -> tuple[str, ...]:
    return one["id"], one["tool"], one["who"], one["to"], _moment(one["at"])


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%d %H:%M}"


async def _ask(
    method: str, path: str, person: str, config: Any, alone: "Callable[[Consents], Awaitable[Any]]"
) -> Any:
    """Through the running hub, else from the store itself."""
    import msgspec

    from lorgnette.cli.records import named, records
    from lorgnette.cli.settings import load

    loaded = load(config, [], quiet=True)
    async with records(loaded) as found:
        wearer = (await named(found, person))["id"]
    running = RunningHub(loaded.socket)
    if running.present():
        sign = "&" if "?" in path else "?"
        return await running.ask(method, f"/v1/consents{path}{sign}wearer={wearer}")
    from lorgnette.core.clock import SystemClock
    from lorgnette.services.consent import WearerConsents
    from lorgnette.store import Store

    store = await Store.open(loaded.settings.store, SystemClock())
    try:
        return msgspec.to_builtins(await alone(WearerConsents(store, wearer)))
    finally:
        await store.close()
