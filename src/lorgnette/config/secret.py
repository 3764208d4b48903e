"""Secrets in the configuration: said by reference, never shown."""

import os
from collections.abc import Mapping
from pathlib import Path

from lorgnette.core.errors import ConfigError

MASK = "********"


class Secret:
    """`env:NAME`, `file:/path`, empty, or (with a warning) the secret itself. Shows only its reference."""

    __slots__ = ("_said",)

    def __init__(self, said: str = "") -> None:
        self._said = said

    @property
    def literal(self) -> bool:
        """Whether the secret itself stands in the configuration."""
        return bool(self._said) and not self._said.startswith(("env:", "file:"))

    @property
    def said(self) -> str:
        """As written in the configuration; for writing it back, not for showing."""
        return self._said

    def reveal(self, environ: Mapping[str, str] | None = None) -> str:
        """The secret; `ConfigError` if its place is empty. The value is read anew each time."""
        kind, colon, place = self._said.partition(":")
        if colon and kind == "env":
            value = (os.environ if environ is None else environ).get(place, "")
            if not value:
                raise ConfigError(f"the environment variable {place} is not set")
            return value
        if colon and kind == "file":
            path = Path(place).expanduser()
            try:
                value = path.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(f"the secret's file {path} can't be read: {error}") from error
            if not value:
                raise ConfigError(f"the secret's file {path} is empty")
            return value
        return self._said

    def warning(self, environ: Mapping[str, str] | None = None) -> str:
        """What is unwise or missing about it; empty if nothing is."""
        if self.literal:
            return "holds a secret itself; write env:NAME or file:/path instead"
        if self._said.startswith("file:"):
            path = Path(self._said.removeprefix("file:")).expanduser()
            if path.is_file() and path.stat().st_mode & 0o077:
                return f"the secret's file {path} can be read by others: chmod 600 it"
        try:
            self.reveal(environ)
        except ConfigError as error:
            return error.detail
        return ""

    def __bool__(self) -> bool:
        return bool(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._said == self._said

    def __hash__(self) -> int:
        return hash(self._said)

    def __repr__(self) -> str:
        return f"Secret({self})"

    def __str__(self) -> str:
        return MASK if self.literal else self._said

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a secret isn't pickled")
