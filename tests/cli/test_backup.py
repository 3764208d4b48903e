"""`backup`, `restore` and `doctor` as they are typed, beside a hub that runs and without one."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.hubs import CANNED

from lorgnette.api.server import local_socket
from lorgnette.app import Hub, HubSettings
from lorgnette.config import Paths


async def command(*words: str, code: int = 0) -> str:
    """What it prints; more than one line of JSON is a line each."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "lorgnette.cli", *words, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == code, errors.decode() + out.decode()
    assert b"Traceback" not in errors
    return (errors if code else out).decode()


@contextlib.asynccontextmanager
async def hub() -> AsyncIterator[Hub]:
    """A hub at the places of this test, which commands reach."""
    paths = Paths.of()
    paths.data.mkdir(parents=True, exist_ok=True)
    async with (
        Hub.open(HubSettings(store=paths.store, name="Ada", engines=CANNED)) as hub,
        local_socket(hub.api.app(local=True), paths.socket),
    ):
        yield hub


@pytest.fixture
def ours(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where configuration and data of this test lie."""
    folder = home / "config" / "lorgnette"
    folder.mkdir()
    (folder / "lorgnette.toml").write_text(
        '[hub]\nname = "Before"\nport = 0\n[speech]\ntts = ["canned"]\nasr = ["canned"]\n'
    )
    monkeypatch.chdir(home)
    return home


def test_a_running_hub_is_backed_up_and_comes_back_after_it_was_lost(loop_run, ours: Path) -> None:
    settings = ours / "config" / "lorgnette" / "lorgnette.toml"

    async def work() -> None:
        async with hub() as first:
            owner = await first.people.owner()
            await first.notes.notes_of(owner.id).add("milk", b"sound" * 100)
            made = json.loads(await command("backup", "--json"))
            assert not list((ours / "data" / "lorgnette").glob("*.snapshot-*"))
            await first.notes.notes_of(owner.id).add("written after the backup")
            assert "stop it first" in await command("restore", made["file"], code=1)
        settings.write_text('[hub]\nname = "After"\nport = 0\n')
        done = json.loads(await command("restore", made["file"], "--json"))
        assert done["schema"] == made["schema"]
        assert done["settings"] is True
        assert len(done["kept"]) == 2
        assert all(map(os.path.exists, done["kept"]))
        async with hub() as second:
            assert (await second.people.owner()).id == owner.id
            (note,) = await second.notes.notes_of(owner.id).recent(10)
            assert note.text == "milk"
            assert await second.notes.notes_of(owner.id).audio(note.id) == b"sound" * 100

    loop_run(work())
    assert "Before" in settings.read_text()


def test_backup_without_a_hub_and_its_refusals(loop_run, ours: Path) -> None:
    async def work() -> None:
        assert "no store" in await command("backup", "x.tar.gz", code=1)
        async with hub():
            pass
        text = await command("backup", "x.tar.gz")
        assert "x.tar.gz" in text
        assert (ours / "x.tar.gz").stat().st_mode & 0o777 == 0o600
        with tarfile.open(ours / "x.tar.gz") as tar:
            assert tar.getnames()[-1] == "manifest.json"
        assert "--force" in await command("backup", "x.tar.gz", code=1)
        assert "whole" in await command("restore", "x.tar.gz", "--check")
        postgres = "store.url=postgresql://ada:hunter2@db/lorgnette"
        told = await command("backup", "--set", postgres, code=1)
        assert "pg_dump" in told
        assert "hunter2" not in told

    loop_run(work())


def test_settings_of_another_machine_name_this_store_once_they_are_here(loop_run, ours: Path) -> None:
    settings = ours / "config" / "lorgnette" / "lorgnette.toml"
    there = ours / "there" / "lorgnette.db"

    async def work() -> None:
        async with Hub.open(HubSettings(store=f"sqlite:///{there}", name="Ada", engines=CANNED)):
            pass
        settings.write_text(f'# mine\n[store]\nurl = "sqlite:///{there}"\n')
        await command("backup", "x.tar.gz")
        settings.unlink()
        await command("restore", "x.tar.gz")
        text = settings.read_text()
        assert "# mine" in text
        assert str(there) not in text
        assert (ours / "data" / "lorgnette" / "lorgnette.db").exists()

    loop_run(work())


def test_doctor_prints_every_finding_and_fails_where_something_needed_is_missing(
    loop_run, ours: Path
) -> None:
    async def work() -> None:
        assert "Everything that the hub needs is here" in await command("doctor")
        failed = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "lorgnette.cli", "doctor", "--json", "--set", "speech.tts=festival"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        out, _ = await asyncio.wait_for(failed.communicate(), 60)
        assert failed.returncode == 1
        found = [json.loads(line) for line in out.splitlines()]
        assert {"machine", "store", "doors", "engines", "model"} <= {one["area"] for one in found}
        assert {one["state"] for one in found} >= {"ok", "missing"}
        assert [one["name"] for one in found if one["needed"] and one["state"] == "missing"] == ["choice"]

    loop_run(work())


def test_doctor_looks_at_a_machine_whose_settings_can_not_be_read(loop_run, ours: Path) -> None:
    (ours / "config" / "lorgnette" / "lorgnette.toml").write_text("[hub\n")

    async def work() -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "lorgnette.cli", "doctor", "--json", stdout=subprocess.PIPE
        )
        out, _ = await asyncio.wait_for(process.communicate(), 60)
        found = [json.loads(line) for line in out.splitlines()]
        assert process.returncode == 1
        assert (found[0]["name"], found[0]["fix"]) == ("lorgnette.toml", "lorgnette config check")
        assert {one["area"] for one in found} == {"settings", "machine", "libraries"}

    loop_run(work())


def test_doctor_says_that_nothing_leaves_and_who_hears_when_it_does(loop_run, ours: Path) -> None:
    async def work() -> None:
        assert "Nothing leaves this machine" in await command("doctor", "--egress")
        model = "model.url=https://models.example.org/v1"
        lines = (await command("doctor", "--egress", "--json", "--set", model)).splitlines()
        assert [one["kind"] for one in map(json.loads, lines) if one["leaves"]] == ["llm"]

    loop_run(work())
