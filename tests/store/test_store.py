"""One writer, several readers: order, grouping, bounds, and who may open the file."""

import asyncio
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import StoreError
from lorgnette.store import Store
from lorgnette.store import writer as writer_module


def add(name: str):
    def work(connection: Connection) -> str:
        connection.execute(
            text(
                "insert into wearers (wearer, name, role, language, zone, volume, rate, created)"
                " values (:name, :name, 'wearer', 'en', 'UTC', 1, 1, 0)"
            ),
            {"name": name},
        )
        return name

    return work


def names(connection: Connection) -> list[str]:
    return list(connection.execute(text("select wearer from wearers order by wearer")).scalars())


async def hold(store: Store) -> tuple[threading.Event, asyncio.Future[bool]]:
    """The writer is busy until the event is set; what is queued meanwhile waits together."""
    gate, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def work(connection: Connection) -> bool:
        loop.call_soon_threadsafe(begun.set)
        return gate.wait(10)

    held = asyncio.ensure_future(store.write(work))
    await begun.wait()
    return gate, held


def test_a_write_is_there_for_the_next_read(place: Place) -> None:
    async def work(store: Store) -> None:
        assert await store.write(add("ada")) == "ada"
        assert await store.read(names) == ["ada"]

    place.run(work)
    assert place.run(lambda store: store.read(names)) == ["ada"]


def test_writes_that_wait_together_share_a_transaction_and_keep_their_order(place: Place) -> None:
    async def work(store: Store) -> tuple[int, list[str]]:
        commits = []
        event.listen(store._write_engine, "commit", lambda connection: commits.append(1))
        order: list[str] = []
        gate, held = await hold(store)
        async with asyncio.TaskGroup() as group:
            for number in range(20):
                name = f"w{number:02}"
                group.create_task(
                    store.write(lambda connection, name=name: order.append(add(name)(connection)))
                )
            await asyncio.sleep(0)
            gate.set()
        assert await held
        return len(commits), order

    commits, order = place.run(work)
    assert order == [f"w{number:02}" for number in range(20)]
    assert commits == 2


def test_one_failing_write_spoils_none_of_its_group(place: Place) -> None:
    async def work(store: Store) -> None:
        gate, held = await hold(store)
        results = [asyncio.ensure_future(store.write(add(name))) for name in ("ada", "ada", "bob")]
        await asyncio.sleep(0)
        gate.set()
        await held
        first, second, third = await asyncio.gather(*results, return_exceptions=True)
        assert (first, third) == ("ada", "bob")
        assert isinstance(second, StoreError)
        assert await store.read(names) == ["ada", "bob"]

    place.run(work)


def test_an_error_of_the_callers_own_comes_back_as_it_is_and_undoes_the_write(place: Place) -> None:
    async def work(store: Store) -> None:
        def fails(connection: Connection) -> None:
            add("ada")(connection)
            raise KeyError("mine")

        with pytest.raises(KeyError, match="mine"):
            await store.write(fails)
        assert await store.read(names) == []

    place.run(work)


def test_what_somebody_said_is_in_no_error(place: Place) -> None:
    async def work(store: Store) -> None:
        with pytest.raises(StoreError) as caught:
            await store.write(
                lambda connection: connection.execute(
                    text("insert into nowhere values (:x)"), {"x": "my secret"}
                )
            )
        assert "my secret" not in repr(caught.value.__cause__) + str(caught.value)

    place.run(work)


def test_a_reader_cannot_write(place: Place) -> None:
    async def work(store: Store) -> None:
        with pytest.raises(StoreError, match="read"):
            await store.read(add("ada"))
        assert await store.read(names) == []

    place.run(work)


def test_posts_are_written_before_the_store_is_closed(place: Place) -> None:
    async def work(store: Store) -> None:
        for number in range(300):
            assert store.post(add(f"w{number:03}"))

    place.run(work)
    assert len(place.run(lambda store: store.read(names))) == 300


