"""Bring a database to this program's schema: a quick look, a backup, then Alembic."""

import logging
import sqlite3
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from lorgnette.core.errors import StoreError
from lorgnette.store.domain import Domain, number_of

if TYPE_CHECKING:  # alembic costs a third of a second and is seldom needed
    from alembic.config import Config

log = logging.getLogger(__name__)

TABLE = "alembic_version"
BACKUPS = 3
_ONE = threading.Lock()  # Alembic's context is one a process
_ADVISORY = 0x6C6F7267  # "lorg": two hubs that start at once migrate one after the other


def migrate(engine: Engine, domains: Sequence[Domain], file: Path | None, now: datetime) -> bool:
    """True if something was migrated. A newer schema, or a database that isn't ours, is a `StoreError`."""
    with engine.connect() as connection:
        old = _current(connection)
        if not _behind(old, domains):
            return False
    if old and file is not None:
        _backup(file, now)
    with _ONE, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("set local statement_timeout = 0"))
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _ADVISORY})
        _upgrade(connection, domains, _current(connection))
    return True


def refuse_newer(found: frozenset[str], domains: Sequence[Domain]) -> None:
    """A `StoreError` if these revisions are more than this program knows."""
    _behind(found, domains)


def _current(connection: Connection) -> frozenset[str]:
    tables = inspect(connection).get_table_names()
    if TABLE in tables:
        return frozenset(connection.execute(text(f"select version_num from {TABLE}")).scalars())  # noqa: S608
    if tables:
        raise StoreError(
            f"this database has other tables ({', '.join(sorted(tables)[:3])}…): not a Lorgnette store"
        )
    return frozenset()


def _behind(current: frozenset[str], domains: Sequence[Domain]) -> bool:
    """Whether a domain has migrations to run. Tables of services that aren't installed are left alone."""
    behind = False
    for domain in domains:
        head = domain.head()
        numbers = [number for revision in current if (number := number_of(revision, domain.name)) is not None]
        have = max(numbers, default=0)
        if have > head:
            raise StoreError(
                f"the store's {domain.name} tables have version {have}, this program knows {head}: "
                "run the newer program or restore an older backup",
            )
        behind = behind or have < head
    return behind


def _backup(file: Path, now: datetime) -> Path:
    """A copy by SQLite's backup interface, which reads through the WAL; the newest few are kept."""
    target = file.with_name(f"{file.name}.backup-{now:%Y%m%dT%H%M%S}")
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    partial.touch(0o600)
    source, copy = sqlite3.connect(file), sqlite3.connect(partial)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    partial.replace(target)
    for old in copies_of(file)[:-BACKUPS]:
        old.unlink()
    log.info("the store was copied to %s before its migration", target)
    return target


def copies_of(file: Path) -> tuple[Path, ...]:
    """The copies beside a store, oldest first."""
    return tuple(sorted(file.parent.glob(f"{file.name}.backup-*[0-9]")))


def _config(domains: Sequence[Domain]) -> "Config":
    """Alembic's settings: one folder of revisions a domain."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    folders = "\n".join(str(domain.versions) for domain in domains)
    config.set_main_option("version_locations", folders.replace("%", "%%"))
    return config


def _upgrade(connection: Connection, domains: Sequence[Domain], current: frozenset[str]) -> None:
    from alembic import command

    config = _config(domains)
    config.attributes["connection"] = connection
    # Alembic refuses revisions whose files it hasn't got: those of a service that isn't installed step aside
    strangers = [
        {"revision": revision}
        for revision in current
        if all(number_of(revision, domain.name) is None for domain in domains)
    ]
    if strangers:
        connection.execute(text(f"delete from {TABLE} where version_num = :revision"), strangers)  # noqa: S608
    command.upgrade(config, "heads")
    if strangers:
        connection.execute(text(f"insert into {TABLE} (version_num) values (:revision)"), strangers)  # noqa: S608
