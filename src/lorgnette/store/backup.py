"""Backup and restore of everything that a hub keeps: the store, its blobs, files beside it, the settings."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from lorgnette import __version__
from lorgnette.core.errors import StoreError
from lorgnette.store.archive import FORMAT, Manifest, Source, Tell, pack, read_through, unpack
from lorgnette.store.connect import file_of, parse
from lorgnette.store.domain import Domain, number_of
from lorgnette.store.durable import sync
from lorgnette.store.lock import StoreLock
from lorgnette.store.migrate import refuse_newer
from lorgnette.store.snapshot import copy_of, damage, revisions
from lorgnette.store.swap import KEPT, Move, Plan, begin, finish, plan_of, staging_of

STORE: Final = "store/lorgnette.db"
SETTINGS: Final = "lorgnette.toml"
BLOBS: Final = "blobs"
SPARE: Final = 64 << 20
"""Bytes of the disk that a restore leaves free."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a hub keeps things. `folders`: those that go with it, by name; `settings`: lorgnette.toml."""

    file: Path
    folders: tuple[tuple[str, Path], ...]
    settings: Path

    @classmethod
    def of(cls, url: str, settings: Path, more: Sequence[tuple[str, Path]] = ()) -> "Places":
        """For the store at `url`. PostgreSQL has tools of its own: a `StoreError` names them."""
        parsed = parse(url)
        file = file_of(parsed)
        if file is None:
            place = URL.create("postgresql", parsed.username, None, parsed.host, parsed.port, parsed.database)
            raise StoreError(
                "this store is PostgreSQL, which brings its own tools: "
                f"pg_dump -Fc -f lorgnette.dump '{place.render_as_string()}', and back with pg_restore"
            )
        if parsed.database in (None, "", ":memory:"):
            raise StoreError("this store goes with its process; there is nothing to keep")
        return cls(file, ((BLOBS, file.parent / BLOBS), *more), settings)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `kept`: where that is which was there before; `settings`: whether they were put."""

    manifest: Manifest
    kept: tuple[Path, ...]
    settings: bool


def lock_of(file: Path) -> StoreLock:
    """The lock under which nobody else has the store open."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return StoreLock(file.with_name(file.name + ".lock"))


def back_up(
    places: Places, snapshot: Path, target: Path, now: datetime, *, force: bool, tell: Tell
) -> Manifest:
    """Pack a snapshot of the store (`copy_of`), blobs, folders and settings into `target`.

    Blobs are read after the snapshot: each that it names was there before, and only what was deleted since
    may be missing.
    """
    sources = [Source(STORE, snapshot), Source(SETTINGS, places.settings.resolve())]
    for name, folder in places.folders:
        sources += _files(name, folder)
    return pack(
        target,
        sources,
        schema_of(revisions(snapshot)),
        now.isoformat(timespec="seconds"),
        force=force,
        tell=tell,
    )


def size_of(places: Places) -> int:
    """Bytes that a backup reads, for a progress bar."""
    files = (source.path for name, folder in places.folders for source in _files(name, folder))
    return sum(_size(path) for path in (places.file, places.settings, *files))


def restore(
    archive: Path,
    places: Places,
    domains: Sequence[Domain],
    now: datetime,
    *,
    settings: bool = True,
    amend: Callable[[Path], None] = lambda _: None,
    tell: Tell = lambda _: None,
) -> Restored:
    """Everything checked first, then put in place at once; what was there is kept beside it.

    `archive`: a backup, or a folder in which an earlier restore kept what was there (then without settings).
    `amend` may change the staged lorgnette.toml. A hub that runs, a newer schema, a damaged or foreign file
    is a `StoreError`, and then nothing has changed.
    """
    file = places.file
    lock = lock_of(file)
    try:
        finish(file)
        _movable(places)
        kept = archive.is_dir()
        manifest = _look_at_kept(archive, places, domains) if kept else check(archive, places, domains, tell)
        staging = [Path(tempfile.mkdtemp(dir=file.parent, prefix=staging_of(file)))]
        try:
            if kept:
                _copy_kept(archive, places, staging[0])
            else:
                unpack(archive, manifest, staging[0], tell)
            _look(staging[0] / STORE, manifest)
            if settings and SETTINGS in manifest.files:
                amend(staging[0] / SETTINGS)
            moves = tuple(_moves(places, staging, now, settings=settings))
            begin(file, Plan(moves, tuple(map(str, staging))))
        except BaseException as error:
            if not plan_of(file).exists():
                for folder in staging:
                    shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError):
                raise StoreError(f"nothing was changed: {error}") from error
            raise
        finish(file)
    finally:
        lock.release()
    folder = _kept(file, now)
    there = {folder if path.parent == folder else path for path in _there(moves)}
    return Restored(manifest, tuple(sorted(there)), settings and SETTINGS in manifest.files)


