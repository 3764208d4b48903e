"""`lorgnette simulate`: many headless devices that speak the real protocol to a real hub."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from urllib.parse import urlsplit

import typer

from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, HubOption, JsonOption, SetOption, TokenOption, VerboseOption
from lorgnette.core.errors import ConfigError

if TYPE_CHECKING:
    from lorgnette.cli.settings import Loaded
    from lorgnette.simulation import Clip, Figures, Plan

ELSEWHERE: Final = 5
"""Devices at most on a hub that isn't on this machine: load is for one's own."""
MAX_MINUTES: Final = 240.0


@dataclass(slots=True)
class _Where:
    """The hub that is spoken to, and a token for each device."""

    url: str
    tokens: list[str]
    own: bool = False
    notes: list[str] = field(default_factory=list)


def simulate(  # noqa: PLR0917 - its options
    devices: Annotated[int, typer.Option("--devices", "-n", min=1, max=2000, help="How many devices.")] = 10,
    minutes: Annotated[float, typer.Option(min=0, max=MAX_MINUTES, help="How long.")] = 0.0,
    seconds: Annotated[
        float, typer.Option(min=0, max=MAX_MINUTES * 60, help="How long, beside --minutes; 30 if neither.")
    ] = 0.0,
    speech: Annotated[
        list[Path] | None,
        typer.Option(
            help="Recordings or folders of them (WAV, FLAC, OGG), may be given several times.",
            exists=True,
            show_default="made by eSpeak",
        ),
    ] = None,
    share: Annotated[
        float, typer.Option(min=0, max=1, help="Part of the time that each wearer speaks.")
    ] = 0.25,
    echo: Annotated[
        str,
        typer.Option(
            metavar="dB,ms",
            help="Each microphone hears its speaker, e.g. -20dB,120ms.",
            show_default=False,
        ),
    ] = "",
    aec: Annotated[
        Literal["device", "hub", "none"] | None,
        typer.Option(help="Who takes the echo out.", show_default="hub with --echo, else device"),
    ] = None,
    loss: Annotated[
        str, typer.Option(metavar="PERCENT", help="Microphone frames that never arrive, e.g. 2%.")
    ] = "0%",
    jitter: Annotated[
        str, typer.Option(metavar="MS", help="Frames leave up to this much late, e.g. 40ms.")
    ] = "0ms",
    reconnect: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0, help="Each line drops about this often; the device resumes."),
    ] = 0.0,
    barge_in: Annotated[
        float, typer.Option(min=0, max=1, help="Part of the replies that the wearer talks over.")
    ] = 0.0,
    ask: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="Typed whenever the hub is silent, so that it speaks most of the time."
        ),
    ] = "",
    json_: JsonOption = False,
    hub: HubOption = "",
    token: TokenOption = "",
    config: ConfigOption = None,
    set_: SetOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Let many devices talk to a hub and print what their wearers felt.

    The running hub of this machine is used, with temporary wearers that are deleted afterwards; without one a
    hub of its own is started with a store that goes with it. `--hub` takes another one, with as many tokens
    as devices, separated by commas. Exit code 1: something failed, or the hub interrupted itself.
    """
    from lorgnette.cli.settings import load
    from lorgnette.simulation import EchoPath, Plan, number

    path = EchoPath.parse(echo) if echo else None
    plan = Plan(
        share=share,
        echo=path,
        aec=aec or ("hub" if path is not None else "device"),
        loss=min(1.0, number(loss, "%") / 100),
        jitter=number(jitter, "ms") / 1000,
        reconnect=reconnect,
        barge_in=barge_in,
        ask=ask,
    )
    length = minutes * 60 + seconds or 30.0
    loaded = load(config, set_ or [], verbose=verbose, quiet=True)

    async def work() -> int:
        from lorgnette.cli.speech import spoken
        from lorgnette.simulation import clips_of

        clips = clips_of(speech) if speech else await spoken()
        async with _hub(loaded, hub, token, devices, set_ or []) as where:
            return await _simulate(where, plan, clips, length, as_json=json_)

    raise typer.Exit(run(work()))


# ── the hub ────────────────────────────────────────────────────────────────────────────────────────────────


@contextlib.asynccontextmanager
async def _hub(
    loaded: "Loaded", url: str, token: str, devices: int, overrides: list[str]
) -> AsyncIterator[_Where]:
    from lorgnette.simulation import UP, own_hub

    if url:
        yield _elsewhere(url, token, devices)
        return
    running = RunningHub(loaded.socket)
    if running.present():
        async with _temporary(running, devices) as tokens:
            status = await running.ask("GET", "/v1/status")
            host = "127.0.0.1" if status["host"] in ("0.0.0.0", "::") else status["host"]  # noqa: S104
            yield _Where(f"ws://{host}:{status['port']}", tokens)
        return
    arguments = [*UP, "--set", "store.url=sqlite://"]
    if loaded.paths.file.is_file():
        arguments += ["--config", str(loaded.paths.file)]
    for one in overrides:
        arguments += ["--set", one]
    async with own_hub(arguments) as own, _temporary(RunningHub(own.socket), devices) as tokens:
        yield _Where(own.url, tokens, own=True)


