"""`lorgnette simulate`: many headless devices that speak the real protocol to a real hub."""

from typing import Annotated

import typer

from lorgnette.cli.options import JsonOption


def simulate(
    devices: Annotated[int, typer.Option("--devices", "-n", min=1, max=2000, help="How many devices.")] = 10,
    json_: JsonOption = False,
) -> None:
    """Let many devices talk to a hub and print what they felt."""
    del devices, json_
    raise typer.Exit(2)
