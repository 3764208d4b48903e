"""Large things as files: named by the SHA-256 of their content, one folder a wearer, written atomically."""

import asyncio
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from lorgnette.core.errors import StoreError
from lorgnette.store.durable import sync

_WEARER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NAME = re.compile(r"[0-9a-f]{64}")
_PARTIAL = re.compile(r"[A-Za-z0-9_-]{1,64}(\.[a-z]{1,8})?")
PARTIAL = "partial"


class Blobs:
    """Found through their wearer only. Whoever keeps a name in a table also deletes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, wearer: str, data: bytes) -> str:
        """Keep `data`; its name. On return it is on the disk, whole."""
        return await self._disk(self._put, wearer, data)

    async def get(self, wearer: str, name: str) -> bytes | None:
        """The content, None if it isn't there or isn't what its name says."""
        return await self._disk(self._get, wearer, name)

    def file(self, wearer: str, name: str) -> Path | None:
        """Where it lies, for what is too large to be read at once; None if it isn't there."""
        path = self._path(wearer, name)
        return path if path.is_file() else None

    def size(self, wearer: str, name: str) -> int:
        """Bytes of its file; 0 if it isn't there."""
        try:
            return self._path(wearer, name).stat().st_size
        except FileNotFoundError:
            return 0

    def older(self, before: float) -> dict[str, set[str]]:
        """Names by wearer of what was put before then (epoch seconds). Blocks."""
        found: dict[str, set[str]] = {}
        for path in self._folder.glob("*/??/*"):
            wearer, name = path.parent.parent.name, path.name
            if _WEARER.fullmatch(wearer) and _NAME.fullmatch(name) and _age(path) < before:
                found.setdefault(wearer, set()).add(name)
        return found

    def drop(self, wearer: str, name: str, since: float) -> bool:
        """Delete it unless it was put again since then. Blocks."""
        path = self._path(wearer, name)
        if _age(path) >= since:
            return False
        path.unlink(missing_ok=True)
        return True

    def drop_partial(self, endings: tuple[str, ...], but: Collection[tuple[str, str]]) -> int:
        """Delete partial files with these endings, but not those of (wearer, name without ending). Blocks."""
        gone = 0
        for path in self._folder.glob(f"*/{PARTIAL}/*"):
            if path.suffix in endings and (path.parent.parent.name, path.stem) not in but:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def partial(self, wearer: str, name: str) -> Path:
        """A file that grows beside the wearer's blobs until `adopt` makes one of it; its folder exists."""
        if not _PARTIAL.fullmatch(name):
            raise StoreError(f"not a partial file's name: {name!r}")
        folder = self._of(wearer) / PARTIAL
        for each in (self._folder, folder.parent, folder):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / name

    async def adopt(self, wearer: str, path: Path) -> str:
        """Make a blob of a finished `partial` file without reading it into memory; its name."""
        return await self._disk(self._adopt, wearer, path)

    async def delete(self, wearer: str, name: str) -> None:
        """Remove; what isn't there is no error."""
        path = self._path(wearer, name)
        await self._disk(lambda: path.unlink(missing_ok=True))

    async def forget(self, wearer: str) -> None:
        """Remove everything of this wearer."""
        await asyncio.to_thread(shutil.rmtree, self._of(wearer), ignore_errors=True)

    async def keep_only(self, wearers: Collection[str]) -> None:
        """Remove everything of anybody else."""
        await asyncio.to_thread(self._keep_only, frozenset(wearers))

    def _keep_only(self, wearers: frozenset[str]) -> None:
        if self._folder.is_dir():
            for one in self._folder.iterdir():
                if one.is_dir() and one.name not in wearers and _WEARER.fullmatch(one.name):
                    shutil.rmtree(one, ignore_errors=True)

    @staticmethod
    async def _disk[**P, T](work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        try:
            return await asyncio.to_thread(work, *given, **named)
        except OSError as error:
            raise StoreError(f"the disk failed: {error}") from error

    def _of(self, wearer: str) -> Path:
        if not _WEARER.fullmatch(wearer):
            raise StoreError(f"not a wearer's id: {wearer!r}")
        return self._folder / wearer

    def _path(self, wearer: str, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise StoreError(f"not a blob's name: {name!r}")
        return self._of(wearer) / name[:2] / name

    def _put(self, wearer: str, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        path = self._path(wearer, name)
        if path.exists():
            path.touch()  # it isn't as old as it was
            return name
        for folder in (self._folder, path.parent.parent, path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # the mode counts for the last part only
        handle, partial = tempfile.mkstemp(dir=path.parent, prefix=".")  # mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(partial).replace(path)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
        sync(path.parent)
        return name

    def _adopt(self, wearer: str, source: Path) -> str:
        with source.open("rb") as file:
            name = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        path = self._path(wearer, name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        source.replace(path)
        sync(path.parent)
        return name

    def _get(self, wearer: str, name: str) -> bytes | None:
        try:
            data = self._path(wearer, name).read_bytes()
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == name else None


def _age(path: Path) -> float:
    """When it was put, epoch seconds; what is gone is as new as can be."""
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")
