"""Backup and restore: whole or not at all, whenever the program dies."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.store.databases import DOMAINS, Place

from lorgnette.core.errors import StoreError
from lorgnette.services import notes
from lorgnette.store import Devices, People, Store
from lorgnette.store.backup import Places, back_up, check, finish_pending, restore
from lorgnette.store.lock import StoreLock
from lorgnette.store.snapshot import copy_of
from lorgnette.store.swap import plan_of
from lorgnette.store.tables import CORE

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
KNOWN = (CORE, *DOMAINS)


def nothing(_: int) -> None:
    """Nobody looks."""


def places_of(place: Place) -> Places:
    return Places.of(place.url, place.folder / "config" / "lorgnette.toml", (("tls", place.folder / "tls"),))


def filled(place: Place, name: str) -> None:
    """A household, a note with sound, settings and a certificate, all called `name`."""

    async def work(store: Store) -> None:
        owner = await People(store).owner(name=name)
        await Devices(store).pair(owner.id, name)
        await notes.NotesService(store).notes_of(owner.id).add(f"a note of {name}", name.encode() * 1000)

    place.run(work)
    for folder in ("config", "tls"):
        (place.folder / folder).mkdir(exist_ok=True)
    (place.folder / "config" / "lorgnette.toml").write_text(f'[hub]\nname = "{name}"\n')
    (place.folder / "tls" / "ca.pem").write_text(name)


def there(place: Place) -> set[str]:
    """Every name that is found in the places of a hub, each once if all are of one household."""

    async def work(store: Store) -> set[str]:
        owner = await People(store).owner()
        (note,) = await notes.NotesService(store).notes_of(owner.id).recent(10)
        sound = await notes.NotesService(store).notes_of(owner.id).audio(note.id)
        (device,) = await Devices(store).devices(owner.id)
        assert sound is not None
        return {
            owner.name,
            note.text.removeprefix("a note of "),
            sound.decode()[: len(owner.name)],
            device.name,
        }

    found = set(place.run(work))
    settings = (place.folder / "config" / "lorgnette.toml").read_text()
    return found | {settings.split('"')[1], (place.folder / "tls" / "ca.pem").read_text()}


def packed(place: Place, target: Path) -> Path:
    snapshot = copy_of(places_of(place).file)
    try:
        back_up(places_of(place), snapshot, target, NOW, force=False, tell=nothing)
    finally:
        snapshot.unlink()
    return target


@pytest.fixture
def archive(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the household "ada"."""
    folder = tmp_path_factory.mktemp("ada")
    shutil.copy(sqlite_template, folder / "lorgnette.db")
    place = Place(f"sqlite:///{folder}/lorgnette.db", folder)
    filled(place, "ada")
    return packed(place, folder / "a.tar.gz")


def brought_back(archive: Path, place: Place) -> tuple[Path, ...]:
    return restore(archive, places_of(place), KNOWN, NOW).kept


def test_everything_comes_back_and_what_was_there_is_kept(archive: Path, sqlite_place: Place) -> None:
    filled(sqlite_place, "bob")
    assert there(sqlite_place) == {"bob"}
    kept = brought_back(archive, sqlite_place)
    assert there(sqlite_place) == {"ada"}
    folder = sqlite_place.folder / "before-restore-20260102T030405"
    assert set(kept) == {folder, *(sqlite_place.folder / "config").glob("lorgnette.toml.before-restore-*")}
    assert (folder / "tls" / "ca.pem").read_text() == "bob"
    assert folder.stat().st_mode & 0o077 == 0
    old = Place(f"sqlite:///{folder}/lorgnette.db", folder)
    assert old.run(lambda store: People(store).owner()).name == "bob"
    assert not [path for path in sqlite_place.folder.iterdir() if path.name.startswith(".")]


def test_restoring_what_was_kept_goes_back(archive: Path, sqlite_place: Place) -> None:
    filled(sqlite_place, "bob")
    (sqlite_place.folder / "config" / "lorgnette.toml").write_text('[hub]\nname = "ada"\n')
    folder = next(path for path in brought_back(archive, sqlite_place) if path.is_dir())
    done = restore(folder, places_of(sqlite_place), KNOWN, NOW + timedelta(minutes=1))
    assert there(sqlite_place) == {"bob", "ada"}  # the settings alone are still those of the backup
    assert not done.settings
    assert [path.name for path in done.kept] == ["before-restore-20260102T030505"]
    with pytest.raises(StoreError, match="isn't what a restore kept"):
        restore(sqlite_place.folder / "tls", places_of(sqlite_place), KNOWN, NOW)


