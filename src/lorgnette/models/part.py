"""A file on its way: `name.part` and a journal beside it that says which bytes of it are here."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Self

import msgspec

from lorgnette.models.durable import sync_folder
from lorgnette.models.entry import ModelFile
from lorgnette.models.errors import Mismatch
from lorgnette.models.spans import Span, added, length, missing

STEP = 8 << 20
"""Bytes after which the journal is written anew: what a crash may cost, fetched once more."""


class _Journal(msgspec.Struct):
    sha256: str
    bytes: int
    done: list[tuple[int, int]]


class Part:
    """The part of one file; used as a context. The journal never claims a byte that isn't on the disk."""

    def __init__(self, target: Path, file: ModelFile, step: int = STEP) -> None:
        self.target = target
        self.file = file
        self._step = step
        self._path = target.with_name(target.name + ".part")
        self._journal = target.with_name(target.name + ".journal")
        self._done: list[Span] = []
        self._fresh = 0
        self._handle = -1

    def __enter__(self) -> Self:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._done = remembered(self.target, self.file)
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        os.ftruncate(self._handle, self.file.bytes)
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle < 0:
            return
        if not self._done:
            self._drop()
            return
        try:
            self.save()
        finally:
            os.close(self._handle)
            self._handle = -1

    @property
    def done(self) -> int:
        """Bytes that are here."""
        return length(self._done)

    def missing(self) -> list[Span]:
        """Stretches that are not."""
        return missing(self._done, self.file.bytes)

    def write(self, at: int, data: bytes) -> None:
        """Put bytes in their place; an OSError where the disk is full."""
        view = memoryview(data)
        while view:
            written = os.pwrite(self._handle, view, at)
            self._done = added(self._done, (at, at + written))
            self._fresh += written
            at, view = at + written, view[written:]
        if self._fresh >= self._step:
            self.save()

    def forget(self) -> None:
        """Begin anew: nothing of what is here can be trusted."""
        self._done = []
        self.save()

    def save(self) -> None:
        """Bytes first, then the journal as a whole."""
        os.fdatasync(self._handle)
        text = msgspec.json.encode(_Journal(self.file.sha256, self.file.bytes, self._done))
        handle, partial = tempfile.mkstemp(dir=self._journal.parent, prefix=f".{self._journal.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text)
            Path(partial).replace(self._journal)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
        self._fresh = 0

    def finish(self) -> None:
        """Check the hash and move it to its name; a `Mismatch` deletes the part and nothing else."""
        with self._path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != self.file.sha256:
            self._drop()
            raise Mismatch(
                f"{self.file.path}: what came has another hash ({found}) than the catalogue names "
                f"({self.file.sha256}); it was deleted, nothing else was changed"
            )
        os.fsync(self._handle)
        self._path.replace(self.target)
        self._drop()
        sync_folder(self.target.parent)

    def _drop(self) -> None:
        os.close(self._handle)
        self._handle = -1
        self._path.unlink(missing_ok=True)
        self._journal.unlink(missing_ok=True)
        for left in self._journal.parent.glob(f".{self._journal.name}.*"):  # of a process that was killed
            left.unlink(missing_ok=True)


def remembered(target: Path, file: ModelFile) -> list[Span]:
    """What the journal of an earlier try says is here; nothing where it can't be believed."""
    part = target.with_name(target.name + ".part")
    try:
        journal = msgspec.json.decode(target.with_name(target.name + ".journal").read_bytes(), type=_Journal)
        size = part.lstat().st_size
    except (OSError, msgspec.DecodeError):
        return []
    if (journal.sha256, journal.bytes, size) != (file.sha256, file.bytes, file.bytes):
        return []
    done: list[Span] = []
    for start, end in journal.done:
        if not 0 <= start < end <= file.bytes:
            return []
        done = added(done, (start, end))
    return done