def test_a_post_that_fails_is_counted_and_hurts_nobody(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(store: Store) -> int:
        store.post(add("ada"))
        store.post(add("ada"))
        store.post(add("bob"))
        assert await store.read(names) in ([], ["ada"], ["ada", "bob"])
        await store.write(lambda connection: None)
        assert await store.read(names) == ["ada", "bob"]
        return store.failed

    assert place.run(work) == 1
    assert "a queued write failed" in caplog.text


def test_a_flood_of_posts_is_bounded_and_counted(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        gate, held = await hold(store)
        taken = sum(store.post(lambda connection: None) for _ in range(writer_module.POSTED + 100))
        gate.set()
        assert await held
        assert taken == writer_module.POSTED
        assert store.dropped == 100

    sqlite_place.run(work)


def test_the_event_loop_runs_on_while_the_writer_is_held_up(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        gate, held = await hold(store)
        for _ in range(50):
            await store.read(names)
        assert not held.done()
        gate.set()
        assert await held

    sqlite_place.run(work)


def test_a_cancelled_caller_does_not_take_its_write_back(place: Place) -> None:
    async def work(store: Store) -> None:
        gate, held = await hold(store)
        impatient = asyncio.ensure_future(store.write(add("ada")))
        await asyncio.sleep(0)
        impatient.cancel()
        gate.set()
        await held
        with pytest.raises(asyncio.CancelledError):
            await impatient
        await store.write(lambda connection: None)
        assert await store.read(names) == ["ada"]

    place.run(work)


def test_a_closed_store_says_so(place: Place) -> None:
    async def work() -> None:
        async with place.open() as store:
            pass
        await store.close()
        with pytest.raises(StoreError, match="closed"):
            await store.write(names)
        with pytest.raises(StoreError, match="closed"):
            await store.read(names)
        assert not store.post(names)

    asyncio.run(work())


def test_only_one_may_open_the_file_and_the_error_says_who_has_it(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        with pytest.raises(StoreError, match=f"process {os.getpid()}"):
            async with sqlite_place.open():
                pass
        assert store.exclusive

    sqlite_place.run(work)
    sqlite_place.run(lambda store: store.read(names))


def test_another_process_is_refused_too(sqlite_place: Place) -> None:
    program = (
        "import asyncio, sys\n"
        "from lorgnette.core.clock import SystemClock\n"
        "from lorgnette.store import Store\n"
        "asyncio.run(Store.open(sys.argv[1], SystemClock(), domains=()))\n"
    )

    async def work(store: Store) -> subprocess.CompletedProcess[str]:
        return await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", program, sqlite_place.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    done = sqlite_place.run(work)
    assert done.returncode != 0
    assert f"in use by process {os.getpid()}" in done.stderr


def test_the_files_are_private(tmp_path: Path) -> None:
    place = Place(f"sqlite:///{tmp_path}/deep/er/lorgnette.db", tmp_path)

    async def work(store: Store) -> None:
        await store.write(add("ada"))
        for file in (tmp_path / "deep" / "er").iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file

    place.run(work)
    assert stat.S_IMODE((tmp_path / "deep" / "er").stat().st_mode) == 0o700


def test_a_store_in_memory_leaves_nothing_behind() -> None:
    async def work() -> Path:
        store = await Store.open("sqlite://", ManualClock(), domains=())
        await store.write(add("ada"))
        folder = store.folder
        assert folder.is_dir()
        await store.close()
        return folder

    assert not asyncio.run(work()).exists()


def test_a_durable_write_syncs_and_the_next_one_does_not(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        def level(connection: Connection) -> int:
            return connection.exec_driver_sql("pragma synchronous").scalar_one()

        assert await store.write(level, durable=True) == 2
        assert await store.write(level) == 1

    sqlite_place.run(work)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://host/name", "postgresql://localhost/x"])
def test_a_url_that_cannot_be_a_store_is_a_clear_error(url: str) -> None:
    with pytest.raises(StoreError):
        asyncio.run(Store.open(url, ManualClock(), domains=()))


def test_a_password_is_in_no_error(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    url = f"postgresql://me:hunter2@/x?host={tmp_path}&port=1"
    with pytest.raises(StoreError) as caught:
        asyncio.run(Store.open(url, ManualClock(), folder=tmp_path, domains=()))
    assert "hunter2" not in str(caught.value)
