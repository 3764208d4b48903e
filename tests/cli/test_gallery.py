"""`lorgnette gallery`, beside a running hub and without one."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hubs import CANNED
from tests.services.gallery.pictures import picture

from lorgnette.api.server import local_socket
from lorgnette.app import Hub, HubSettings
from lorgnette.config import Paths

type Command = Callable[..., subprocess.CompletedProcess[str]]


def command(*words: str) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        [sys.executable, "-m", "lorgnette.cli", "gallery", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    return ended


def walk(run: Command, folder: Path) -> None:
    """List, save twice, delete, bring back."""
    (one,) = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    assert (one["kind"], one["width"]) == ("photo", 640)
    assert one["id"] in run("list").stdout
    paths = [
        json.loads(run("save", one["id"], "--to", str(folder), "--json").stdout)["path"] for _ in range(2)
    ]
    assert len(set(paths)) == 2  # nothing is overwritten
    assert all(Path(path).read_bytes() == picture() for path in paths)
    assert json.loads(run("rm", one["id"], "--json").stdout)["id"] == one["id"]
    assert run("list", "--json").stdout == ""
    assert "There are no pictures yet" in run("list").stdout
    assert run("restore", one["id"]).returncode == 0
    assert one["id"] in run("list").stdout
    for words in (("rm", "nope"), ("save", "../nope", "--to", str(folder)), ("restore", "nope")):
        ended = run(*words)
        assert ended.returncode == 1
        assert ended.stdout == ""
        assert ended.stderr.startswith("✗ ")


@pytest.fixture
def hub_settings(home: Path) -> HubSettings:
    paths = Paths.of()
    paths.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return HubSettings(store=paths.store, engines=CANNED)


def test_without_a_hub(hub_settings: HubSettings, tmp_path: Path) -> None:
    async def fill() -> None:
        async with Hub.open(hub_settings) as hub:
            await hub.gallery.add((await hub.people.owner()).id, picture(), "frame")

    asyncio.run(fill())
    walk(command, tmp_path / "saved")


def test_beside_a_running_hub(hub_settings: HubSettings, tmp_path: Path) -> None:
    async def beside() -> None:
        async with Hub.open(hub_settings) as hub, local_socket(hub.api.app(local=True), Paths.of().socket):
            await hub.gallery.add((await hub.people.owner()).id, picture(), "frame")
            await asyncio.to_thread(walk, command, tmp_path / "saved")

    asyncio.run(beside())
