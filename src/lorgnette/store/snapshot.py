"""A copy of a SQLite store by the online backup interface: one moment of it, while others read and write."""

import contextlib
import secrets
import sqlite3
import time
from pathlib import Path
from urllib.parse import quote

from lorgnette.core.errors import StoreError
from lorgnette.store.durable import sync

BUSY_S = 5.0
OLD_S = 3600.0
"""A copy that is older belongs to nobody any more."""
_MARK = ".snapshot-"


def copy_of(file: Path) -> Path:
    """A private file beside `file`, on the disk and whole; the caller deletes it.

    The copy is looked through: one of a damaged store would replace a good backup.
    """
    if not file.is_file():
        raise StoreError(f"there is no store at {file}")
    forget_copies(file, older=OLD_S)
    target = file.with_name(f"{file.name}{_MARK}{secrets.token_hex(6)}")
    try:
        target.touch(0o600, exist_ok=False)
        _copy(file, target)
        found = damage(target)
        if found:
            raise StoreError(f"the store {file} is damaged ({found}); restore an older backup")
        sync(target)
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise StoreError(f"the store {file} can't be copied: {error}") from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def forget_copies(file: Path, older: float = 0.0) -> None:
    """Delete what those left who died before they could: copies older than so many seconds.

    With 0 the caller holds the store's lock.
    """
    before = time.time() - older
    with contextlib.suppress(OSError):
        for path in file.parent.iterdir():
            if path.name.startswith(file.name + _MARK) and path.stat().st_mtime <= before:
                path.unlink(missing_ok=True)


def revisions(file: Path) -> frozenset[str]:
    """The migrations that a store has; `StoreError` for a file that isn't a store."""
    try:
        with contextlib.closing(_looking(file)) as connection:
            return frozenset(
                name for (name,) in connection.execute("select version_num from alembic_version")
            )
    except sqlite3.Error as error:
        raise StoreError(f"{file} isn't a Lorgnette store: {error}") from error


def damage(file: Path) -> str:
    """What SQLite's quick check finds wrong, empty if nothing."""
    try:
        with contextlib.closing(_looking(file)) as connection:
            found = connection.execute("pragma quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else str(found)


def _copy(file: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(file, timeout=BUSY_S)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("pragma journal_mode=delete").close()  # one file, no -wal beside it


def _looking(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, timeout=BUSY_S)
    connection.execute("pragma query_only=on").close()
    return connection
