"""Blobs: whole or not there, private, and a wearer's own."""

import asyncio
import hashlib
from pathlib import Path

import pytest

from lorgnette.core.errors import StoreError
from lorgnette.store import Blobs


def test_a_blob_comes_back_by_its_hash_and_to_its_wearer_only(tmp_path: Path) -> None:
    async def work() -> None:
        blobs = Blobs(tmp_path)
        name = await blobs.put("ada", b"sound")
        assert name == hashlib.sha256(b"sound").hexdigest()
        assert await blobs.put("ada", b"sound") == name
        assert await blobs.get("ada", name) == b"sound"
        assert await blobs.get("bob", name) is None
        await blobs.delete("bob", name)
        assert await blobs.get("ada", name) == b"sound"
        await blobs.delete("ada", name)
        await blobs.delete("ada", name)
        assert await blobs.get("ada", name) is None

    asyncio.run(work())


def test_a_blob_that_was_changed_on_the_disk_is_not_given_out(tmp_path: Path) -> None:
    async def work() -> None:
        blobs = Blobs(tmp_path)
        name = await blobs.put("ada", b"sound")
        (tmp_path / "ada" / name[:2] / name).write_bytes(b"noise")
        assert await blobs.get("ada", name) is None

    asyncio.run(work())


def test_nothing_half_written_and_nothing_public_lies_around(tmp_path: Path) -> None:
    asyncio.run(Blobs(tmp_path / "blobs").put("ada", bytes(1000)))
    for path in (tmp_path / "blobs").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0
        assert not path.name.startswith(".")


@pytest.mark.parametrize(
    ("wearer", "name"), [("../eve", "0" * 64), ("ada", "../../x"), ("", "0" * 64), ("a/b", "f" * 64)]
)
def test_a_path_cannot_leave_the_folder(tmp_path: Path, wearer: str, name: str) -> None:
    async def work() -> None:
        blobs = Blobs(tmp_path)
        with pytest.raises(StoreError):
            await blobs.get(wearer, name)
        with pytest.raises(StoreError):
            await blobs.delete(wearer, name)

    asyncio.run(work())
