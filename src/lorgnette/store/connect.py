"""Two SQLAlchemy engines for one database: one connection that writes, a few that only read."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from lorgnette.core.errors import StoreError

READERS = 2
BUSY_MS = 5000
CONNECT_S = 5
STATEMENT_S = 30


def parse(url: str) -> URL:
    """A URL that this program can open; `postgresql://` means psycopg."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "store.url isn't a database URL; try sqlite:///path or postgresql://host/db"
        ) from error
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+pysqlite")
        case "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise StoreError(f"{other} isn't supported as a store; use sqlite or postgresql")


def file_of(url: URL) -> Path | None:
    """The database's file, None for PostgreSQL."""
    if url.get_backend_name() != "sqlite":
        return None
    return Path(url.database or "").expanduser().absolute()


def engines(url: URL) -> tuple[Engine, Engine]:
    """The writer's engine and the readers'."""
    return (_sqlite if url.get_backend_name() == "sqlite" else _postgres)(url)


def _sqlite(url: URL) -> tuple[Engine, Engine]:
    url = url.set(database=str(file_of(url)))
    arguments: dict[str, Any] = {
        "connect_args": {"timeout": BUSY_MS / 1000, "check_same_thread": False, "isolation_level": None},
        "max_overflow": 0,
        "hide_parameters": True,
    }
    writer = create_engine(url, pool_size=1, **arguments)
    readers = create_engine(url, pool_size=READERS, **arguments)
    # auto_vacuum stays off; secure_delete zeroes what is deleted, so that "forget" really deletes
    _pragmas(writer, "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON")
    _pragmas(readers, "query_only=ON")
    _begin(writer, "BEGIN IMMEDIATE")
    _begin(readers, "BEGIN")
    return writer, readers


def _pragmas(engine: Engine, *pragmas: str) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        for pragma in (*pragmas, f"busy_timeout={BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}").close()


def _begin(engine: Engine, statement: str) -> None:
    """sqlite3 would open its transactions too late for DDL and for a consistent read: do it ourselves."""

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def _postgres(url: URL) -> tuple[Engine, Engine]:
    options = f"-c statement_timeout={STATEMENT_S * 1000} -c timezone=UTC"
    try:
        writer = create_engine(
            url,
            pool_size=1,
            max_overflow=0,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_S, "options": options},
        )
        readers = create_engine(
            url,
            pool_size=READERS,
            max_overflow=0,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": CONNECT_S,
                "options": f"{options} -c default_transaction_read_only=on",
            },
        )
    except ModuleNotFoundError as error:
        raise StoreError("PostgreSQL needs the extra: pip install 'lorgnette[postgres]'") from error
    return writer, readers
