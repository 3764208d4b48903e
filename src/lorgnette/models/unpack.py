"""An archive to a folder: checked before, bounded while it is written, and under its name only as a whole.

Nothing leaves the folder, no link is made, nothing is written beyond the size that the catalogue declares.
A process that dies in the middle leaves a folder that the next try deletes.
"""

import hashlib
import lzma
import os
import shutil
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

import msgspec

from lorgnette.models.durable import sync_folder
from lorgnette.models.entry import ModelFile
from lorgnette.models.errors import Mismatch, ModelError

MARK: Final = ".unpacked.json"
"""In the folder: which archive it came from, and what lies there."""
MOST_FILES: Final = 20_000
DEEPEST: Final = 16
_PIECE: Final = 1 << 20
_BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    NotImplementedError,
)
_MODES: Final = {"tar.gz": "r:gz", "tar.bz2": "r:bz2"}

type Stop = Callable[[], bool]
"""Asked between pieces: whether to end it."""


class Contents(msgspec.Struct):
    """What lies in a folder: name → bytes and hash of each file."""

    sha256: str
    files: dict[str, tuple[int, str]]


def archive_of(target: Path, file: ModelFile) -> Path:
    """Where the archive lies while its folder isn't there yet."""
    return target.with_name(f"{target.name}.{file.unpack}")


def contents(target: Path, file: ModelFile) -> Contents | None:
    """What an earlier unpacking of this very archive left, None where there is no such folder."""
    try:
        found = msgspec.json.decode((target / MARK).read_bytes(), type=Contents)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.sha256 == file.sha256 else None


def whole(target: Path, file: ModelFile, *, read: bool = False) -> bool:
    """Whether everything is there in its size; `read`: with its hash."""
    found = contents(target, file)
    if found is None:
        return False
    try:
        for name, (size, sha256) in found.files.items():
            path = target / name
            if path.is_symlink() or path.stat().st_size != size or (read and _hash(path) != sha256):
                return False
    except OSError:
        return False
    return True


def unpack(target: Path, file: ModelFile, stop: Stop = lambda: False) -> None:
    """Make the folder `target` of its archive, whose hash must be right, and delete the archive.

    A single folder that holds everything is left out. `ModelError` says what is wrong with the archive; it is
    deleted then, since another try with it would end the same.
    """
    archive = archive_of(target, file)
    if _hash(archive) != file.sha256:
        archive.unlink()
        raise Mismatch(f"{archive} isn't what the catalogue names any more; it was deleted")
    _clear(target)  # of a process that was killed
    place = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.unpacking-"))
    try:
        try:
            files = _written(archive, file, place, stop)
        except _BROKEN as error:
            raise _wrong(file, str(error)) from error
        except OSError as error:
            if error.errno is None:  # gzip's and bz2's own, not the disk's
                raise _wrong(file, str(error)) from error
            raise
        inner = _inner(place)
        if inner != place:
            files = {name.partition("/")[2]: what for name, what in files.items()}
        with (inner / MARK).open("xb") as mark:
            mark.write(msgspec.json.encode(Contents(file.sha256, files)))
            mark.flush()
            os.fsync(mark.fileno())
        sync_folder(inner)
        if target.exists() or target.is_symlink():  # damaged: aside in one step, deleted below
            target.replace(_aside(place, target))
        inner.replace(target)
        sync_folder(target.parent)
    except (Mismatch, Unfit):
        archive.unlink(missing_ok=True)
        raise
    finally:
        _clear(target)
    archive.unlink()


class Unfit(ModelError):
    """An archive that holds what none may hold."""


class Stopped(ModelError):
    """It was told to stop."""


def _written(archive: Path, file: ModelFile, place: Path, stop: Stop) -> dict[str, tuple[int, str]]:
    """Every file of the archive below `place`."""
    found: dict[str, tuple[int, str]] = {}
    room = file.unpacked
    for name, opened in _members(archive, file):
        path = place / name
        if opened is None:
            _made(path, file)
            continue
        if len(found) >= MOST_FILES:
            raise _wrong(file, f"more than {MOST_FILES} files")
        _made(path.parent, file)
        hashed, size = hashlib.sha256(), 0
        try:
            with opened() as source, path.open("xb") as target:
                while data := source.read(min(_PIECE, room + 1)):
                    room -= len(data)
                    if room < 0:
                        raise _wrong(file, f"more than the {file.unpacked} bytes that the catalogue declares")
                    if stop():
                        raise Stopped(f"{file.path}: stopped")
                    target.write(data)
                    hashed.update(data)
                    size += len(data)
                target.flush()
                os.fsync(target.fileno())
        except (FileExistsError, IsADirectoryError) as error:
            raise _wrong(file, f"{name} is there twice") from error
        found[str(name)] = (size, hashed.hexdigest())
    if not found:
        raise _wrong(file, "no files")
    return found


def _made(folder: Path, file: ModelFile) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise _wrong(file, f"{folder.name} is a file and a folder") from error


type _Opened = Callable[[], IO[bytes]] | None


def _members(archive: Path, file: ModelFile) -> Iterator[tuple[PurePosixPath, _Opened]]:
    """Name, and what opens it: None for a folder."""
    if file.unpack == "zip":
        with zipfile.ZipFile(archive) as opened:
            for one in opened.infolist():
                kind = stat.S_IFMT(one.external_attr >> 16)
                if kind not in {0, stat.S_IFREG, stat.S_IFDIR} or one.flag_bits & 1:
                    raise _wrong(file, f"{one.filename!r} is neither a plain file nor a folder")
                name = _safe(one.filename, file)
                yield name, None if one.is_dir() else _opener(opened, one)
        return
    with _tar(archive, file) as tar:
        for member in tar:
            if not (member.isreg() or member.isdir()):
                raise _wrong(file, f"{member.name!r} is neither a plain file nor a folder")
            name = _safe(member.name, file)
            if name.parts:  # "./" itself
                yield name, None if member.isdir() else _extractor(tar, member)


@contextmanager
def _tar(archive: Path, file: ModelFile) -> Iterator[tarfile.TarFile]:
    with tarfile.open(archive, _MODES[file.unpack]) as opened:  # type: ignore[call-overload]
        yield opened


def _opener(opened: zipfile.ZipFile, one: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: opened.open(one)


def _extractor(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        found = tar.extractfile(member)
        assert found is not None  # a plain file
        return found

    return opened


def _safe(name: str, file: ModelFile) -> PurePosixPath:
    """A name below the folder, and nothing else."""
    parts = [part for part in name.split("/") if part not in {"", "."}]
    bad = (
        name.startswith("/")
        or ".." in parts
        or MARK in parts
        or len(parts) > DEEPEST
        or any(len(os.fsencode(part)) > 255 or set(part) & set("\\\0:") for part in parts)
    )
    if bad:
        raise _wrong(file, f"{name[:200]!r} would lie elsewhere")
    return PurePosixPath(*parts)


def _clear(target: Path) -> None:
    for left in target.parent.glob(f".{target.name}.unpacking-*"):
        shutil.rmtree(left, ignore_errors=True)


def _aside(place: Path, target: Path) -> Path:
    folder = place.with_name(place.name + "-old")
    folder.mkdir()
    return folder / target.name


def _inner(place: Path) -> Path:
    """The only folder in it, or itself."""
    inside = list(place.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else place


def _wrong(file: ModelFile, what: str) -> Unfit:
    return Unfit(f"{file.path}: its archive can't be unpacked: {what}; nothing of it was kept")


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
