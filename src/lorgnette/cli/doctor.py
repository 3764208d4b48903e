"""`lorgnette doctor`: what works, what is missing, the command that mends it, and who would hear what."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lorgnette.cli.options import ConfigOption, JsonOption, SetOption

if TYPE_CHECKING:
    from lorgnette.app import HubSettings
    from lorgnette.cli.settings import Loaded
    from lorgnette.config import NetworkSection
    from lorgnette.doctor import Fetchable, Finding, Patient

MARKS = {"ok": "[green]✓[/]", "warning": "[yellow]![/]", "missing": "[red]✗[/]"}
KINDS = {
    "vad": "voice detection",
    "asr": "ears",
    "tts": "voice",
    "llm": "model",
    "wake": "wake word",
    "turn": "end of a sentence",
    "embed": "meanings",
    "service": "service",
}
REACH = {"machine": "this machine", "network": "your network", "beyond": "the internet"}


def doctor(
    egress: Annotated[
        bool, typer.Option("--egress", help="Who would hear what, with this configuration.")
    ] = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
    set_: SetOption = None,
) -> None:
    """Check machine, libraries, store, doors, engines and model.

    Nothing is changed. Exit code 1: something is missing without which the hub doesn't work here.
    """
    from lorgnette.cli.local import run
    from lorgnette.cli.settings import load

    if egress:
        _egress(load(config, set_ or [], quiet=True).settings, as_json=json_)
        return
    from lorgnette.cli.logs import hushed
    from lorgnette.core.errors import LorgnetteError

    checkup: AsyncGenerator[Finding]
    try:
        checkup = _of(load(config, set_ or [], quiet=True), config)
    except LorgnetteError as error:
        checkup = _without_settings(error.detail)
    with hushed():
        findings = run(_shown(checkup, as_json=json_))
    if not json_:
        _sum(findings)
    if any(finding.fatal for finding in findings):
        raise typer.Exit(1)


async def _of(loaded: "Loaded", config: Path | None) -> "AsyncGenerator[Finding]":
    from contextlib import aclosing

    from lorgnette.doctor import check_up

    async with aclosing(check_up(await _patient(loaded, config))) as findings:
        async for finding in findings:
            yield finding


async def _without_settings(why: str) -> "AsyncGenerator[Finding]":
    """What can be said of a machine whose lorgnette.toml can't be read."""
    from contextlib import aclosing

    from lorgnette.config import Paths
    from lorgnette.doctor import BARE, Finding, Patient, check_up

    fix = "lorgnette config check"
    yield Finding("settings", "lorgnette.toml", "missing", why, "the hub can't start", fix, needed=True)
    paths = Paths.of()
    async with aclosing(check_up(Patient(paths.store, paths.data, paths.socket), BARE)) as findings:
        async for finding in findings:
            yield finding


async def _shown(checkup: "AsyncGenerator[Finding]", *, as_json: bool) -> "list[Finding]":
    from contextlib import aclosing

    import msgspec

    from lorgnette.cli.output import print_json

    found: list[Finding] = []
    shown = None if as_json else _Table()
    async with aclosing(checkup) as findings:
        async for finding in findings:
            found.append(finding)
            if shown is None:
                print_json(msgspec.to_builtins(finding))
            else:
                shown.add(finding)
    if shown is not None:
        shown.close()
    return found


async def _patient(loaded: "Loaded", config: Path | None) -> "Patient":
    from lorgnette.cli.candidates import english
    from lorgnette.cli.local import RunningHub
    from lorgnette.config import ModelSection, NetworkSection
    from lorgnette.core.errors import LorgnetteError
    from lorgnette.doctor import Patient
    from lorgnette.sdk.language import languages

    settings = loaded.settings
    running = RunningHub(loaded.socket)
    status: Any = None
    if running.present():
        try:
            status = await running.ask("GET", "/v1/status", seconds=5)
        except LorgnetteError:
            status = None
    return Patient(
        store=settings.store,
        data=loaded.paths.data,
        socket=loaded.socket,
        host=settings.host,
        port=settings.port,
        language=settings.language,
        languages=tuple(sorted(languages())),
        engines=settings.engines,
        model=loaded.config.section(ModelSection),
        network=loaded.config.section(NetworkSection),
        sentences=english(),
        running=status,
        home=_home(loaded.config.section(NetworkSection)),
        models=_models(loaded, config),
    )


