"""An export on its way: a zip in a file without a name, which is gone whatever happens to the hub."""

import os
import shutil
import struct
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lorgnette.core.audio import RATE

CHUNK: Final = 256 * 1024


class Bundle:
    """Filled in the store's threads, then read once from the beginning. `size`: bytes, after `seal`."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 — closed by whoever reads it
        self.size = 0
        self._now = now.timetuple()[:6]
        self._zip = ZipFile(self.file, "w", ZIP_DEFLATED, compresslevel=6)
        self._paths: set[str] = set()

    def add(self, path: str, parts: Iterable[bytes]) -> None:
        """A file from its parts; one without any is left out."""
        parts = iter(parts)
        first = next(parts, None)
        if first is None:
            return
        with self._zip.open(self._info(path), "w", force_zip64=True) as target:
            target.write(first)
            for part in parts:
                target.write(part)

    def add_file(self, path: str, source: Path, *, sound: bool = False) -> None:
        """A file from the disk, unless it went meanwhile; `sound`: raw PCM that gets a WAV header."""
        try:
            file = source.open("rb")
        except FileNotFoundError:
            return
        with file, self._zip.open(self._info(path), "w", force_zip64=True) as target:
            if sound:
                target.write(wave_head(os.fstat(file.fileno()).st_size))
            shutil.copyfileobj(file, target, CHUNK)

    def seal(self) -> None:
        """Nothing more comes; rewind."""
        self._zip.close()
        self.size = self.file.tell()
        self.file.seek(0)

    def _info(self, path: str) -> ZipInfo:
        info = ZipInfo(self._free(safe(path)), self._now)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return info

    def _free(self, path: str) -> str:
        """The path, or one beside it that isn't taken."""
        stem, number = PurePosixPath(path), 1
        while path in self._paths:
            number += 1
            path = str(stem.with_name(f"{stem.stem}-{number}{stem.suffix}"))
        self._paths.add(path)
        return path


def safe(path: str) -> str:
    """Relative, without dots that lead out and without what a file system takes amiss."""
    parts = ["".join(c if c.isalnum() or c in " ._-" else "_" for c in part) for part in path.split("/")]
    return "/".join(part for part in parts if part.strip(". ")) or "file"


def wave_head(size: int) -> bytes:
    """The 44 bytes before `size` bytes of PCM16 mono 16 kHz."""
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16, b"data", size),
    )
