"""What goes wrong around a store: odd paths, a full disk, a server that goes away, two who start at once."""

import asyncio
import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import Connection, text
from tests.store.databases import DOMAINS, Place, _do, _url

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import StoreError
from lorgnette.store import Blobs, Journal, People, Store


@pytest.mark.parametrize("name", ["with space", "per%20cent", "büro 眼镜", "quote'\"s"])
def test_a_folder_may_be_called_anything(tmp_path: Path, name: str) -> None:
    place = Place(f"sqlite:///{quote(str(tmp_path / name))}/lorgnette.db", tmp_path / name)
    assert place.run(lambda store: People(store).owner()).role == "owner"
    assert (tmp_path / name / "lorgnette.db").stat().st_size > 0


def test_a_full_disk_is_an_error_for_the_writer_and_nothing_is_half_done(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        people = People(store)
        owner = await people.owner()

        def fill(connection: Connection) -> None:
            connection.execute(text("update wearers set name = 'half' where wearer = :id"), {"id": owner.id})
            pages = connection.exec_driver_sql("pragma page_count").scalar_one()
            connection.exec_driver_sql(f"pragma max_page_count = {pages + 2}")
            connection.execute(
                text(
                    "insert into inbox select id, wearer, zeroblob(9999999), '', '', 0, 0, 0, 0 from"
                    " (select 'x' as id, 'y' as wearer)"
                )
            )

        with pytest.raises(StoreError, match="full"):
            await store.write(fill)
        assert (await people.wearer(owner.id)).name == ""
        await store.write(lambda connection: connection.exec_driver_sql("pragma max_page_count = 1000000"))
        await people.add("Bob")
        assert len(await people.all()) == 2

    sqlite_place.run(work)


def test_somebody_who_holds_the_database_delays_but_does_not_break(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        other = sqlite3.connect(sqlite_place.folder / "lorgnette.db", check_same_thread=False)
        other.execute("begin immediate")
        waiting = asyncio.ensure_future(People(store).owner())
        assert await People(store).all() == []
        assert not waiting.done()
        other.rollback()
        other.close()
        assert (await waiting).role == "owner"

    sqlite_place.run(work)


@pytest.mark.postgres
def test_a_lost_connection_costs_one_write_at_most(postgres_place: Place, postgres_server: Path) -> None:
    cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'template'"

    async def work(store: Store) -> None:
        people = People(store)
        await people.owner()
        await asyncio.to_thread(_do, postgres_server, cut)
        assert (await people.add("Bob")).name == "Bob"
        assert len(await people.all()) == 2

        def suicide(connection: Connection) -> None:
            connection.execute(text("delete from wearers"))
            connection.execute(text("select pg_terminate_backend(pg_backend_pid())"))

        with pytest.raises(StoreError):
            await store.write(suicide)
        assert (await people.add("Cleo")).name == "Cleo"
        assert len(await people.all()) == 3

    postgres_place.run(work)


@pytest.mark.postgres
def test_two_hubs_that_start_at_once_on_an_empty_database_both_come_up(
    postgres_server: Path, tmp_path: Path
) -> None:
    _do(postgres_server, "create database twins")
    place = Place(_url(postgres_server, "twins"), tmp_path)

    async def one() -> str:
        async with place.open() as store:
            assert not store.exclusive
            return (await People(store).owner()).id

    async def both() -> list[str]:
        return await asyncio.gather(one(), one())

    assert len(asyncio.run(both())) == 2
    _do(postgres_server, "drop database twins")


@pytest.mark.postgres
def test_postgres_needs_a_folder_for_blobs(postgres_place: Place) -> None:
    with pytest.raises(StoreError, match="folder"):
        asyncio.run(Store.open(postgres_place.url, ManualClock(), domains=DOMAINS))


def test_a_place_where_nothing_can_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can't be opened"):
        asyncio.run(Store.open(f"sqlite:///{tmp_path}/file/lorgnette.db", ManualClock(), domains=()))
    with pytest.raises(StoreError, match="the disk failed"):
        asyncio.run(Blobs(tmp_path / "file").put("ada", b"x"))


def test_thousands_of_turns_are_listed_in_bounds(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        journal = Journal(store)
        for number in range(1500):
            journal.begin(f"t{number}", "ada", "d", "en", "hello", typed=False)
        assert len(await journal.turns("ada", 10**9)) == 1000
        assert await journal.turns("ada", 0) == []

    sqlite_place.run(work)