@contextlib.asynccontextmanager
async def _temporary(running: RunningHub, devices: int) -> AsyncIterator[list[str]]:
    import msgspec

    answer = await running.ask("POST", "/v1/simulate", msgspec.json.encode({"devices": devices}))
    try:
        yield list(answer["tokens"])
    finally:
        await running.ask("DELETE", "/v1/simulate")


def _elsewhere(url: str, token: str, devices: int) -> _Where:
    address = url.replace("http", "ws", 1) if url.startswith("http") else url
    tokens = [one.strip() for one in token.split(",") if one.strip()]
    if len(tokens) < devices:
        raise ConfigError(
            f"{devices} devices need as many tokens, separated by commas; there are {len(tokens)}. "
            "On the hub's own machine none are needed: leave --hub out"
        )
    here = urlsplit(address).hostname in ("127.0.0.1", "localhost", "::1")
    if not here and devices > ELSEWHERE:
        raise ConfigError(f"on a hub elsewhere at most {ELSEWHERE} devices are simulated, not {devices}")
    return _Where(address, tokens[:devices])


# ── the crowd ──────────────────────────────────────────────────────────────────────────────────────────────


async def _simulate(
    where: _Where, plan: "Plan", clips: "list[Clip]", seconds: float, *, as_json: bool
) -> int:
    from lorgnette.cli.output import console, print_json
    from lorgnette.simulation import Crowd, Figures, Glasses, background

    figures, noise = Figures(), background()
    members = [
        Glasses(where.url, token, plan, clips, noise, figures, number)
        for number, token in enumerate(where.tokens)
    ]
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signum, stop.set)
    async with Crowd(members, figures) as crowd:
        if as_json:
            await crowd.run(seconds, stop=stop)
        else:
            await _watched(crowd, figures, seconds, stop)
    failed = _failures(figures, crowd.arrived, len(members), plan, seconds)
    if as_json:
        print_json({"devices": len(members), "seconds": seconds, **figures.summary(), "failed": failed})
    else:
        out = console()
        out.print(_table(figures, crowd.arrived))
        for line in [*figures.errors[:5], *failed]:
            out.print(f"[red]✗[/] {line}")
    return bool(failed)


def _failures(figures: "Figures", arrived: int, wanted: int, plan: "Plan", seconds: float) -> list[str]:
    counts, failed = figures.counts, []
    if arrived < wanted:
        failed.append(f"{wanted - arrived} of {wanted} devices could not connect")
    elif counts["errors"]:
        failed.append(f"{counts['errors']} errors")
    if counts["self_interruptions"]:
        failed.append(f"the hub interrupted itself {counts['self_interruptions']} times")
    if seconds >= 15 and (plan.share or plan.ask) and not counts["turns"]:
        failed.append("nothing was answered")
    return failed


async def _watched(crowd: Any, figures: "Figures", seconds: float, stop: asyncio.Event) -> None:
    """With a live table where somebody watches."""
    from rich.live import Live

    from lorgnette.cli.output import console

    out = console()
    if not out.is_terminal:
        await crowd.run(seconds, stop=stop)
        return
    with Live(_table(figures, crowd.arrived), console=out, refresh_per_second=4, transient=True) as live:
        await crowd.run(seconds, stop=stop, each_second=lambda: live.update(_table(figures, crowd.arrived)))


def _table(figures: "Figures", arrived: int) -> Any:
    from rich.table import Table

    counts = figures.counts
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", justify="right")
    table.add_column()
    table.add_row("devices", str(arrived))
    table.add_row("turns", f"{counts['turns']}  [dim]of {counts['utterances']} utterances[/]")
    for name, title in (
        ("first_sound", "end of speech → first sound"),
        ("hub", "of that the hub's own time"),
    ):
        if figures.times.get(name):
            table.add_row(title, _times(figures, name))
    if counts["barge_ins"]:
        table.add_row("barge-ins found", f"{counts['barge_ins_found']} of {counts['barge_ins']}")
        table.add_row("ducked, stopped", f"{_times(figures, 'duck')}, {_times(figures, 'stop')}")
    if counts["reconnects"]:
        table.add_row(
            "resumed", f"{counts['resumed']} of {counts['reconnects']}  {_times(figures, 'resume')}"
        )
    if counts["lost"]:
        table.add_row("frames lost", str(counts["lost"]))
    table.add_row("self-interruptions", str(counts["self_interruptions"]))
    table.add_row("errors", str(counts["errors"]))
    late = figures.of("late", 0.95)
    if late is not None and late > 20:
        table.add_row("", f"[yellow]this machine is busy: frames left {late:.0f} ms late (p95)[/]")
    return table


def _times(figures: "Figures", name: str) -> str:
    p50, p95 = figures.of(name, 0.5), figures.of(name, 0.95)
    return "–" if p50 is None or p95 is None else f"p50 {p50:,.0f} ms, p95 {p95:,.0f} ms"
