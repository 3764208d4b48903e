"""The commands a person types."""

from lorgnette.cli.main import main

__all__ = ["main"]
