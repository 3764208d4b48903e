"""`lorgnette up`: run the hub until it is stopped."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from lorgnette.cli.local import run
from lorgnette.cli.options import ConfigOption, SetOption, VerboseOption

if TYPE_CHECKING:
    from lorgnette.app import Hub
    from lorgnette.cli.model_file import ModelFile
    from lorgnette.cli.settings import Loaded

log = logging.getLogger(__name__)


def up(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one.")] = None,
    lan: Annotated[
        bool | None,
        typer.Option("--lan/--no-lan", help="Also for the home network, by HTTPS.", show_default=False),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the glasses in the browser.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object when ready.")] = False,
    log_format: Annotated[
        Literal["text", "json"] | None,
        typer.Option(help="Log lines for people or JSON for programs.", show_default=False),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take yes for every answer of a first start.")
    ] = False,
    no_questions: Annotated[bool, typer.Option("--no-questions", help="Ask nothing.")] = False,
    config: ConfigOption = None,
    set_: SetOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Run the hub and print the address of the browser's glasses.

    Stop it with Ctrl-C; devices are told, and what runs (timers, alarms) goes on at the next start.
    """
    from lorgnette.cli.asking import asker
    from lorgnette.cli.model_file import ModelFile
    from lorgnette.cli.settings import files_of, load

    overrides = [*(set_ or ())]
    if host is not None:
        overrides.append(f"hub.host={host}")
    if port is not None:
        overrides.append(f"hub.port={port}")
    if lan is not None:
        overrides.append(f"network.lan={str(lan).lower()}")
    if log_format is not None:
        overrides.append(f"log.format={log_format}")
    loaded = load(config, overrides, verbose=verbose)
    who = None if no_questions else asker(yes=yes, quiet=json_)
    if who is not None:
        from lorgnette.cli.first_run import introduce

        if introduce(loaded, who, config, overrides):
            loaded = load(config, overrides, verbose=verbose)
    keeper = ModelFile(files_of(config), overrides)
    run(_up(loaded, keeper, open_browser=open_browser, as_json=json_))


async def _up(loaded: "Loaded", keeper: "ModelFile", *, open_browser: bool, as_json: bool) -> None:
    from lorgnette.api.server import local_socket, serving
    from lorgnette.app import Hub
    from lorgnette.cli.manager import Manager
    from lorgnette.cli.output import print_json
    from lorgnette.cli.process import prepare
    from lorgnette.config import HubSection

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signum, stop.set)
    settings = loaded.settings
    manager = Manager.of()
    async with (
        Hub.open(settings) as hub,
        serving(hub.api.app(), settings.host, settings.port, hub.gateway.upgrade, hub.gateway.drain) as port,
        _at_home(loaded, hub, port),
        local_socket(hub.api.app(local=True), loaded.socket),
        manager.watching(),
    ):
        hub.doorkeeper.port = port
        prepare()
        hub.chat.offer(keeper)
        owner = await hub.people.owner()
        url = f"{hub.front.local_url}#first={hub.desk.first(owner.id)}"
        home = hub.front.reached() if hub.front.at_home is not None else {}
        if home:
            home["url"] += f"#first={hub.desk.first(owner.id)}"
        if as_json:
            print_json({"url": url, "port": port} | ({"lan": home} if home else {}))
        else:
            _greet(url, hub, home)
        if open_browser:
            _browse(url)
        manager.tell("READY=1")
        log.log(logging.INFO if manager.present else logging.DEBUG, "ready on port %d", port)
        await stop.wait()
        if not as_json:
            typer.echo("Stopping …")
        manager.tell("STOPPING=1")
        log.log(logging.INFO if manager.present else logging.DEBUG, "stopping")
        await _drain(hub, stop, loaded.config.section(HubSection).drain)


async def _drain(hub: "Hub", stop: asyncio.Event, seconds: float) -> None:
    """Nobody new; who is there is served for so long. A second order to stop is obeyed at once."""
    hub.gateway.refuse()
    stop.clear()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


@contextlib.asynccontextmanager
async def _at_home(loaded: "Loaded", hub: "Hub", port: int) -> AsyncIterator[None]:
    """The doors on the home network, where they are wanted."""
    from lorgnette.cli.home import home_of

    home = await asyncio.to_thread(home_of, loaded, hub, port)
    if home is None:
        yield
        return
    from lorgnette.api.trust import trust_routes

    app = hub.api.app(more=trust_routes(home.certificates.authority, home.network.reached))
    async with home.network.open(app, hub.gateway.upgrade, hub.gateway.drain):
        yield


def _greet(url: str, hub: "Hub", home: Mapping[str, str]) -> None:
    from lorgnette.cli.output import console, print_home

    out = console()
    out.print()
    out.print("  [bold]Lorgnette[/] is ready. Your glasses are at")
    out.print()
    out.print(f"  [bold cyan]{url}[/]", soft_wrap=True)
    out.print()
    out.print("  Open it, put them on, and say: [italic]set a timer for five minutes[/]")
    if hub.engines.chat is None:
        out.print("  [dim]No model yet: commands only. Add one: lorgnette llm list[/]")
    for name, reason in hub.registry.broken.items():
        out.print(f"  [yellow]The skill {name} is switched off:[/] {reason}")
    if home:
        out.print()
        out.print("  On your phone, at home:")
        out.print()
        print_home(out, home)
    out.print("  [dim]Another device? lorgnette pair    Stop: Ctrl-C[/]")
    out.print()


def _browse(url: str) -> None:
    import webbrowser

    webbrowser.open(url)
