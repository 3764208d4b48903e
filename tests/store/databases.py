"""Fixtures with real databases: a migrated SQLite file, a private PostgreSQL cluster where one can be had.

The cluster listens on a unix socket in its own folder only, runs as an unprivileged user (PostgreSQL refuses
root) and is ended by its process id.
"""

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lorgnette.core.clock import Clock, ManualClock
from lorgnette.store import Store
from lorgnette.store.domain import installed
from lorgnette.store.tables import CORE

DOMAINS = installed()
PORT = "54329"


@dataclass(frozen=True)
class Place:
    """A database of one test; it may be opened several times, one after the other."""

    url: str
    folder: Path

    @asynccontextmanager
    async def open(self, clock: Clock | None = None) -> AsyncIterator[Store]:
        store = await Store.open(self.url, clock or ManualClock(), folder=self.folder, domains=DOMAINS)
        try:
            yield store
        finally:
            await store.close()

    def run(self, work: Callable[[Store], Coroutine[Any, Any, Any]], clock: Clock | None = None) -> Any:
        """Open, do, close; at most a minute."""

        async def bounded() -> Any:
            async with asyncio.timeout(60), self.open(clock) as store:
                return await work(store)

        return asyncio.run(bounded())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy: migrating is tested elsewhere."""
    folder = tmp_path_factory.mktemp("template")

    async def migrate() -> None:
        store = await Store.open(f"sqlite:///{folder}/lorgnette.db", ManualClock(), domains=DOMAINS)
        await store.close()

    asyncio.run(migrate())
    return folder / "lorgnette.db"


@pytest.fixture
def sqlite_place(sqlite_template: Path, tmp_path: Path) -> Place:
    """A store in a file."""
    shutil.copy(sqlite_template, tmp_path / "lorgnette.db")
    return Place(f"sqlite:///{tmp_path}/lorgnette.db", tmp_path)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """The socket's folder of a running cluster with the migrated database `template`."""
    pytest.importorskip("psycopg", reason="the extra postgres isn't installed")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server program (postgres, initdb) on this machine")
    folder = Path(tempfile.mkdtemp(prefix="lorgnette-pg-"))
    as_user: dict[str, Any] = {}
    if os.getuid() == 0:
        as_user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.chown(folder, "nobody", "nogroup")
    log = (folder / "log").open("wb")
    data = str(folder / "data")
    make = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "lorgnette",
        "-A",
        "trust",
        "--no-locale",
        "-E",
        "UTF8",
        "-N",
    ]
    subprocess.run(make, check=True, stdout=log, stderr=log, cwd=folder, timeout=60, **as_user)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "port": PORT,
        "fsync": "off",
        "full_page_writes": "off",
        "shared_buffers": "16MB",
        "max_connections": "20",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, *options], stdout=log, stderr=log, cwd=folder, **as_user
    )
    try:
        _wait(folder, server)
        _do(folder, "create database template")

        async def migrate() -> None:
            store = await Store.open(_url(folder, "template"), ManualClock(), folder=folder, domains=DOMAINS)
            await store.close()

        asyncio.run(migrate())
        yield folder
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nobody needs the data any more
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_place(postgres_server: Path, tmp_path: Path) -> Place:
    """An empty store in the private cluster: the same database for all tests, emptied."""
    import psycopg

    url = _url(postgres_server, "template")
    tables = [table for domain in (CORE, *DOMAINS) for table in reversed(domain.metadata.sorted_tables)]
    with psycopg.connect(url) as connection:
        for table in tables:
            connection.execute(f"delete from {table.name}")
    return Place(url, tmp_path)


@pytest.fixture
def fresh_postgres_place(postgres_server: Path, tmp_path: Path) -> Iterator[Place]:
    """A database of its own, for tests that change the tables."""
    name = f"test_{secrets.token_hex(4)}"
    _do(postgres_server, f"create database {name} template template strategy file_copy")
    yield Place(_url(postgres_server, name), tmp_path)
    _do(postgres_server, f"drop database {name}")


@pytest.fixture
def fresh_sqlite_place(sqlite_place: Place) -> Place:
    """A file of its own, as always."""
    return sqlite_place


EACH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=EACH)
def place(request: pytest.FixtureRequest) -> Place:
    """Each database in turn."""
    found: Place = request.getfixturevalue(f"{request.param}_place")
    return found


@pytest.fixture(params=EACH)
def fresh_place(request: pytest.FixtureRequest) -> Place:
    """Each database in turn, whose tables a test may change."""
    found: Place = request.getfixturevalue(f"fresh_{request.param}_place")
    return found


def _programs() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = [Path(found).parent for found in [shutil.which("postgres")] if found]
    for folder in (*installed, *on_path):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def _url(folder: Path, name: str) -> str:
    return f"postgresql://lorgnette@/{name}?host={folder}&port={PORT}"


def _wait(folder: Path, server: subprocess.Popen[bytes]) -> None:
    import time

    import psycopg

    for _ in range(200):
        if server.poll() is not None:
            pytest.fail(f"PostgreSQL didn't start: {(folder / 'log').read_text()[-2000:]}")
        try:
            psycopg.connect(_url(folder, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("PostgreSQL didn't answer within 10 s")


def _do(folder: Path, statement: str) -> None:
    import psycopg

    with psycopg.connect(_url(folder, "postgres"), autocommit=True) as connection:
        connection.execute(statement)