def check(archive: Path, places: Places, domains: Sequence[Domain], tell: Tell) -> Manifest:
    """Read an archive from end to end; anything for which it can't be restored here is a `StoreError`."""
    free = shutil.disk_usage(_existing(places.file.parent)).free
    manifest = read_through(archive, max(0, free - SPARE), tell)
    known = {name for name, _ in places.folders}
    strange = next(
        (
            name
            for name in manifest.files
            if name not in (STORE, SETTINGS) and name.split("/")[0] not in known
        ),
        "",
    )
    if strange:
        raise StoreError(f"{archive.name} holds {strange!r}, which has no place here")
    if STORE not in manifest.files:
        raise StoreError(f"{archive.name} holds no store")
    refuse_newer(frozenset(f"{name}_{number:04}" for name, number in manifest.schema.items()), domains)
    return manifest


def finish_pending(url: str) -> bool:
    """End a restore that was cut off, before anybody looks at what it replaces."""
    parsed = parse(url)
    file = file_of(parsed)
    if file is None or parsed.database in (None, "", ":memory:") or not plan_of(file).exists():
        return False
    lock = lock_of(file)
    try:
        return finish(file)
    finally:
        lock.release()


def schema_of(found: frozenset[str]) -> dict[str, int]:
    """Domain → its newest migration."""
    schema: dict[str, int] = {}
    for revision in sorted(found):
        name = revision.rpartition("_")[0]
        number = number_of(revision, name)
        if number is not None:
            schema[name] = max(number, schema.get(name, 0))
    return schema


def _files(name: str, folder: Path) -> Iterator[Source]:
    """Plain files below a folder, without those that are being written (their names begin with a dot)."""
    for place, _, files in sorted(os.walk(folder)):
        for file in sorted(files):
            path = Path(place, file)
            if not file.startswith(".") and path.is_file() and not path.is_symlink():
                yield Source(f"{name}/{path.relative_to(folder).as_posix()}", path)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _movable(places: Places) -> None:
    """A folder that is another file system's can't be moved aside: said before anything is done."""
    for _, folder in places.folders:
        if folder.is_symlink():
            raise StoreError(f"{folder} is a link and isn't replaced; put the folder itself there")
        if folder.is_dir() and folder.stat().st_dev != folder.parent.stat().st_dev:
            raise StoreError(f"{folder} is a file system of its own and can't be replaced as a whole")


def _look_at_kept(folder: Path, places: Places, domains: Sequence[Domain]) -> Manifest:
    file = folder / places.file.name
    if not file.is_file():
        raise StoreError(f"{folder} isn't what a restore kept: there is no {places.file.name} in it")
    found = revisions(file)
    refuse_newer(found, domains)
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(timespec="seconds")
    return Manifest(FORMAT, __version__, at, schema_of(found), {})


def _copy_kept(folder: Path, places: Places, staging: Path) -> None:
    """The store with what its -wal holds; the folder stays as it is."""
    (staging / STORE).parent.mkdir(mode=0o700)
    copy_of(folder / places.file.name).rename(staging / STORE)
    for name, _ in places.folders:
        if (folder / name).is_dir():
            shutil.copytree(folder / name, staging / name)
    for place in staging.rglob("*"):
        sync(place)


def _look(staged: Path, manifest: Manifest) -> None:
    if found := damage(staged):
        raise StoreError(f"the store in the archive is damaged: {found}")
    if schema_of(revisions(staged)) != manifest.schema:
        raise StoreError("the store in the archive has another schema than its manifest says")


def _kept(file: Path, now: datetime) -> Path:
    """Where that goes which a restore replaces."""
    return file.with_name(f"{KEPT}{now:%Y%m%dT%H%M%S}")


def _there(moves: Sequence[Move]) -> Iterator[Path]:
    return (Path(move.kept) for move in moves if os.path.lexists(move.kept))


def _moves(places: Places, staging: list[Path], now: datetime, *, settings: bool) -> Iterator[Move]:
    """The store last but the settings: what it names is there before it. More staging may be made."""
    first, kept = staging[0], _kept(places.file, now)
    (first / BLOBS).mkdir(exist_ok=True, mode=0o700)  # none in the archive: none shall be here
    for name, target in places.folders:
        if not (first / name).exists():
            continue
        if target.parent == places.file.parent:
            yield Move(str(first / name), str(target), str(kept / name))
        else:
            yield _near(first / name, target, staging, now)
    yield Move(str(first / STORE), str(places.file), str(kept / places.file.name), beside=("-wal", "-shm"))
    if settings and (first / SETTINGS).exists():
        yield _near(first / SETTINGS, places.settings.resolve(), staging, now)


def _near(staged: Path, target: Path, staging: list[Path], now: datetime) -> Move:
    """For what may lie on another file system: it is staged and kept beside its own place."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.restore-"))
    staging.append(folder)
    near = folder / target.name
    if staged.is_dir():
        shutil.copytree(staged, near)
    else:
        shutil.copyfile(staged, near)
    near.chmod(0o700 if near.is_dir() else 0o600)
    for place in (*near.rglob("*"), near, folder, target.parent):
        sync(place)
    return Move(str(near), str(target), str(target.with_name(f"{target.name}.{KEPT}{now:%Y%m%dT%H%M%S}")))
