"""Put new files in the place of old ones so that a program that dies meanwhile leaves the old or the new.

The plan is written down before the first file moves; whoever opens the store next ends what was begun.
"""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from lorgnette.core.errors import StoreError
from lorgnette.store.durable import sync

KEPT = "before-restore-"


class Move(msgspec.Struct, frozen=True):
    """`staged` goes to `target`, what was there to `kept`, with what lies `beside` it (endings of names)."""

    staged: str
    target: str
    kept: str
    beside: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """Moves in their order. `staging`: folders that are empty then and go."""

    moves: tuple[Move, ...]
    staging: tuple[str, ...]


def staging_of(file: Path) -> str:
    """What the names of folders begin with in which a restore of the store `file` gathers its files."""
    return f".{file.name}.restore-"


def plan_of(file: Path) -> Path:
    """Where the plan for the store `file` is written down."""
    return file.with_name(file.name + ".restore")


def begin(file: Path, plan: Plan) -> None:
    """From the return of this on there is no way back: `finish` does it, now or later."""
    path = plan_of(file)
    fresh = path.with_name(path.name + ".part")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as written:
        written.write(msgspec.json.encode(plan))
        written.flush()
        os.fsync(handle)
    fresh.replace(path)
    sync(path.parent)


def finish(file: Path) -> bool:
    """Do what is planned for the store `file`; False if nothing is. The caller holds the store's lock."""
    path = plan_of(file)
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        _tidy(file)
        return False
    try:
        plan = msgspec.json.decode(written, type=Plan)
        for move in plan.moves:
            _do(move)
        _sync(Path(place).parent for move in plan.moves for place in (move.target, move.kept))
        for folder in plan.staging:
            shutil.rmtree(folder, ignore_errors=True)
        path.unlink()
        sync(path.parent)
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError(
            f"a restore was cut off and can't be ended: {error}; its plan is {path}, nothing of it is lost"
        ) from error
    return True


def _tidy(file: Path) -> None:
    """A restore that died before it had a plan leaves its folder; it goes."""
    with contextlib.suppress(OSError):
        for path in file.parent.iterdir():
            if path.name.startswith(staging_of(file)):
                shutil.rmtree(path, ignore_errors=True)


def _do(move: Move) -> None:
    staged, target, kept = Path(move.staged), Path(move.target), Path(move.kept)
    if not os.path.lexists(staged):
        return  # done before the program died
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for ending in ("", *move.beside):  # moved once they aren't there to be moved again
        there = target.with_name(target.name + ending)
        if os.path.lexists(there):
            there.rename(_free(kept.with_name(kept.name + ending)))
    staged.rename(target)


def _free(path: Path) -> Path:
    """`path`, or one like it that nobody has: nothing that was kept is ever replaced."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}.{number}")
    return free


def _sync(folders: Iterable[Path]) -> None:
    for folder in set(folders):
        if folder.is_dir():
            sync(folder)
