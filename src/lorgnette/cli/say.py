"""`lorgnette say`: one typed turn."""

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


def say(
    text: Annotated[str, typer.Argument(help="What you would say.")],
    lang: LanguageOption = "",
    json_: JsonOption = False,
    hub: HubOption = "",
    token: TokenOption = "",
    config: ConfigOption = None,
    set_: SetOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Say something to the hub in writing and print its answer.

    Uses the running hub of this machine if there is one, else answers by itself. Exit code 1: not understood
    or failed.
    """
    from lorgnette.cli.answers import print_turns
    from lorgnette.cli.settings import load

    loaded = load(config, set_ or [], verbose=verbose, quiet=True)
    work: dict[str, Any] = {"text": text, "language": lang}

    async def ask() -> list[dict[str, Any]]:
        if hub:
            from lorgnette.cli.remote import RemoteHub

            async with RemoteHub(hub, token) as remote:
                return [await remote.typed(text, lang)]
        running = RunningHub(loaded.socket)
        if running.present():
            return await running.turn(work)
        from lorgnette.app import Hub

        async with Hub.open(loaded.offline) as own:
            return await own.front.turn((await own.people.owner()).id, work)

    raise typer.Exit(print_turns(run(ask()), as_json=json_))
