"""What commands print: JSON lines for programs, tables for people."""

from collections.abc import Mapping
from typing import Any

import msgspec


def print_json(value: Any) -> None:
    """One object a line."""
    print(msgspec.json.encode(value, enc_hook=str).decode(), flush=True)  # noqa: T201


def console() -> Any:
    """Rich's console, imported when something is shown."""
    from rich.console import Console

    return Console(highlight=False)


def print_home(out: Any, home: Mapping[str, str]) -> None:
    """Where another device goes, as a QR code too; and where it first gets the hub's certificate."""
    from rich.markup import escape

    from lorgnette.cli.qr import print_qr

    if print_qr(out, home["url"]):
        out.print()
    out.print(f"  [bold cyan]{escape(home['url'])}[/]", soft_wrap=True)
    if "trust" in home:
        out.print()
        trust = escape(home["trust"])
        out.print(f"  A device that is new here first goes to [bold cyan]{trust}[/]", soft_wrap=True)
        out.print("  [dim]where it finds this fingerprint:[/]")
        parts = home["fingerprint"].split(":")
        for at in range(0, len(parts), 8):  # in rows as on that page
            out.print(f"  [dim]{':'.join(parts[at : at + 8])}[/]")
    out.print()
