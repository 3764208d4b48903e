"""What the language model was used by somebody, for the command line."""

from pathlib import Path
from typing import Any


async def usage_of(config: Path | None, person: str, since: float) -> dict[str, Any]:
    """Through the running hub, else from the store itself."""
    from lorgnette.api.usage import report
    from lorgnette.cli.local import RunningHub
    from lorgnette.cli.records import named, records
    from lorgnette.cli.settings import load
    from lorgnette.core.clock import SystemClock
    from lorgnette.services.usage import UsageSection, UsageService
    from lorgnette.store import Store

    loaded = load(config, [], quiet=True)
    async with records(loaded) as found:
        wearer = (await named(found, person))["id"]
    hub = RunningHub(loaded.socket)
    if hub.present():
        answer: dict[str, Any] = await hub.ask("GET", f"/v1/usage?wearer={wearer}&since={since}")
        return answer
    store = await Store.open(loaded.settings.store, SystemClock())
    try:
        return await report(UsageService(store, loaded.settings.section(UsageSection)), wearer, since)
    finally:
        await store.close()


def show_usage(found: dict[str, Any], *, json_: bool) -> None:
    """A row a day and model; as JSON an object each, behind one of the month."""
    from rich.table import Table

    from lorgnette.cli.output import console, print_json

    currency, limit = found["currency"], found["limit"]
    if json_:
        print_json({key: value for key, value in found.items() if key != "days"})
        for day in found["days"]:
            print_json(day)
        return
    out = console()
    if not found["days"]:
        out.print("No language model was used.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("day", "model"):
        table.add_column(title, overflow="fold")
    for title in ("asked", "read", "of it kept", "written", currency):
        table.add_column(title, justify="right")
    for day in found["days"]:
        numbers = (f"{day[key]:,}" for key in ("requests", "input", "cached", "output"))
        table.add_row(day["day"], day["model"], *numbers, f"{day['cost']:.4f}" if day["cost"] else "")
    out.print(table)
    of = f" of {limit:g}" if limit else ""
    out.print(f"\nThis month: {found['month']:.4f}{of} {currency}", highlight=False)