def _home(network: "NetworkSection") -> tuple[str, ...]:
    """Where other devices reach the hub, or would."""
    from lorgnette.lan import home_addresses

    return network.addresses or tuple(str(address) for address in home_addresses())


def _models(loaded: "Loaded", config: Path | None) -> "tuple[Fetchable, ...]":
    """Those of the catalogue that fit this machine and that an installed engine runs."""
    from lorgnette.cli.models import runnable
    from lorgnette.cli.shelf import opened
    from lorgnette.core.errors import LorgnetteError
    from lorgnette.doctor import Fetchable
    from lorgnette.doctor.machine import memory_bytes
    from lorgnette.models import fit, spare

    try:
        here = opened(loaded.config, config)
    except LorgnetteError:  # a catalogue that can't be read is told by every command for models
        return ()
    memory, room = memory_bytes()[1], spare(here.shelf.folder)
    return tuple(
        Fetchable(model.kind, model.engine, model.languages, model.id, here.shelf.installed(model))
        for model in here.catalogue
        if runnable(model) and fit(model, here.shelf.needs(model), memory, room) == "fits"
    )


class _Table:
    """An area as soon as it is whole; the terminal says meanwhile that something is going on."""

    def __init__(self) -> None:
        from rich.console import Console

        from lorgnette.cli.output import console

        self._out = console()
        self._waiting = Console(stderr=True).status("Checking …")
        self._waiting.start()
        self._area: list[Finding] = []

    def add(self, finding: "Finding") -> None:
        if self._area and self._area[0].area != finding.area:
            self._print()
        self._area.append(finding)

    def close(self) -> None:
        self._waiting.stop()
        if self._area:
            self._print()

    def _print(self) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(width=1)
        table.add_column(width=18, overflow="fold")
        table.add_column(overflow="fold")
        for one in self._area:
            text = Text(one.found)
            if one.means:
                text.append(f"\n{one.means}", "yellow" if one.state != "ok" else "dim")
            if one.fix:
                text.append(f"\n→ {one.fix}", "cyan")
            mark = "warning" if one.state == "missing" and not one.fatal else one.state
            table.add_row(MARKS[mark], Text(one.name), text)
        self._out.print(f"[bold]{self._area[0].area}[/]")
        self._out.print(table)
        self._area = []


def _sum(findings: "list[Finding]") -> None:
    from lorgnette.cli.output import console

    fatal = [one for one in findings if one.fatal]
    rest = [one for one in findings if one.state != "ok" and not one.fatal]
    out = console()
    if fatal:
        out.print(f"\n[red]✗[/] {len(fatal)} needed and missing: {', '.join(one.name for one in fatal)}")
    else:
        out.print("\n[green]✓[/] Everything that the hub needs is here.", end="")
        out.print(f" [dim]{len(rest)} could be better.[/]" if rest else "")


def _egress(settings: "HubSettings", *, as_json: bool) -> None:
    from pathlib import Path
    from urllib.parse import unquote, urlsplit

    import msgspec
    from rich.table import Table
    from rich.text import Text

    from lorgnette.cli.output import console, print_json
    from lorgnette.doctor import listeners, outside, services

    found = [*listeners(settings.engines), *services(settings.sections)]
    file = urlsplit(settings.store)
    if file.scheme == "sqlite":
        found += outside(Path(unquote(file.path.removeprefix("/"))))
    if as_json:
        for one in found:
            print_json(msgspec.to_builtins(one) | {"sends": one.sends, "leaves": one.leaves})
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("", "what for", "engine", "who hears it", "what"):
        table.add_column(title, overflow="fold")
    for one in found:
        if one.sends is None:
            who, what = Text("unknown", "yellow"), "this engine doesn't say; ask its author"
        elif not one.sends:
            who, what = Text("nobody else", "dim"), "–"
        else:
            who = Text(f"{one.host}, {REACH[one.reach]}")
            if one.reach != "machine" and not one.encrypted:
                who.append("\nnot encrypted on the way", "yellow")
            what = "; ".join(one.sends)
        mark = MARKS["warning"] if one.leaves else MARKS["ok"]
        table.add_row(mark, KINDS[one.kind], one.engine, who, Text(what))
    out = console()
    out.print(table)
    if not any(one.leaves for one in found):
        out.print("\n[green]✓[/] Nothing leaves this machine.")
