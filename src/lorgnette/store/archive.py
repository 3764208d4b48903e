"""A backup's file: a compressed tar of plain files, their hashes in a manifest at its end."""

import hashlib
import io
import os
import re
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final, Self

import msgspec

from lorgnette import __version__
from lorgnette.core.errors import StoreError
from lorgnette.store.durable import sync

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
LARGEST_MANIFEST: Final = 256 << 20
MOST_FILES: Final = 1_000_000
ZSTD: Final = find_spec("compression") is not None
"""Python 3.14 and later."""

_USTAR_LARGEST = 8**11 - 1
_CHUNK = 1 << 20
_PART = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}"
_NAME = re.compile(rf"{_PART}(/{_PART}){{0,4}}")

type Tell = Callable[[int], None]
"""Is called with the number of bytes done since the last call."""


class Part(msgspec.Struct, frozen=True):
    """One file of an archive."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an archive holds. `schema`: domain → the number of its newest migration."""

    format: int
    version: str
    created: str
    schema: dict[str, int]
    files: dict[str, Part]

    @property
    def size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(part.size for part in self.files.values())


@dataclass(frozen=True, slots=True)
class Source:
    """A file that goes in under `name`; one that is gone when its turn comes is left out."""

    name: str
    path: Path


class _Member(tarfile.TarInfo):
    """A plain file: what could make tarfile follow, link or buffer is refused as its header is read."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        member = super().frombuf(buf, encoding, errors)
        if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
            raise StoreError(f"the archive holds something that isn't a plain file: {member.name!r}")
        if member.size < 0 or not _NAME.fullmatch(member.name):
            raise StoreError(f"the archive holds a file with an unsafe name: {member.name!r}")
        return member

    def tobuf(
        self, format: int | None = None, encoding: str | None = None, errors: str = "surrogateescape"
    ) -> bytes:
        del format  # no extra headers but where a size needs them
        wide = self.size > _USTAR_LARGEST
        return super().tobuf(tarfile.GNU_FORMAT if wide else tarfile.USTAR_FORMAT, encoding, errors)


def pack(
    target: Path, files: Iterable[Source], schema: dict[str, int], created: str, *, force: bool, tell: Tell
) -> Manifest:
    """Write `target` (0600), whole or not at all. One that exists is an error without `force`."""
    compression = _compression(target)
    try:
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise StoreError(f"{target} can't be written: {error.strerror or error}") from error
    parts: dict[str, Part] = {}
    try:
        with os.fdopen(handle, "wb") as file:
            with _writing(file, compression) as tar:
                for source in files:
                    part = _add(tar, source, tell)
                    if part is not None:
                        parts[source.name] = part
                manifest = Manifest(FORMAT, __version__, created, schema, parts)
                _put(tar, MANIFEST, io.BytesIO(encoded := msgspec.json.encode(manifest)), len(encoded), 0)
            file.flush()
            os.fsync(file.fileno())
        if force:
            Path(partial).replace(target)
        else:
            _place(Path(partial), target)
        sync(target.parent)
    except OSError as error:
        Path(partial).unlink(missing_ok=True)
        raise StoreError(f"{target} can't be written: {error.strerror or error}") from error
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    return manifest


def read_through(path: Path, most: int, tell: Tell) -> Manifest:
    """Every byte of an archive against its hashes; nothing is written.

    `most`: bytes that it may unpack to. Anything wrong is a `StoreError`.
    """
    with _reading(path):
        return _read_through(path, most, tell)


def unpack(path: Path, manifest: Manifest, folder: Path, tell: Tell) -> None:
    """Put the files into an empty folder, on the disk when it returns; the hashes are checked again."""
    with _reading(path):
        for member, content in _members(path):
            if member.name != MANIFEST:
                part = _written(content, folder / member.name, tell)
                if manifest.files.get(member.name) != part:
                    raise StoreError(f"{path.name} changed while it was read")
        for found, _, _ in os.walk(folder):
            sync(Path(found))


def _compression(target: Path) -> str:
    if target.name.endswith(".zst"):
        if not ZSTD:
            raise StoreError("zstd needs Python 3.14; name the file .tar.gz")
        return "zst"
    return "gz"


@contextmanager
def _writing(file: IO[bytes], compression: str) -> Iterator[tarfile.TarFile]:
    mode: Any = f"w:{compression}"
    level: dict[str, Any] = {"compresslevel": 6} if compression == "gz" else {}
    with tarfile.open(fileobj=file, mode=mode, tarinfo=_Member, **level) as tar:
        yield tar


def _add(tar: tarfile.TarFile, source: Source, tell: Tell) -> Part | None:
    try:
        handle = os.open(source.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        reader = _Reader(file, tell)
        _put(tar, source.name, reader, state.st_size, int(state.st_mtime))
        return Part(state.st_size, reader.hash.hexdigest())


def _put(tar: tarfile.TarFile, name: str, content: Any, size: int, at: int) -> None:
    member = _Member(name)
    member.size, member.mode, member.mtime = size, 0o600, at
    tar.addfile(member, content)


class _Reader:
    """Hashes what passes."""

    def __init__(self, file: IO[bytes], tell: Tell) -> None:
        self.hash = hashlib.sha256()
        self._file = file
        self._tell = tell

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.hash.update(data)
        self._tell(len(data))
        return data


def _place(partial: Path, target: Path) -> None:
    """Under its name, unless somebody has it."""
    try:
        target.hardlink_to(partial)
    except FileExistsError:
        raise StoreError(f"{target} exists; --force replaces it") from None
    except OSError:  # a file system without hard links
        if target.exists():
            raise StoreError(f"{target} exists; --force replaces it") from None
        partial.replace(target)
    else:
        partial.unlink()


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """What isn't an archive, or only a part of one, is a `StoreError`."""
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise StoreError(f"{path.name} is no whole Lorgnette backup: {error}") from error
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror or error}") from error


