"""Archives: what they may hold, how much of it, and that a folder is there as a whole or not at all."""

import io
import signal
import stat
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.models.shop import QUICK, Shop, data_of, left, model_of, open_shop

from lorgnette.core.errors import NotFound
from lorgnette.models import Mismatch, Model, ModelError, ModelFile, Shelf, pull, take_in
from lorgnette.models.unpack import MARK, archive_of

GOODS = {"am/final.mdl": data_of(300_000, 2), "conf/model.conf": b"--beam=13\n", "README": b"hello"}


def zipped(files: Mapping[str, bytes], top: str = "vosk-model-small-xx/") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(top + name, data)
    return out.getvalue()


def tarred(files: Mapping[str, bytes], top: str = "sherpa-onnx-xx/", how: str = "bz2") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{how}") as archive:
        for name, data in files.items():
            one = tarfile.TarInfo(top + name)
            one.size = len(data)
            archive.addfile(one, io.BytesIO(data))
    return out.getvalue()


def on_sale(shop: Shop, data: bytes, unpack: str = "zip", unpacked: int = 1_000_000) -> Model:
    return model_of(shop.file("model", data, unpack=unpack, unpacked=unpacked))


async def fetched(model: Model, folder: Path) -> None:
    await pull([model], Shelf(folder), QUICK, lambda _: None, space=lambda _: (1 << 50, 1 << 49))


def in_shop(loop_run: Callable, work: Callable) -> None:
    async def inside() -> None:
        async with open_shop() as shop:
            await work(shop)

    loop_run(inside())


def check(folder: Path) -> None:
    for name, data in GOODS.items():
        assert (folder / "tiny" / "model" / name).read_bytes() == data
    assert left(folder) == sorted(
        [MARK, *(Path(name).name for name in GOODS)],
    )


@pytest.mark.parametrize(
    ("unpack", "data"),
    [
        ("zip", zipped(GOODS)),
        ("zip", zipped(GOODS, top="")),
        ("tar.bz2", tarred(GOODS)),
        ("tar.gz", tarred(GOODS, top="./", how="gz")),
    ],
)
def test_an_archive_becomes_a_folder_and_goes(loop_run, tmp_path: Path, unpack: str, data: bytes) -> None:
    async def work(shop: Shop) -> None:
        model = on_sale(shop, data, unpack)
        shelf = Shelf(tmp_path)
        assert not shelf.installed(model)
        assert shelf.needs(model) == len(data) + 1_000_000
        await fetched(model, tmp_path)
        assert shelf.installed(model)
        assert shelf.needs(model) == 0
        asked = len(shop.asked)
        await fetched(model, tmp_path)
        assert len(shop.asked) == asked
        (tmp_path / "tiny/model/am/final.mdl").write_bytes(bytes(300_000))  # the size is right
        assert shelf.installed(model)
        await fetched(model, tmp_path)
        assert len(shop.asked) > asked
        (tmp_path / "tiny/model/README").unlink()
        assert not shelf.installed(model)
        await fetched(model, tmp_path)

    in_shop(loop_run, work)
    check(tmp_path)


