"""The store: one database, one writer thread, a few readers, a folder of blobs."""

import asyncio
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from lorgnette.core.clock import Clock
from lorgnette.core.errors import StoreError
from lorgnette.store.blobs import Blobs
from lorgnette.store.connect import READERS, engines, file_of, parse
from lorgnette.store.domain import Domain, installed
from lorgnette.store.lock import StoreLock
from lorgnette.store.migrate import copies_of, migrate
from lorgnette.store.scrub import scrub
from lorgnette.store.snapshot import copy_of, forget_copies
from lorgnette.store.swap import finish as finish_restore
from lorgnette.store.tables import CORE
from lorgnette.store.writer import Writer

log = logging.getLogger(__name__)

SCRUBS = 3
READING = 256
"""Reads in the pool at once; further callers wait for their turn."""


class Store:
    """Made by `open`. No method blocks the event loop; the functions passed in run in the store's threads."""

    def __init__(
        self,
        engines: tuple[Engine, Engine],
        clock: Clock,
        domains: Sequence[Domain],
        folder: Path,
        lock: StoreLock | None,
        *,
        temporary: bool = False,
    ) -> None:
        self.clock = clock
        self.domains = tuple(domains)
        self.folder = folder
        self.blobs = Blobs(folder / "blobs")
        self._write_engine, self._read_engine = engines
        self._lock = lock
        self._temporary = temporary
        self._writer = Writer(self._write_engine)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="lorgnette-read")
        self._reading = asyncio.Semaphore(READING)
        self._closed = False
        self._on_forgotten: list[Callable[[str], None]] = []
        self._on_closing: list[Callable[[], None]] = []

    @classmethod
    async def open(
        cls,
        url: str,
        clock: Clock,
        *,
        folder: Path | None = None,
        domains: Sequence[Domain] | None = None,
    ) -> Self:
        """Open, and migrate where needed.

        `url`: `sqlite:///path`, `postgresql://…`, or `sqlite://` for one that goes with the process.
        `folder`: where blobs lie; beside the SQLite file if None. `domains`: the services' tables; those
        of all installed services if None. A database in use, newer or foreign raises `StoreError`.
        """
        parsed = parse(url)
        temporary = parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:")
        if temporary:
            place = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="lorgnette-"))
            parsed = parsed.set(database=str(place / "lorgnette.db"))
        known = installed() if domains is None else domains
        every = (CORE, *(domain for domain in known if domain.name != CORE.name))
        opened, lock, place = await asyncio.to_thread(_open, parsed, clock, every, folder)
        return cls(opened, clock, every, place, lock, temporary=temporary)

    @property
    def exclusive(self) -> bool:
        """Whether no other process can have this store open: SQLite's lock says so, PostgreSQL can't."""
        return self._lock is not None

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._write_engine.dialect.name

    @property
    def failed(self) -> int:
        """Posted writes that failed."""
        return self._writer.failed

    @property
    def dropped(self) -> int:
        """Posted writes that found the queue full."""
        return self._writer.dropped

    async def write[T](self, work: Callable[[Connection], T], *, durable: bool = False) -> T:
        """Run `work` in the writer's thread, in order; returns once it is committed.

        Committed survives the death of the process; with `durable` it survives a power cut too.
        """
        return await self._writer.write(work, durable=durable)

    def post(self, work: Callable[[Connection], object]) -> bool:
        """Queue `work` behind the other writes and don't wait; False if the queue was full."""
        return self._writer.post(work)

    async def read[T](self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a reader's thread; it sees every write that was waited for."""
        async with self._reading:
            if self._closed:
                raise StoreError("the store is closed")
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    def _read[T](self, work: Callable[[Connection], T]) -> T:
        try:
            with self._read_engine.connect() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            raise StoreError(f"the read failed: {type(cause).__name__}: {cause}") from error

    async def settle(self) -> None:
        """Everything that anybody holds back is written, and what was queued before."""
        for finish in self._on_closing:
            finish()
        await self.write(lambda _: None)

    async def scrub(self, *, anew: bool) -> None:
        """What was deleted is in no byte of the files any more; `anew`: for certain, by rewriting them.

        What can't be done now, for want of room on the disk say, is owed.
        """
        try:
            for _ in range(SCRUBS):
                if await self._writer.alone(partial(scrub, anew=anew)):
                    break
            else:
                log.warning("the store's log couldn't be cut: somebody reads it; tried again within the hour")
            if anew:
                await asyncio.to_thread(self._owed.unlink, missing_ok=True)
        except StoreError as error:
            log.warning("the store's files couldn't be written anew: %s; tried again within the hour", error)

    def owe_scrub(self) -> None:
        """In the write that forgets: its files are written anew, whatever happens to the hub. Blocks."""
        self._owed.touch(0o600)

    @property
    def owes_scrub(self) -> bool:
        """Whether a hub that had to write them anew didn't come to it."""
        return self._owed.is_file()

    @property
    def _owed(self) -> Path:
        return self.folder / "forgetting"

    @property
    def size(self) -> int:
        """Bytes of the database's file; 0 where it is a server's."""
        database = self._write_engine.url.database
        if self.dialect != "sqlite" or not database or not Path(database).is_file():
            return 0
        return Path(database).stat().st_size

    @property
    def copies(self) -> tuple[Path, ...]:
        """What migrations kept of the store as it was before them, oldest first."""
        database = self._write_engine.url.database
        return copies_of(Path(database)) if self.dialect == "sqlite" and database else ()

    async def snapshot(self) -> Path:
        """A copy of the database beside it, with every write that was queued; the caller deletes it."""
        database = self._write_engine.url.database
        if self.dialect != "sqlite" or not database:
            raise StoreError("only SQLite is copied here; for PostgreSQL there is pg_dump")
        await self.write(lambda _: None)
        return await asyncio.to_thread(copy_of, Path(database))

    def on_forgotten(self, tell: Callable[[str], None]) -> None:
        """Call `tell` on the loop with the id of each wearer who was deleted: memories of them go too."""
        self._on_forgotten.append(tell)

    def forgotten(self, wearer: str) -> None:
        """Said by whoever deleted a wearer."""
        for tell in self._on_forgotten:
            tell(wearer)

    def on_closing(self, finish: Callable[[], None]) -> None:
        """Call `finish` on the loop before the last writes: whoever holds something back posts it now."""
        self._on_closing.append(finish)

    async def close(self) -> None:
        """Write what waits, then let go of the database. May be called twice."""
        if self._closed:
            return
        for finish in self._on_closing:
            finish()
        self._closed = True
        await self._writer.close()
        await asyncio.to_thread(self._release)

    def _release(self) -> None:
        self._readers.shutdown(wait=True)
        self._read_engine.dispose()
        self._write_engine.dispose()  # the last connection that closes folds SQLite's WAL into the file
        if self._lock is not None:
            self._lock.release()
        if self._temporary:
            shutil.rmtree(self.folder, ignore_errors=True)


def _open(
    url: URL, clock: Clock, domains: Sequence[Domain], folder: Path | None
) -> tuple[tuple[Engine, Engine], StoreLock | None, Path]:
    file = file_of(url)
    lock = None
    try:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = StoreLock(file.with_name(file.name + ".lock"))
            finish_restore(file)  # a restore that was cut off
            forget_copies(file)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))  # private from the start
        elif folder is None:
            raise StoreError("with PostgreSQL the store needs a folder for its blobs")
        opened = engines(url)
        try:
            migrate(opened[0], domains, file, clock.now())
        except BaseException:
            for engine in opened:
                engine.dispose()
            raise
    except (OSError, SQLAlchemyError) as error:
        if lock is not None:
            lock.release()
        cause = getattr(error, "orig", None) or error
        raise StoreError(
            f"the store {url.render_as_string(hide_password=True)} can't be opened: {cause}"
        ) from error
    except StoreError:
        if lock is not None:
            lock.release()
        raise
    place = folder if folder is not None else (file.parent if file is not None else Path())
    return opened, lock, place