def _members(path: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Strictly forwards, one at a time."""
    with tarfile.open(path, mode="r|*", tarinfo=_Member) as tar:
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None
            yield member, content


def _read_through(path: Path, most: int, tell: Tell) -> Manifest:
    seen: dict[str, Part] = {}
    manifest: Manifest | None = None
    left = most
    for member, content in _members(path):
        if manifest is not None:
            raise StoreError(f"{path.name} goes on after its end")
        if member.name == MANIFEST:
            manifest = _manifest(member, content)
            continue
        left -= member.size
        if member.name in seen or len(seen) >= MOST_FILES:
            raise StoreError(f"{path.name} holds {member.name!r} twice, or too many files")
        if left < 0:
            raise StoreError(f"{path.name} unpacks to more than the {most / 1e6:.0f} MB that are free there")
        seen[member.name] = _hashed(content, None, tell)
    if manifest is None:
        raise StoreError(f"{path.name} is cut short: its manifest is missing")
    names = sorted(seen.keys() | manifest.files.keys())
    if wrong := next((name for name in names if seen.get(name) != manifest.files.get(name)), ""):
        raise StoreError(f"{path.name} is damaged: {wrong} isn't what the manifest says")
    return manifest


def _written(content: IO[bytes], place: Path, tell: Tell) -> Part:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        part = _hashed(content, file, tell)
        file.flush()
        os.fsync(handle)
    return part


def _manifest(member: tarfile.TarInfo, content: IO[bytes]) -> Manifest:
    if member.size > LARGEST_MANIFEST:
        raise StoreError("the archive's manifest is too large")
    data = content.read()
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.format > FORMAT:
            raise StoreError(
                f"the archive was made by a newer program ({head.version}); restore it with that"
            )
        return msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StoreError(f"the archive's manifest can't be read: {error}") from error


class _Head(msgspec.Struct, frozen=True):
    format: int
    version: str


def _hashed(content: IO[bytes], into: IO[bytes] | None, tell: Tell) -> Part:
    digest, size = hashlib.sha256(), 0
    while data := content.read(_CHUNK):
        digest.update(data)
        size += len(data)
        if into is not None:
            into.write(data)
        tell(len(data))
    return Part(size, digest.hexdigest())
