"""Files whose rows are gone: found where a hub died between both, and nothing else with them."""

import os
from pathlib import Path

from sqlalchemy import text
from tests.store.databases import Place

from lorgnette.core.clock import SystemClock
from lorgnette.store import Store, sweep_files

HOUR = 3600.0


async def put(store: Store, wearer: str, data: bytes, *, age: float = 2 * HOUR) -> str:
    name = await store.blobs.put(wearer, data)
    path = store.blobs.file(wearer, name)
    assert path is not None
    at = path.stat().st_mtime - age
    os.utime(path, (at, at))
    return name


def test_a_file_goes_that_its_wearers_rows_do_not_name(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        before = SystemClock().now().timestamp() - HOUR
        left = await put(store, "ada", b"left by a hub that was killed")
        young = await put(store, "ada", b"its row comes in a moment", age=0.0)
        kept = await put(store, "ada", b"a note's sound")
        listed = await put(store, "ada", b"one of several")
        others = await put(store, "bob", b"a note's sound")

        def rows(connection) -> None:
            connection.execute(text("CREATE TABLE plugin (wearer VARCHAR, sound VARCHAR, more TEXT)"))
            connection.execute(
                text("INSERT INTO plugin VALUES ('ada', :one, :two)"),
                {"one": kept, "two": f'["{listed}"]'},
            )

        await store.write(rows)
        assert await sweep_files(store, before) == 2
        assert store.blobs.file("ada", left) is None
        assert store.blobs.file("bob", others) is None, "it is named by somebody else's row alone"
        assert all(store.blobs.file("ada", one) for one in (young, kept, listed))
        again = await put(store, "ada", b"once more")
        await store.blobs.put("ada", b"once more")
        assert await sweep_files(store, before) == 0
        assert store.blobs.file("ada", again)

    sqlite_place.run(work)


def test_a_store_without_files_is_not_looked_through(tmp_path: Path, sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        assert await sweep_files(store, 1e12) == 0

    sqlite_place.run(work)
