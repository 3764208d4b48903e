"""Migrations: what opens, what is refused, and what is kept safe before."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, Text, text
from tests.store.databases import DOMAINS, Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import StoreError
from lorgnette.store import Domain, Store
from lorgnette.store.migrate import _config
from lorgnette.store.tables import CORE

MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision = "music_{number:04}"
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = None
def upgrade():
    {body}
"""


def music(folder: Path, *bodies: str) -> Domain:
    """A plugin's domain with one migration a body."""
    versions = folder / f"music{len(bodies)}"
    versions.mkdir(exist_ok=True)
    for number, body in enumerate(bodies, 1):
        down = f"music_{number - 1:04}" if number > 1 else None
        labels = ("music",) if number == 1 else None
        (versions / f"music_{number:04}.py").write_text(
            MIGRATION.format(number=number, down=down, labels=labels, body=body)
        )
    metadata = MetaData()
    Table("songs", metadata, Column("id", Text, primary_key=True), Column("wearer", Text, nullable=False))
    return Domain("music", metadata, versions)


SONGS = 'op.create_table("songs", sa.Column("id", sa.Text, primary_key=True), sa.Column("wearer", sa.Text))'
ARTIST = 'op.add_column("songs", sa.Column("artist", sa.Text))'


async def opened(place: Place, domains: Sequence[Domain]) -> set[str]:
    store = await Store.open(place.url, ManualClock(), folder=place.folder, domains=domains)
    try:
        return set(
            await store.read(
                lambda connection: connection.execute(
                    text("select version_num from alembic_version")
                ).scalars()
            )
        )
    finally:
        await store.close()


def test_each_domain_is_a_branch_of_its_own(fresh_place: Place) -> None:
    heads = {f"{domain.name}_{domain.head():04}" for domain in (CORE, *DOMAINS)}
    assert asyncio.run(opened(fresh_place, DOMAINS)) == heads
    assert {"schedule_0001", "notes_0001", "gallery_0001"} <= heads


def test_a_service_that_is_installed_later_brings_its_tables(fresh_place: Place, tmp_path: Path) -> None:
    assert "music_0001" in asyncio.run(opened(fresh_place, [*DOMAINS, music(tmp_path, SONGS)]))
    assert "music_0002" in asyncio.run(opened(fresh_place, [*DOMAINS, music(tmp_path, SONGS, ARTIST)]))


def test_tables_of_a_service_that_is_gone_are_left_alone(fresh_place: Place, tmp_path: Path) -> None:
    asyncio.run(opened(fresh_place, [music(tmp_path, SONGS)]))
    versions = asyncio.run(opened(fresh_place, DOMAINS))
    assert "music_0001" in versions
    (tmp_path / "other").mkdir()
    other = Domain("other", MetaData(), tmp_path / "other")
    (other.versions / "other_0001.py").write_text(
        (tmp_path / "music1" / "music_0001.py")
        .read_text()
        .replace("music", "other")
        .replace("songs", "others")
    )
    assert {"music_0001", "other_0001"} <= asyncio.run(opened(fresh_place, [*DOMAINS, other]))


def test_a_newer_schema_is_refused_and_untouched(fresh_place: Place, tmp_path: Path) -> None:
    asyncio.run(opened(fresh_place, [music(tmp_path, SONGS, ARTIST)]))
    with pytest.raises(StoreError, match="music tables have version 2, this program knows 1"):
        asyncio.run(opened(fresh_place, [music(tmp_path, SONGS)]))
    assert "music_0002" in asyncio.run(opened(fresh_place, [music(tmp_path, SONGS, ARTIST)]))


def test_a_migration_that_fails_changes_nothing(fresh_place: Place, tmp_path: Path) -> None:
    broken = music(tmp_path, SONGS, ARTIST, 'op.add_column("nowhere", sa.Column("x", sa.Text))')
    with pytest.raises(StoreError, match="can't be opened"):
        asyncio.run(opened(fresh_place, [*DOMAINS, broken]))

    async def tables(store: Store) -> list[str]:
        def work(connection: Connection) -> list[str]:
            return list(connection.execute(text("select version_num from alembic_version")).scalars())

        return await store.read(work)

    assert "music_0001" not in fresh_place.run(tables)