def test_an_empty_machine_gets_everything(archive: Path, tmp_path: Path) -> None:
    place = Place(f"sqlite:///{tmp_path}/new/place/lorgnette.db", tmp_path / "new" / "place")
    assert brought_back(archive, place) == ()
    assert there(place) == {"ada"}
    assert (place.folder / "lorgnette.db").stat().st_mode & 0o077 == 0


def test_a_backup_of_a_store_at_work_is_one_moment_of_it(sqlite_place: Place, tmp_path: Path) -> None:
    """Two wearers' notes are written in one transaction each: a copy that has one has the other."""

    async def work(store: Store) -> int:
        stop = asyncio.Event()

        async def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1

                def both(connection, number=number) -> None:
                    for wearer in ("ada", "bob"):
                        connection.exec_driver_sql(
                            "insert into inbox values (?, ?, 'x', 'en', 'notification', 0, 0, 0, null)",
                            (f"{wearer}{number}", wearer),
                        )

                await store.write(both)

        writing = asyncio.create_task(write())
        copied = 0
        for _ in range(5):
            snapshot = await store.snapshot()
            with contextlib.closing(sqlite3.connect(snapshot)) as copy:
                counts = dict(copy.execute("select wearer, count(*) from inbox group by wearer").fetchall())
            assert counts.get("ada") == counts.get("bob")
            assert counts.get("ada", 0) >= copied
            copied = counts.get("ada", 0)
            snapshot.unlink()
        stop.set()
        await writing
        return copied

    assert sqlite_place.run(work) > 0


@pytest.mark.parametrize("broken", ["hash", "newer", "strange", "cut"])
def test_what_can_not_be_restored_changes_nothing(
    archive: Path, sqlite_place: Place, tmp_path: Path, broken: str
) -> None:
    filled(sqlite_place, "bob")
    places, known = places_of(sqlite_place), KNOWN
    if broken == "cut":
        archive.write_bytes(archive.read_bytes()[:-3000])
    elif broken == "hash":
        whole = archive.read_bytes()
        archive.write_bytes(whole[:400] + bytes(100) + whole[500:])
    elif broken == "strange":
        places = Places.of(sqlite_place.url, places.settings)  # a program that knows no certificates
    else:
        snapshot = copy_of(places.file)
        with contextlib.closing(sqlite3.connect(snapshot)) as copy:
            copy.execute(
                "update alembic_version set version_num = 'core_0999' where version_num like 'core%'"
            )
            copy.commit()
        archive = tmp_path / "newer.tar.gz"
        back_up(places, snapshot, archive, NOW, force=False, tell=nothing)
        snapshot.unlink()
    before = sorted(sqlite_place.folder.iterdir())
    with pytest.raises(StoreError):
        restore(archive, places, known, NOW)
    assert there(sqlite_place) == {"bob"}
    assert sorted(sqlite_place.folder.iterdir()) == before


