"""Whether a model fits: on the disk with a reserve, in memory by the size of its files."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from lorgnette.models.entry import Model
from lorgnette.models.errors import ModelError

RESERVE = 0.05
"""Share of the disk that a download leaves free."""

type Space = Callable[[Path], tuple[int, int]]
"""Folder → bytes of its disk, and how many of them are free."""
type Fit = Literal["fits", "memory", "disk"]


def space(folder: Path) -> tuple[int, int]:
    """Of the disk on which the folder is or will be."""
    while not folder.exists():
        folder = folder.parent
    found = shutil.disk_usage(folder)
    return found.total, found.free


def spare(folder: Path, space: Space = space) -> int:
    """Bytes that may be taken."""
    total, free = space(folder)
    return max(0, free - int(total * RESERVE))


def demand(folder: Path, needed: int, space: Space = space) -> None:
    """A `ModelError` where `needed` bytes don't fit beside the reserve."""
    left = spare(folder, space)
    if needed > left:
        raise ModelError(
            f"there is no room at {folder}: {needed / 1e6:.0f} MB are needed and {left / 1e6:.0f} MB may be "
            f"taken ({RESERVE:.0%} of the disk stay free); nothing was fetched"
        )


def fit(model: Model, needs: int, memory: int, spare: int) -> Fit:
    """What keeps it from running here: a model needs at least the size of its files in memory.

    `needs`: bytes of the disk that a pull would take now.
    """
    if needs > spare:
        return "disk"
    return "memory" if model.kept > memory else "fits"
