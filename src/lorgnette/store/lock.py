"""One process owns a store: an advisory lock on a file beside it."""

import fcntl
import os
import sys
from pathlib import Path

from lorgnette.core.errors import StoreError


class StoreLock:
    """Held from construction to `release`; the kernel lets go when the process dies, however it dies."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(self._file, 200).decode(errors="replace").strip()
            os.close(self._file)
            raise StoreError(
                f"{path.with_suffix('')} is in use by {holder or 'another process'}; only one may open it",
            ) from None
        os.ftruncate(self._file, 0)
        os.write(self._file, f"process {os.getpid()} ({Path(sys.argv[0]).name or 'python'})\n".encode())

    def release(self) -> None:
        """Let others in. The file stays: removing it would race with one who just opened it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