def strange_zip(name: str, mode: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        one = zipfile.ZipInfo(name)
        one.external_attr = mode << 16
        archive.writestr(one, "/etc/passwd")
    return out.getvalue()


def strange_tar(kind: bytes, name: str = "x", target: str = "/etc/passwd") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        one = tarfile.TarInfo(name)
        one.type, one.linkname = kind, target
        archive.addfile(one)
    return out.getvalue()


@pytest.mark.parametrize(
    ("unpack", "data", "why"),
    [
        ("zip", zipped({"../../evil": b"x"}, top=""), "would lie elsewhere"),
        ("zip", zipped({"/etc/evil": b"x"}, top=""), "would lie elsewhere"),
        ("zip", zipped({"..\\evil": b"x"}, top=""), "would lie elsewhere"),
        ("zip", zipped({"a/" * 20 + "deep": b"x"}), "would lie elsewhere"),
        ("zip", zipped({MARK: b"{}"}), "would lie elsewhere"),
        ("zip", strange_zip("link", stat.S_IFLNK | 0o777), "neither a plain file"),
        ("zip", zipped({"a": b"", "a/b": b"x"}), "can't be unpacked"),
        ("zip", zipped({}), "no files"),
        ("zip", b"no archive at all", "can't be unpacked"),
        ("zip", zipped(GOODS)[:-400], "can't be unpacked"),
        ("tar.gz", strange_tar(tarfile.SYMTYPE), "neither a plain file"),
        ("tar.gz", strange_tar(tarfile.LNKTYPE), "neither a plain file"),
        ("tar.gz", strange_tar(tarfile.CHRTYPE), "neither a plain file"),
        ("tar.gz", tarred({"../../evil": b"x"}, top="", how="gz"), "would lie elsewhere"),
        ("tar.gz", tarred(GOODS, how="gz")[:9_000], "can't be unpacked"),
        ("tar.bz2", tarred({"a": b"x", "./a": b"y"}, top=""), "there twice"),
        ("tar.bz2", b"BZh9 and nothing", "can't be unpacked"),
        ("zip", zipped({"zeros": bytes(1_000_001)}), "more than the 1000000 bytes"),
        ("tar.bz2", tarred({"zeros": bytes(1_000_001)}), "more than the 1000000 bytes"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,  # some hold the time
)
def test_an_archive_that_holds_what_none_may_leaves_nothing(
    loop_run, tmp_path: Path, unpack: str, data: bytes, why: str
) -> None:
    async def work(shop: Shop) -> None:
        with pytest.raises(ModelError, match=why):
            await fetched(on_sale(shop, data, unpack), tmp_path / "models")

    in_shop(loop_run, work)
    assert left(tmp_path) == []
    assert not [path for path in tmp_path.rglob("*") if "unpacking" in path.name]


def test_an_archive_needs_a_bound(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="need each other"):
        ModelFile(path="m", url="https://a.example/m", bytes=1, sha256="0" * 64, unpack="zip")


def test_an_archive_that_changed_on_the_disk_is_fetched_anew(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        model = on_sale(shop, zipped(GOODS))
        archive = archive_of(tmp_path / "tiny" / "model", model.files[0])
        archive.parent.mkdir()
        archive.write_bytes(bytes(model.bytes))
        with pytest.raises(Mismatch):
            await fetched(model, tmp_path)
        assert not archive.exists()
        await fetched(model, tmp_path)

    in_shop(loop_run, work)
    check(tmp_path)


def test_an_archive_from_a_stick_is_unpacked_too(tmp_path: Path) -> None:
    data = zipped(GOODS)
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "download (1).zip").write_bytes(data)
    model = model_of(_entry(data))
    taken = take_in(tmp_path / "stick", [model], Shelf(tmp_path / "m"), lambda _: (1 << 50, 1 << 49))
    assert [one.file.path for one in taken] == ["model"]
    check(tmp_path / "m")


def _entry(data: bytes) -> ModelFile:
    import hashlib

    return ModelFile(
        path="model",
        url="https://a.example/m.zip",
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        unpack="zip",
        unpacked=100_000_000,
    )


CHILD = """
import sys, hashlib
from pathlib import Path
from lorgnette.models import ModelFile
from lorgnette.models.unpack import unpack
target, size, digest = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
file = ModelFile(path="model", url="https://a.example/m.zip", bytes=size, sha256=digest, unpack="zip",
                 unpacked=100_000_000)
print("ready", flush=True)
unpack(target, file)
"""


def test_nothing_is_half_unpacked_after_kill_9(tmp_path: Path) -> None:
    data = zipped({f"part{n}": data_of(400_000, n) for n in range(40)})
    file = _entry(data)
    target = tmp_path / "tiny" / "model"
    target.parent.mkdir()
    killed = 0
    for wait in (0.0, 0.01, 0.03, 0.06, 0.1):
        archive_of(target, file).write_bytes(data)
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(target), str(file.bytes), file.sha256],
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        killed += not target.exists()
        if target.exists():
            assert Shelf(tmp_path).installed(model_of(file))
            break
    assert killed
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "x").write_bytes(data)
    take_in(tmp_path / "stick", [model_of(file)], Shelf(tmp_path), lambda _: (1 << 50, 1 << 49))
    assert Shelf(tmp_path).installed(model_of(file))
    assert not [path for path in target.parent.iterdir() if path != target]


def test_what_the_catalogue_forgot_is_shown_and_can_go(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "models")
    assert shelf.strangers(()) == {}
    (shelf.folder / "old-model").mkdir(parents=True)
    (shelf.folder / "old-model" / "x.onnx").write_bytes(bytes(9000))
    (shelf.folder / "Not A Model").mkdir()
    (tmp_path / "outside").mkdir()
    (shelf.folder / "linked").symlink_to(tmp_path / "outside")
    assert set(shelf.strangers({"known"})) == {"old-model", "linked"}
    assert shelf.strangers({"old-model", "linked"}) == {}
    assert shelf.remove("old-model") >= 9000
    shelf.remove("linked")
    assert (tmp_path / "outside").is_dir()
    for name in ("..", "../outside", "Not A Model", "gone"):
        with pytest.raises(NotFound):
            shelf.remove(name)
