"""Where models lie on this machine: a folder each; a file under its own name was checked before it got it."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from lorgnette.core.errors import Busy, NotFound
from lorgnette.models.entry import Id, Model, ModelFile
from lorgnette.models.part import remembered
from lorgnette.models.spans import length
from lorgnette.models.unpack import archive_of, whole


class Shelf:
    """The folder of all models; nothing is made by looking."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, model: Model, file: ModelFile | None = None) -> Path:
        """The model's folder, or one of its files."""
        folder = self.folder / model.id
        return folder / file.path if file else folder

    def has(self, model: Model, file: ModelFile) -> bool:
        """Whether this file, or what was in this archive, is here in full."""
        path = self.place(model, file)
        if file.unpack:
            return whole(path, file)
        try:
            return path.is_file() and path.stat().st_size == file.bytes
        except OSError:
            return False

    def sound(self, model: Model, file: ModelFile) -> bool:
        """Whether its hash is still the published one; reads all of it."""
        if file.unpack:
            return whole(self.place(model, file), file, read=True)
        with self.place(model, file).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256

    def fetched(self, model: Model, file: ModelFile) -> Path:
        """Where its bytes go: its own place, or the archive's."""
        place = self.place(model, file)
        return archive_of(place, file) if file.unpack else place

    def installed(self, model: Model) -> bool:
        """Whether all its files are."""
        return all(self.has(model, file) for file in model.files)

    def here(self, model: Model) -> int:
        """Bytes that need not be fetched any more, those of a part too."""
        return sum(self._here(model, file) for file in model.files)

    def needs(self, model: Model) -> int:
        """Bytes of the disk that a pull would take now; an archive lies beside what comes out of it."""
        return sum(
            file.bytes - self._here(model, file) + file.unpacked
            for file in model.files
            if not self.has(model, file)
        )

    def strangers(self, known: Container[str]) -> dict[str, int]:
        """Folders of models that the catalogue doesn't know (any more), and what they take."""
        if not self.folder.is_dir():
            return {}
        return {
            path.name: _size(path)
            for path in sorted(self.folder.iterdir())
            if path.name not in known and is_id(path.name) and (path.is_dir() or path.is_symlink())
        }

    def _here(self, model: Model, file: ModelFile) -> int:
        if self.has(model, file):
            return file.bytes
        path = self.fetched(model, file)
        if file.unpack and path.is_file() and path.stat().st_size == file.bytes:
            return file.bytes
        return length(remembered(path, file))

    @contextmanager
    def claimed(self, id: str) -> Iterator[None]:
        """`Busy` while another process works on the same model; the kernel lets go when it dies."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.folder / f".{id}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy(f"another command works on {id} just now") from None
            yield
        finally:
            os.close(handle)

    def remove(self, id: str) -> int:
        """Delete a model's folder, parts too; the bytes that it took. `NotFound` if there is none."""
        if not is_id(id):
            raise NotFound(f"{id!r} is no model")
        folder = self.folder / id
        if not (folder.is_dir() or folder.is_symlink()):
            raise NotFound(f"{id} isn't on this machine")
        with self.claimed(id):
            if folder.is_symlink():
                folder.unlink()
                return 0
            size = _size(folder)
            shutil.rmtree(folder)
            return size


def is_id(name: str) -> bool:
    """Whether a model may be called so: no folder but one of the shelf's own ever is."""
    try:
        msgspec.convert(name, Id)
    except msgspec.ValidationError:
        return False
    return True


def _size(folder: Path) -> int:
    """Bytes on the disk; nothing of what a link points at."""
    if folder.is_symlink():
        return 0
    files = (path for path in folder.rglob("*") if not path.is_symlink() and path.is_file())
    return sum(path.stat().st_blocks * 512 for path in files)
