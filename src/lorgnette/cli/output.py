"""What commands print: JSON lines for programs, tables for people."""

from typing import Any

import msgspec


def print_json(value: Any) -> None:
    """One object a line."""
    print(msgspec.json.encode(value, enc_hook=str).decode(), flush=True)  # noqa: T201


def console() -> Any:
    """Rich's console, imported when something is shown."""
    from rich.console import Console

    return Console(highlight=False)
