"""A backup's file: what goes in comes out; what is damaged, hostile or too large is refused."""

import gzip
import io
import os
import tarfile
from pathlib import Path

import msgspec
import pytest

from lorgnette.core.errors import StoreError
from lorgnette.store.archive import Manifest, Part, Source, pack, read_through, unpack

PLENTY = 10**9


def nothing(_: int) -> None:
    """Nobody looks."""


def packed(tmp_path: Path, *, force: bool = False, **files: bytes) -> Path:
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    sources = []
    for name, content in files.items():
        (folder / name).write_bytes(content)
        sources.append(Source(f"blobs/{name}", folder / name))
    target = tmp_path / "a.tar.gz"
    pack(target, sources, {"core": 1}, "2026-01-01T00:00:00+00:00", force=force, tell=nothing)
    return target


def hand_made(tmp_path: Path, *members: tarfile.TarInfo, manifest: Manifest | None = None) -> Path:
    path = tmp_path / "b.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for member in members:
            tar.addfile(member, io.BytesIO(bytes(member.size)))
        if manifest is not None:
            data = msgspec.json.encode(manifest)
            last = tarfile.TarInfo("manifest.json")
            last.size = len(data)
            tar.addfile(last, io.BytesIO(data))
    return path


def member(name: str, size: int = 0, type: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.type, made.linkname = size, type, link
    return made


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    done: list[int] = []
    sound = os.urandom(3_000_000)
    path = packed(tmp_path, one=b"1", sound=sound)
    assert path.stat().st_mode & 0o777 == 0o600
    manifest = read_through(path, PLENTY, done.append)
    assert sum(done) == manifest.size == len(sound) + 1
    out = tmp_path / "out"
    out.mkdir()
    unpack(path, manifest, out, nothing)
    assert (out / "blobs" / "sound").read_bytes() == sound
    assert (out / "blobs" / "one").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar.gz", "in", "out"]


def test_the_longest_names_of_blobs_need_no_extra_headers(tmp_path: Path) -> None:
    name = f"blobs/{'w' * 64}/ab/{'c' * 64}"
    (tmp_path / "x").write_bytes(b"x")
    path = tmp_path / "a.tar.gz"
    pack(path, [Source(name, tmp_path / "x")], {}, "", force=False, tell=nothing)
    assert list(read_through(path, PLENTY, nothing).files) == [name]


def test_a_file_that_exists_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = packed(tmp_path, one=b"1")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="--force"):
        packed(tmp_path, two=b"2")
    assert path.read_bytes() == before
    packed(tmp_path, two=b"2", force=True)
    assert list(read_through(path, PLENTY, nothing).files) == ["blobs/two"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar.gz", "in"]


def test_a_file_that_is_gone_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    pack(path, [Source("blobs/gone", tmp_path / "gone")], {}, "", force=False, tell=nothing)
    assert read_through(path, PLENTY, nothing).files == {}


def test_every_cut_and_every_flipped_byte_is_found(tmp_path: Path) -> None:
    path = packed(tmp_path, one=os.urandom(2000), two=b"2" * 2000)
    whole = path.read_bytes()
    for at in range(20, len(whole) - 40, 97):
        path.write_bytes(whole[:at])
        with pytest.raises(StoreError):
            read_through(path, PLENTY, nothing)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            manifest = read_through(path, PLENTY, nothing)
        except StoreError:
            continue
        assert set(manifest.files) == {"blobs/one", "blobs/two"}  # a header's field that nobody reads


@pytest.mark.parametrize(
    "name", ["../up", "/etc/passwd", "blobs/../../x", "blobs/.hidden", "a/" * 9 + "x", "blobs//x", "x\ny"]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="unsafe name"):
        read_through(hand_made(tmp_path, member(name)), PLENTY, nothing)


@pytest.mark.parametrize(
    "type", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_links_folders_and_devices_are_refused(tmp_path: Path, type: bytes) -> None:
    with pytest.raises(StoreError, match="isn't a plain file"):
        read_through(hand_made(tmp_path, member("blobs/x", 0, type, "/etc/passwd")), PLENTY, nothing)


def test_a_header_that_would_fill_the_memory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    long = member("n" * 60_000)  # GNU's long name, a header of any size
    with pytest.raises(StoreError, match="isn't a plain file"):
        read_through(hand_made(tmp_path, long), PLENTY, nothing)


def test_what_unpacks_to_more_than_there_is_room_is_refused_without_unpacking_it(tmp_path: Path) -> None:
    bomb = hand_made(tmp_path, member("blobs/bomb", 20_000_000))
    assert bomb.stat().st_size < 100_000
    seen: list[int] = []
    with pytest.raises(StoreError, match="unpacks to more"):
        read_through(bomb, 10_000_000, seen.append)
    assert not seen


@pytest.mark.parametrize("name", ["blobs/x", "blobs/other"])
def test_what_the_manifest_does_not_say_is_refused(tmp_path: Path, name: str) -> None:
    manifest = Manifest(1, "0.1.0", "", {}, {name: Part(3, "0" * 64)})
    with pytest.raises(StoreError, match="damaged"):
        read_through(hand_made(tmp_path, member("blobs/x", 3), manifest=manifest), PLENTY, nothing)


def test_an_archive_of_a_newer_program_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"newer program \(9\.9\)"):
        read_through(hand_made(tmp_path, manifest=Manifest(99, "9.9", "", {}, {})), PLENTY, nothing)


@pytest.mark.parametrize("content", [b"", b"no archive", gzip.compress(b"no tar", mtime=0), bytes(10_240)])
def test_what_is_no_archive_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.tar.gz"
    path.write_bytes(content)
    with pytest.raises(StoreError):
        read_through(path, PLENTY, nothing)


def test_a_full_disk_leaves_no_half_archive(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")

    def broken(_: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left"):
        pack(tmp_path / "a.tar.gz", [Source("x", tmp_path / "x")], {}, "", force=False, tell=broken)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
