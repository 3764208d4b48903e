"""`lorgnette hear`: recordings go through the very same session as from a device."""

from pathlib import Path
from typing import Annotated, Any

import typer

from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import (
    ConfigOption,
    HubOption,
    JsonOption,
    LanguageOption,
    SetOption,
    TokenOption,
    VerboseOption,
)


def hear(
    files: Annotated[list[Path], typer.Argument(help="WAV, FLAC or OGG files.", exists=True, dir_okay=False)],
    realtime: Annotated[
        bool, typer.Option("--realtime", help="As fast as it was spoken, not faster.")
    ] = False,
    lang: LanguageOption = "",
    json_: JsonOption = False,
    hub: HubOption = "",
    token: TokenOption = "",
    config: ConfigOption = None,
    set_: SetOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Let the hub hear recordings and print what it understood and did, turn by turn.

    No running hub is needed. With `--json` one object a turn: transcript, lang, reply, tools, scenes,
    timings_ms, and the file. Exit code 1: something was not understood.
    """
    from lorgnette.cli.answers import Printer
    from lorgnette.cli.settings import load
    from lorgnette.media.wav import read_audio

    loaded = load(config, set_ or [], verbose=verbose, quiet=True)
    printer = Printer(as_json=json_)

    async def listen() -> None:
        if hub:
            from lorgnette.cli.remote import RemoteHub

            async with RemoteHub(hub, token) as remote:
                for file in files:
                    printer.turns(await remote.recorded(read_audio(file)), file)
            return
        running = RunningHub(loaded.socket)
        if running.present():
            for file in files:
                printer.turns(await running.turn(_work(read_audio(file), lang, realtime=realtime)), file)
            return
        from dataclasses import replace

        from lorgnette.app import Hub

        async with Hub.open(replace(loaded.offline, realtime=realtime)) as own:
            owner = await own.people.owner()
            for file in files:
                printer.turns(
                    await own.front.turn(owner.id, _work(read_audio(file), lang, realtime=realtime)), file
                )

    run(listen())
    raise typer.Exit(printer.code)


def _work(pcm: bytes, language: str, *, realtime: bool) -> dict[str, Any]:
    return {"pcm": pcm, "language": language, "realtime": realtime}
