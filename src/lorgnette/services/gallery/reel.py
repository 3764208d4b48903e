"""A film while it is taken: a growing file that a crash leaves usable."""

import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from lorgnette.core.errors import MediaError, StoreError
from lorgnette.sdk import Shot
from lorgnette.services.gallery.picture import seen

WEBM, MP4 = "video/webm", "video/mp4"
ENDINGS: Final = (".film", ".poster")
"""Of a film and its thumbnail while it is taken."""
LOOK_BYTES: Final = 8 * 1024 * 1024
"""So often the disk is looked at."""


def film_kind(data: bytes) -> str:
    """WebM or MP4 by its first bytes; `MediaError` for anything else."""
    if data.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM
    if data[4:8] == b"ftyp":
        return MP4
    raise MediaError("a film is neither WebM nor MP4", phrase="error-gallery-unreadable")


class FileReel:
    """Implements the session's `Reel`. `keep`: makes a shot of its file; `forget`: takes the row away."""

    def __init__(
        self,
        path: Path,
        *,
        most: int,
        keep_free: int,
        keep: Callable[["FileReel"], Awaitable[Shot]],
        forget: Callable[[], Awaitable[None]],
    ) -> None:
        self.path = path
        self.beside = path.with_suffix(ENDINGS[1])
        """The thumbnail, until the film is kept."""
        self.mime = ""
        self.thumb = b""
        self.size = 0
        self._most = most
        self._keep_free = keep_free
        self._keep = keep
        self._forget = forget
        self._looked = 0
        self._first = 0.0
        self._last = 0.0
        self._full = False

    @property
    def full(self) -> bool:
        return self._full

    def found(self, began: float) -> bool:
        """Take up what another hub left; `began`: epoch seconds. False if it is nothing. Blocks."""
        try:
            with self.path.open("rb") as file:
                self.mime = film_kind(file.read(16))
        except FileNotFoundError:
            return False
        stat = self.path.stat()
        self.size, self._last = stat.st_size, max(0.0, stat.st_mtime - began)
        if self.beside.is_file():
            self.thumb = self.beside.read_bytes()
        return True

    @property
    def seconds(self) -> float:
        """From the first byte to the last, as they came."""
        return max(0.0, self._last - self._first)

    async def write(self, data: bytes) -> None:
        if not self.mime:
            self.mime = film_kind(data)
            self._first = time.monotonic()
        if self.size + len(data) > self._most:
            self._full = True
            return
        try:
            await asyncio.to_thread(self._append, data)
        except OSError as error:
            raise StoreError(f"the disk failed: {error}", phrase="error-gallery-disk") from error
        self.size += len(data)
        self._last = time.monotonic()

    def _append(self, data: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        handle = os.open(self.path, flags, 0o600)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            os.fdatasync(handle)
        finally:
            os.close(handle)
        if self.size - self._looked >= LOOK_BYTES:
            self._looked = self.size
            self._full = self._full or shutil.disk_usage(self.path.parent).free < self._keep_free

    async def poster(self, data: bytes) -> None:
        try:
            looked = await asyncio.to_thread(seen, data)
        except MediaError:
            return
        self.thumb = looked.thumb
        with contextlib.suppress(OSError):  # a full disk: the film itself will say so
            await asyncio.to_thread(self.beside.write_bytes, looked.thumb)

    async def finish(self) -> Shot | None:
        if not self.size:
            await self.drop()
            return None
        try:
            return await self._keep(self)
        finally:
            await asyncio.to_thread(self.beside.unlink, missing_ok=True)

    async def drop(self) -> None:
        for file in (self.path, self.beside):
            await asyncio.to_thread(file.unlink, missing_ok=True)
        await self._forget()
