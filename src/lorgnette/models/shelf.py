"""Where models lie on this machine: a folder each; a file under its own name was checked before it got it."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lorgnette.core.errors import Busy, NotFound
from lorgnette.models.entry import Model, ModelFile
from lorgnette.models.part import remembered
from lorgnette.models.spans import length


class Shelf:
    """The folder of all models; nothing is made by looking."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, model: Model, file: ModelFile | None = None) -> Path:
        """The model's folder, or one of its files."""
        folder = self.folder / model.id
        return folder / file.path if file else folder

    def has(self, model: Model, file: ModelFile) -> bool:
        """Whether this file is here in full."""
        path = self.place(model, file)
        try:
            return path.is_file() and path.stat().st_size == file.bytes
        except OSError:
            return False

    def sound(self, model: Model, file: ModelFile) -> bool:
        """Whether its hash is still the published one; reads all of it."""
        with self.place(model, file).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256

    def installed(self, model: Model) -> bool:
        """Whether all its files are."""
        return all(self.has(model, file) for file in model.files)

    def here(self, model: Model) -> int:
        """Bytes that need not be fetched any more, those of a part too."""
        return sum(
            file.bytes if self.has(model, file) else length(remembered(self.place(model, file), file))
            for file in model.files
        )

    @contextmanager
    def claimed(self, model: Model) -> Iterator[None]:
        """`Busy` while another process works on the same model; the kernel lets go when it dies."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.folder / f".{model.id}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy(f"another command works on {model.id} just now") from None
            yield
        finally:
            os.close(handle)

    def remove(self, model: Model) -> int:
        """Delete the model's folder, parts too; the bytes that it took. `NotFound` if there is none."""
        folder = self.place(model)
        with self.claimed(model):
            if folder.is_symlink():
                folder.unlink()
                return 0
            if not folder.is_dir():
                raise NotFound(f"{model.id} isn't on this machine")
            size = sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
            shutil.rmtree(folder)
            return size
