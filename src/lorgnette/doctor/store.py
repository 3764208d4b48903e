"""The store: who has it, its schema, whether it is whole, its room."""

import contextlib
import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from lorgnette.core.errors import StoreError
from lorgnette.doctor.finding import Finding
from lorgnette.doctor.patient import Patient
from lorgnette.store.backup import schema_of
from lorgnette.store.connect import file_of, parse
from lorgnette.store.domain import Domain, installed
from lorgnette.store.snapshot import revisions
from lorgnette.store.swap import plan_of
from lorgnette.store.tables import CORE

AREA: Final = "store"
LOOKED_S: Final = 5.0
"""Seconds for the look through a large store."""


def check_store(patient: Patient) -> Iterator[Finding]:
    """Reads; changes nothing."""
    try:
        url = parse(patient.store)
        file = file_of(url)
    except StoreError as error:
        yield Finding(
            AREA, "address", "missing", error.detail, "", "lorgnette config set store.url ''", needed=True
        )
        return
    if file is None:
        yield from _postgres(url.render_as_string(hide_password=True))
        return
    if not file.exists():
        yield Finding(AREA, "file", "ok", f"{file} is made at the first start")
        return
    yield _file(file)
    yield _lock(file, patient)
    if plan_of(file).exists():
        yield Finding(AREA, "restore", "warning", "one was cut off", "the next start ends it", "lorgnette up")
    try:
        yield _schema(revisions(file), (CORE, *installed()))
    except StoreError as error:
        yield Finding(
            AREA,
            "schema",
            "missing",
            error.detail,
            "the hub can't start",
            "lorgnette restore FILE",
            needed=True,
        )
        return
    yield _whole(file)


def _postgres(shown: str) -> Iterator[Finding]:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        fix = "pip install 'lorgnette[postgres]'"
        yield Finding(
            AREA, "PostgreSQL", "missing", f"{shown}, and no driver", "the hub can't start", fix, needed=True
        )
    else:
        yield Finding(AREA, "PostgreSQL", "ok", shown, "its own tools check it and back it up (pg_dump)")


def _file(file: Path) -> Finding:
    size = sum(path.stat().st_size for path in _files(file))
    mode = file.stat().st_mode
    found = f"{file}, {size / 1e6:.1f} MB"
    if mode & 0o077:
        return Finding(
            AREA, "file", "warning", found, "others on this machine can read it", f"chmod 600 {file}"
        )
    return Finding(AREA, "file", "ok", found)


def _files(file: Path) -> list[Path]:
    return [path for ending in ("", "-wal", "-shm") if (path := file.with_name(file.name + ending)).exists()]


def _lock(file: Path, patient: Patient) -> Finding:
    """Tried without waiting, and let go of at once."""
    try:
        handle = os.open(file.with_name(file.name + ".lock"), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return Finding(AREA, "lock", "ok", "free")
    except OSError as error:
        return Finding(AREA, "lock", "missing", f"{error.filename}: {error.strerror}", needed=True)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(handle, 200).decode(errors="replace").strip() or "another process"
        if patient.running is not None:
            return Finding(AREA, "lock", "ok", f"our hub has it ({holder})")
        means = "it has the store and doesn't answer commands"
        return Finding(AREA, "lock", "warning", f"{holder} has it", means, "end that process")
    finally:
        os.close(handle)
    return Finding(AREA, "lock", "ok", "free")


def _schema(found: frozenset[str], domains: tuple[Domain, ...]) -> Finding:
    have = schema_of(found)
    shown = ", ".join(f"{name} {number}" for name, number in sorted(have.items()))
    newer = [domain.name for domain in domains if have.get(domain.name, 0) > domain.head()]
    if newer:
        means = f"a newer program made the tables of {', '.join(newer)}; this one doesn't open them"
        fix = "run the newer program, or: lorgnette restore FILE"
        return Finding(AREA, "schema", "missing", shown, means, fix, needed=True)
    older = [domain.name for domain in domains if have.get(domain.name, 0) < domain.head()]
    if older:
        means = f"the next start brings {', '.join(older)} up to date, after a copy"
        return Finding(AREA, "schema", "warning", shown, means, "lorgnette backup")
    return Finding(AREA, "schema", "ok", shown)


def _whole(file: Path) -> Finding:
    began = time.monotonic()
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True)) as connection:
            connection.execute("pragma query_only=on").close()
            connection.set_progress_handler(lambda: time.monotonic() - began > LOOKED_S, 10_000)
            found = connection.execute("pragma quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            return Finding(
                AREA, "integrity", "ok", f"nothing wrong in {LOOKED_S:g} s, not looked through to the end"
            )
        found = str(error)
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        return Finding(
            AREA,
            "integrity",
            "missing",
            str(found),
            "the store is damaged",
            "lorgnette restore FILE",
            needed=True,
        )
    return Finding(AREA, "integrity", "ok", f"whole ({(time.monotonic() - began) * 1000:.0f} ms)")
