"""What was measured on this machine: one file in the data folder, replaced as a whole."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Self

import msgspec

from lorgnette.core.errors import LorgnetteError
from lorgnette.gauge.figure import Figure, Machine
from lorgnette.gauge.machine import this_machine

FILE: Final = "bench.json"
FORMAT: Final = 1


class _Written(msgspec.Struct):
    format: int
    machine: Machine
    figures: list[Figure]


class Book:
    """The figures of `machine`. A file of another machine, or one that can't be read, is an empty book."""

    def __init__(self, path: Path, machine: Machine, figures: Sequence[Figure] = ()) -> None:
        self.path = path
        self.machine = machine
        self.figures = tuple(figures)

    @classmethod
    def open(cls, data: Path) -> Self:
        """In the data folder; nothing is made by looking."""
        path, machine = data / FILE, this_machine()
        try:
            found = msgspec.json.decode(path.read_bytes(), type=_Written)
        except (OSError, msgspec.DecodeError):
            return cls(path, machine)
        same = found.format == FORMAT and found.machine.kind == machine.kind
        return cls(path, machine, found.figures if same else ())

    def add(self, new: Iterable[Figure]) -> None:
        """Newer ones take the place of older ones; the file is written."""
        figures = {one.key: one for one in (*self.figures, *new)}
        self.figures = tuple(figures.values())
        text = msgspec.json.format(msgspec.json.encode(_Written(FORMAT, self.machine, list(self.figures))))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, partial = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(text + b"\n")
                Path(partial).replace(self.path)
            except BaseException:
                Path(partial).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise LorgnetteError(f"{self.path} can't be written: {error.strerror or error}") from error

    def of(self, kind: str, engine: str, **other: str) -> tuple[Figure, ...]:
        """Usable ones; `other`: model, provider, language, print."""
        return tuple(
            one
            for one in self.figures
            if one.usable
            and (one.kind, one.engine) == (kind, engine)
            and all(getattr(one, name) == value for name, value in other.items())
        )
