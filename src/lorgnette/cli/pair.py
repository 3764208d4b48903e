"""`lorgnette pair`: a one-time code for another device."""

from typing import Annotated

import typer

from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption


def _names(incomplete: str) -> list[str]:
    from lorgnette.cli.people import names

    return names(incomplete)


def pair(
    person: Annotated[
        str,
        typer.Option("--for", help="Whose device it is.", show_default="the owner", autocompletion=_names),
    ] = "",
    shared: Annotated[bool, typer.Option("--shared", help="A device that several wearers use.")] = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Print a code with which a device pairs with the running hub, once, within five minutes."""
    import msgspec

    from lorgnette.cli.output import console, print_home, print_json
    from lorgnette.cli.settings import load
    from lorgnette.core.errors import NotFound

    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    if not running.present():
        raise NotFound("no hub runs here; start it with: lorgnette up")
    if person and shared:
        raise typer.BadParameter("a shared device is nobody's: --for or --shared, not both")
    body = msgspec.json.encode({"shared": shared, "wearer": person})
    answer = run(running.ask("POST", "/v1/pairing", body))
    if json_:
        print_json(answer)
        return
    code = answer["code"]
    out = console()
    out.print(f"\n  [bold]{code[:4]} {code[4:]}[/]\n")
    out.print("  Type it on the device within five minutes. It works once.\n")
    if answer["url"].startswith("https:"):
        out.print("  Or open this there:\n")
        print_home(out, answer)