def test_a_file_is_copied_before_its_migration_and_only_then(sqlite_place: Place, tmp_path: Path) -> None:
    sqlite_place.run(
        lambda store: store.write(
            lambda connection: connection.execute(
                text("insert into inbox values ('m', 'w', 'hello', 'en', 'notification', 0, 0, 0, null)")
            )
        )
    )
    assert not list(tmp_path.glob("*.backup-*"))
    asyncio.run(opened(sqlite_place, [music(tmp_path, SONGS)]))
    (backup,) = tmp_path.glob("*.backup-*")
    assert backup.stat().st_mode & 0o077 == 0
    copy = sqlite3.connect(backup)
    assert copy.execute("select text from inbox").fetchall() == [("hello",)]
    assert copy.execute("select count(*) from sqlite_master where name = 'songs'").fetchone() == (0,)
    copy.close()


def test_only_the_newest_backups_stay(sqlite_place: Place, tmp_path: Path) -> None:
    bodies = [SONGS, *(f'op.add_column("songs", sa.Column("c{number}", sa.Text))' for number in range(5))]
    for count in range(1, 6):
        clock = ManualClock()
        clock.advance(count)

        async def work(count: int = count, clock: ManualClock = clock) -> None:
            store = await Store.open(sqlite_place.url, clock, domains=[music(tmp_path, *bodies[:count])])
            await store.close()

        asyncio.run(work())
    kept = sorted(path.name[-2:] for path in tmp_path.glob("*.backup-*"))
    assert kept == ["03", "04", "05"]


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("create table photos (id)")
    other.close()
    with pytest.raises(StoreError, match=r"photos.*not a Lorgnette store"):
        asyncio.run(opened(Place(f"sqlite:///{tmp_path}/other.db", tmp_path), DOMAINS))


def test_a_damaged_file_is_a_store_error_and_releases_the_lock(tmp_path: Path) -> None:
    (tmp_path / "lorgnette.db").write_bytes(b"SQLite format 3\0" + os.urandom(4096))
    place = Place(f"sqlite:///{tmp_path}/lorgnette.db", tmp_path)
    with pytest.raises(StoreError, match="can't be opened"):
        asyncio.run(opened(place, DOMAINS))
    (tmp_path / "lorgnette.db").unlink()
    assert asyncio.run(opened(place, DOMAINS))


def test_alembic_stays_unimported_when_nothing_is_to_be_migrated(sqlite_place: Place) -> None:
    program = (
        "import asyncio, sys\n"
        "from lorgnette.core.clock import SystemClock\n"
        "from lorgnette.store import Store\n"
        "from lorgnette.services import notes, schedule\n"
        "async def work():\n"
        "    domains = (notes.DOMAIN, schedule.DOMAIN)\n"
        "    await (await Store.open(sys.argv[1], SystemClock(), domains=domains)).close()\n"
        "asyncio.run(work())\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, sqlite_place.url], check=True, timeout=60)


def test_the_migrations_make_exactly_the_tables_of_the_code(fresh_place: Place) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    together = MetaData()
    for domain in (CORE, *DOMAINS):
        for table in domain.metadata.tables.values():
            table.to_metadata(together)

    async def work(store: Store) -> list[object]:
        def compare(connection: Connection) -> list[object]:
            return compare_metadata(MigrationContext.configure(connection), together)

        return await store.read(compare)

    assert fresh_place.run(work) == []


def test_the_numbers_in_file_names_are_what_alembic_finds() -> None:
    from alembic.script import ScriptDirectory

    domains = (CORE, *DOMAINS)
    heads = set(ScriptDirectory.from_config(_config(domains)).get_heads())
    assert heads == {f"{domain.name}_{domain.head():04}" for domain in domains}
