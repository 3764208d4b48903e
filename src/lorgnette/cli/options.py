"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="Another lorgnette.toml.", dir_okay=False, show_default=False),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", "-s", metavar="SECTION.KEY=VALUE", help="One setting, for this run.", show_default=False
    ),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Log more to standard error.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


def _known_language(value: str) -> str:
    """A language that the hub has a pack for, or none."""
    if value:
        from lorgnette.sdk.language import languages, primary

        if primary(value) not in languages():
            raise typer.BadParameter(
                f"{value!r} is not installed; there are: {', '.join(sorted(languages()))}"
            )
    return value


LanguageOption = Annotated[
    str,
    typer.Option(
        "--lang",
        "-l",
        help="Language of the words, e.g. de.",
        show_default="the wearer's",
        callback=_known_language,
    ),
]
HubOption = Annotated[
    str,
    typer.Option(
        "--hub",
        metavar="URL",
        help="Use this hub over its protocol, e.g. ws://127.0.0.1:8765.",
        show_default=False,
    ),
]
TokenOption = Annotated[
    str,
    typer.Option("--token", envvar="LORGNETTE_TOKEN", help="A device token for --hub.", show_default=False),
]
