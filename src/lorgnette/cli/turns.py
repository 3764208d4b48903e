"""`lorgnette turns`: what was said and how long each stage took."""

from typing import Annotated, Any

import typer

from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption


def turns(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="How many.")] = 10,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show the last turns with the waterfall of their stages."""
    from lorgnette.cli.output import console, print_json

    found = run(_turns(limit, config))
    if json_:
        for turn in found:
            print_json(turn)
        return
    out = console()
    if not found:
        out.print("Nothing was said yet. Try: [bold]lorgnette say 'what time is it'[/]")
    for turn in reversed(found):
        _show(out, turn)


async def _turns(limit: int, config: Any) -> list[dict[str, Any]]:
    from lorgnette.cli.settings import load

    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    if running.present():
        found: list[dict[str, Any]] = await running.ask("GET", f"/v1/turns?limit={limit}")
        return found
    import msgspec

    from lorgnette.cli.opened import opened

    async with opened(loaded) as (people, _, journal):
        owner = await people.owner()
        return [msgspec.to_builtins(turn) for turn in await journal.turns(owner.id, limit)]


def _show(out: Any, turn: dict[str, Any]) -> None:
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(turn["started"], UTC).astimezone().strftime("%H:%M:%S")
    out.print(f"[dim]{at}[/] [bold]", end="")
    out.print(turn["transcript"] or "–", markup=False, style="bold", end="  ")
    out.print(f"[dim]{turn['outcome'] or 'cut off'}[/]")
    out.print("         ", end="")
    out.print(" ".join(turn["sentences"]), markup=False)
    stages = turn["trace"].get("stages", [])
    if stages:
        _waterfall(out, stages)


def _waterfall(out: Any, stages: list[Any]) -> None:
    width = 40
    first, last = min(stage[1] for stage in stages), max(stage[2] for stage in stages)
    span = max(last - first, 0.1)
    for name, begin, end in stages:
        left = int((begin - first) / span * width)
        long = max(1, round((end - begin) / span * width))
        bar = " " * left + "━" * min(long, width - left or 1)
        out.print(f"         [dim]{name:<12}[/] [cyan]{bar:<{width}}[/] [dim]{end - begin:7.1f} ms[/]")
