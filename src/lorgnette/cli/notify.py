"""`lorgnette notify`: something for the wearer to hear or see, from a script or a cron job."""

from typing import Annotated, Any, Literal

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption

Priority = Literal["low", "normal", "urgent"]


def notify(
    text: Annotated[str, typer.Argument(help="What it says.")],
    app: Annotated[str, typer.Option("--app", "-a", help="What it is from.")] = "Terminal",
    title: Annotated[str, typer.Option("--title", "-t", help="A few words before it.")] = "",
    sender: Annotated[str, typer.Option("--sender", help="Who it is from, where somebody wrote it.")] = "",
    key: Annotated[str, typer.Option("--key", help="Its name: the same again replaces it.")] = "",
    priority: Annotated[
        Priority, typer.Option("--priority", help="low: only kept; urgent: said in quiet hours, too.")
    ] = "normal",
    person: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Tell somebody here something: said when it fits, kept to be asked for.

    Over the network it is `POST /v1/notify` with a device's token.
    """
    fields = {"app": app, "title": title, "sender": sender, "key": key, "text": text, "priority": priority}
    kept = run(_notify(fields, person, config))
    if json_:
        from lorgnette.cli.output import print_json

        print_json(kept)


async def _notify(fields: dict[str, str], person: str, config: Any) -> Any:
    import msgspec

    from lorgnette.cli.records import named, records
    from lorgnette.cli.settings import load
    from lorgnette.core.errors import NotFound

    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    if not running.present():
        raise NotFound("no hub runs here; start it with: lorgnette up")
    whose = ""
    if person:
        async with records(loaded) as found:
            whose = f"?wearer={(await named(found, person))['id']}"
    return await running.ask("POST", f"/v1/notify{whose}", msgspec.json.encode(fields))
