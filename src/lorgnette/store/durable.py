"""What is on the disk, not only on its way there."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """A file's content, or the names in a folder, survive a power cut once this returns."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
