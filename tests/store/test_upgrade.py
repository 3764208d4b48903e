"""A store of the first or the previous program comes up in this one, with every row that was in it."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, Float, Integer, LargeBinary, MetaData, inspect, text
from sqlalchemy.types import TypeEngine
from tests.store.databases import DOMAINS, Place

from lorgnette.core.clock import ManualClock
from lorgnette.services import notes
from lorgnette.store import Devices, Domain, Journal, People, Store
from lorgnette.store.connect import engines, parse
from lorgnette.store.migrate import _config
from lorgnette.store.tables import CORE

KNOWN = (CORE, *DOMAINS)
ROWS = 5

NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "{domain}_{number:04}"
down_revision = "{domain}_{before:04}"
branch_labels = None
depends_on = None
def upgrade():
    with op.batch_alter_table("{table}") as table:
        table.add_column(sa.Column("colour", sa.Text, nullable=False, server_default="blue"))
        table.create_index("{table}_colour", ["colour"])
"""


def at_revisions(url: str, number: int) -> None:
    """Make the database as the programs were that had `number` migrations, or fewer, a domain."""
    from alembic import command

    writer, readers = engines(parse(url))
    try:
        with writer.begin() as connection:
            config = _config(KNOWN)
            config.attributes["connection"] = connection
            for domain in KNOWN:
                command.upgrade(config, f"{domain.name}_{min(number, domain.head()):04}")
    finally:
        writer.dispose()
        readers.dispose()


def value_of(kind: TypeEngine[Any], name: str, row: int) -> object:
    """Something that fits; what one row says of another is the same in both."""
    if isinstance(kind, Boolean):
        return bool(row % 2)
    if isinstance(kind, Integer):
        return row
    if isinstance(kind, Float):
        return 1_700_000_000.0 + row
    if name == "role":
        return "owner"
    said = f"w-{row}" if name == "wearer" else f"{row}"
    return said.encode() if isinstance(kind, LargeBinary) else said


def fill(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Rows in every table as it is in the database; gives them."""
    metadata = MetaData()
    metadata.reflect(connection)
    rows: dict[str, list[dict[str, Any]]] = {}
    for table in metadata.sorted_tables:
        if table.name == "alembic_version":
            continue
        rows[table.name] = [
            {column.name: value_of(column.type, column.name, row) for column in table.columns}
            for row in range(ROWS)
        ]
        connection.execute(table.insert(), rows[table.name])
    return rows


@pytest.mark.parametrize("number", range(1, max(domain.head() for domain in KNOWN) + 1))
def test_every_row_of_an_older_store_is_there_after_the_upgrade(tmp_path: Path, number: int) -> None:
    url = f"sqlite:///{tmp_path}/lorgnette.db"
    at_revisions(url, number)
    writer, readers = engines(parse(url))
    with writer.begin() as connection:
        before = fill(connection)
    writer.dispose()
    readers.dispose()
    assert before.keys() >= {"wearers", "devices", "turns", "notes", "schedule"}

    def rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for name, old in before.items():
            columns = {column["name"] for column in inspect(connection).get_columns(name)}
            kept = ", ".join(f'"{column}"' for column in old[0] if column in columns)
            found[name] = [
                dict(row) for row in connection.execute(text(f"select {kept} from {name}")).mappings()
            ]
        return found

    async def work() -> None:
        store = await Store.open(url, ManualClock(), domains=DOMAINS)
        try:
            for name, now in (await store.read(rows)).items():
                assert len(now) == ROWS, name
                for old, new in zip(before[name], now, strict=True):
                    assert new == {column: old[column] for column in new}, name
            assert (await People(store).owner()).id == "w-0"
        finally:
            await store.close()

    asyncio.run(work())


def next_of(domain: Domain, table: str, folder: Path) -> Domain:
    """The domain as the next program would bring it: a column and an index more."""
    versions = folder / f"next-{domain.name}"
    shutil.copytree(domain.versions, versions, ignore=shutil.ignore_patterns("__pycache__"))
    number = domain.head() + 1
    (versions / f"{domain.name}_{number:04}.py").write_text(
        NEXT.format(domain=domain.name, number=number, before=number - 1, table=table)
    )
    return Domain(domain.name, domain.metadata, versions)


def test_a_store_of_this_program_comes_up_in_the_next(sqlite_place: Place, tmp_path: Path) -> None:
    """Tables are built anew by SQLite's batch migrations: rows, children and blobs stay."""

    async def live(store: Store) -> None:
        owner = await People(store).owner(name="Ada")
        await Devices(store).pair(owner.id, "glasses")
        journal = Journal(store)
        journal.begin("t", owner.id, "d", "en", "hello", typed=True)
        journal.sentence("t", 0, "Hello Ada.")
        journal.end("t", "done", {})
        await notes.NotesService(store).notes_of(owner.id).add("milk", b"sound" * 100)

    async def look(store: Store) -> None:
        owner = await People(store).owner()
        assert owner.name == "Ada"
        (device,) = await Devices(store).devices(owner.id)
        assert device.name == "glasses"
        (turn,) = await Journal(store).turns(owner.id, 10)
        assert turn.sentences == ("Hello Ada.",)
        (note,) = await notes.NotesService(store).notes_of(owner.id).recent(10)
        assert await notes.NotesService(store).notes_of(owner.id).audio(note.id) == b"sound" * 100

    sqlite_place.run(live)
    sqlite_place.run(look)
    (tmp_path / "next").mkdir()
    others = (domain for domain in DOMAINS if domain is not notes.DOMAIN)
    domains = [next_of(notes.DOMAIN, "notes", tmp_path / "next"), *others]

    async def work() -> None:
        store = await Store.open(sqlite_place.url, ManualClock(), domains=domains)
        try:
            await look(store)
            colours = await store.read(lambda c: c.execute(text("select colour from notes")).scalars().all())
            assert colours == ["blue"]
        finally:
            await store.close()

    asyncio.run(work())
    assert list(tmp_path.glob("lorgnette.db.backup-*"))