def test_a_disk_that_fills_up_in_the_middle_changes_nothing(archive: Path, sqlite_place: Place) -> None:
    filled(sqlite_place, "bob")
    whole = check(archive, places_of(sqlite_place), KNOWN, nothing).size
    before = sorted(sqlite_place.folder.rglob("*"))
    for room in (whole + 1, whole + whole // 2, 2 * whole - 1):  # read once, then unpacked
        left = room

        def fill(done: int) -> None:
            nonlocal left
            left -= done
            if left < 0:
                raise OSError(28, "No space left on device")

        with pytest.raises(StoreError, match="No space left"):
            restore(archive, places_of(sqlite_place), KNOWN, NOW, tell=fill)
        assert there(sqlite_place) == {"bob"}
        assert sorted(sqlite_place.folder.rglob("*")) == before


def test_settings_that_can_not_be_amended_change_nothing(archive: Path, sqlite_place: Place) -> None:
    filled(sqlite_place, "bob")

    def amend(staged: Path) -> None:
        raise StoreError(f"{staged.name} can't be read")

    with pytest.raises(StoreError, match=r"lorgnette\.toml can't be read"):
        restore(archive, places_of(sqlite_place), KNOWN, NOW, amend=amend)
    assert there(sqlite_place) == {"bob"}
    restore(archive, places_of(sqlite_place), KNOWN, NOW, settings=False, amend=amend)
    assert there(sqlite_place) == {"ada", "bob"}


def test_a_damaged_store_is_not_backed_up_as_if_it_were_whole(sqlite_place: Place) -> None:
    filled(sqlite_place, "bob")
    file = places_of(sqlite_place).file
    content = bytearray(file.read_bytes())
    for page in range(3, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = os.urandom(64)
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged|can't be copied"):
        copy_of(file)
    assert not list(sqlite_place.folder.glob("*.snapshot-*"))


def test_copies_of_those_who_died_are_deleted_and_those_of_the_living_are_not(sqlite_place: Place) -> None:
    file = places_of(sqlite_place).file
    dead, living = copy_of(file), copy_of(file)
    os.utime(dead, (1, 1))
    mine = copy_of(file)
    assert {path.name for path in file.parent.glob("*.snapshot-*")} == {living.name, mine.name}
    sqlite_place.run(lambda store: People(store).owner())
    assert not list(file.parent.glob("*.snapshot-*"))


def test_a_store_that_is_in_use_is_not_replaced(archive: Path, sqlite_place: Place) -> None:
    filled(sqlite_place, "bob")
    lock = StoreLock(sqlite_place.folder / "lorgnette.db.lock")
    try:
        with pytest.raises(StoreError, match="in use"):
            brought_back(archive, sqlite_place)
    finally:
        lock.release()
    assert there(sqlite_place) == {"bob"}


PROGRAM = """
import os, shutil, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from lorgnette.services import notes, schedule
from lorgnette.store import backup
from lorgnette.store.tables import CORE

def restored(folder, left):
    def dying(event, arguments):
        nonlocal left
        if event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "open", "sqlite3.connect"):
            left -= 1
            if not left:
                os.kill(os.getpid(), 9)
    places = backup.Places.of(
        f"sqlite:///{folder}/lorgnette.db", folder / "config" / "lorgnette.toml", (("tls", folder / "tls"),)
    )
    sys.addaudithook(dying)
    backup.restore(Path(sys.argv[1]), places, (CORE, notes.DOMAIN, schedule.DOMAIN), datetime.now(UTC))

home, moment, code = Path(sys.argv[2]), 0, 9
while code == 9:
    moment += 1
    folder = home.with_name(f"try{moment:04}")
    shutil.copytree(home, folder)
    child = os.fork()
    if not child:
        restored(folder, moment)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) * -1
sys.exit(code)
"""


def test_killed_at_any_moment_it_is_the_old_or_the_new(
    archive: Path, sqlite_place: Place, tmp_path: Path
) -> None:
    """Killed at every file that it opens, moves or removes, one try after the other."""
    filled(sqlite_place, "bob")
    home = tmp_path / "tries" / "home"
    home.mkdir(parents=True)
    for name in ("lorgnette.db", "blobs", "config", "tls"):
        source = sqlite_place.folder / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, home / name)
    subprocess.run([sys.executable, "-c", PROGRAM, archive, home], timeout=120, check=True)
    tries = sorted(home.parent.glob("try*"))
    seen = []
    for number, folder in enumerate(tries):
        place = Place(f"sqlite:///{folder}/lorgnette.db", folder)
        if number % 2:
            finish_pending(place.url)  # as every command does before it reads the settings; else the hub does
        found = there(place)
        assert found in ({"ada"}, {"bob"}), f"half of each in {folder.name}"
        seen.append(found.pop())
        assert not plan_of(folder / "lorgnette.db").exists()
        assert not [path for path in folder.iterdir() if path.name.startswith(".lorgnette.db.restore-")]
    assert seen == sorted(seen, reverse=True)  # bob … bob, ada … ada
    assert seen[-1] == "ada"
    assert seen.count("bob") > 20
    assert seen.count("ada") > 10


def test_a_check_says_what_it_is_and_changes_nothing(archive: Path, sqlite_place: Place) -> None:
    before = sorted(sqlite_place.folder.iterdir())
    manifest = check(archive, places_of(sqlite_place), KNOWN, nothing)
    assert manifest.schema == {"core": CORE.head(), **{domain.name: domain.head() for domain in DOMAINS}}
    assert manifest.files.keys() >= {"store/lorgnette.db", "lorgnette.toml", "tls/ca.pem"}
    assert sorted(sqlite_place.folder.iterdir()) == before


def test_postgresql_is_told_of_its_own_tools_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Places.of("postgresql://ada:hunter2@db.example/lorgnette", tmp_path / "lorgnette.toml")
    assert "pg_dump" in caught.value.detail
    assert "ada@db.example/lorgnette" in caught.value.detail
    assert "hunter2" not in caught.value.detail
