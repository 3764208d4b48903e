"""`lorgnette export`, `forget`, `egress`: beside a running hub and without one."""

import asyncio
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from tests.models.shop import data_of, open_shop
from tests.models.test_command import entry
from typer.testing import CliRunner

from lorgnette.api.server import local_socket
from lorgnette.app import Hub, HubSettings
from lorgnette.cli.main import app
from lorgnette.cli.moments import since
from lorgnette.config import Paths
from lorgnette.core.errors import LorgnetteError
from lorgnette.core.outgoing import Parcel
from lorgnette.engines.registry import EngineChoice

CANNED = EngineChoice(vad=("energy",), asr=("canned",), tts=("canned",))


def typed(*words: str, answer: str = "", code: int = 0) -> str:
    done = CliRunner().invoke(app, list(words), input=answer or None)
    if isinstance(done.exception, LorgnetteError):
        assert code == 1, done.exception.detail
        return done.exception.detail
    assert done.exit_code == code, done.output + repr(done.exception)
    return done.output


async def fill(hub: Hub) -> str:
    """Something of the owner Ada and of Bob; his id."""
    ada = await hub.people.owner()
    bob = await hub.people.add("Bob")
    for wearer, word in ((ada.id, "walrus"), (bob.id, "bandicoot")):
        await hub.notes.notes_of(wearer).add(f"the {word} is hungry")
        hub.journal.begin(wearer, wearer, "d", "en", f"note the {word} is hungry", typed=True)
        hub.privacy.log.note(Parcel("api.example", "conversation", 1234, "ok", wearer))
    await hub.store.settle()
    return bob.id


def settings() -> HubSettings:
    return HubSettings(store=Paths.of().store, engines=CANNED, name="Ada")


@pytest.fixture(params=["running", "stopped"])
def household(request: pytest.FixtureRequest, home: Path):
    """A function that runs commands while a hub of this user is there, or has been."""

    def run(work) -> None:
        async def live() -> None:
            Paths.of().data.mkdir(parents=True, exist_ok=True)
            async with asyncio.timeout(60):
                async with Hub.open(settings()) as hub:
                    await fill(hub)
                    if request.param == "running":
                        Paths.of().socket.parent.mkdir(parents=True, exist_ok=True)
                        async with local_socket(hub.api.app(local=True), Paths.of().socket):
                            await asyncio.to_thread(work)
                if request.param == "stopped":
                    await asyncio.to_thread(work)

        asyncio.run(live())

    return run


def test_an_export_is_whole_private_and_of_the_one_who_was_named(household, tmp_path: Path) -> None:
    def work() -> None:
        target = tmp_path / "bob.zip"
        told = json.loads(typed("export", str(target), "--person", "bob", "--json"))
        assert told == {"file": str(target), "bytes": target.stat().st_size}
        assert target.stat().st_mode & 0o777 == 0o600
        with zipfile.ZipFile(target) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
        assert b"bandicoot" in content
        assert b"walrus" not in content
        assert "--force" in typed("export", str(target), code=1)
        assert "no folder" in typed("export", str(tmp_path / "nowhere" / "x.zip"), code=1)
        assert "Ada, Bob" in typed("export", str(tmp_path / "eve.zip"), "-p", "Eve", code=1)
        assert {path.name for path in tmp_path.glob("[.be]*")} == {"bob.zip"}

    household(work)


def test_forgetting_shows_how_much_asks_and_leaves_no_byte(household) -> None:
    def content() -> bytes:
        return b"".join(path.read_bytes() for path in Paths.of().data.rglob("*") if path.is_file())

    def work() -> None:
        shown = typed("forget", "--what", "notes", answer="n\n", code=1)
        assert "Of Ada, for good" in shown
        assert "notes" in shown
        assert "conversations" not in shown
        assert b"walrus" in content()
        done = [json.loads(one) for one in typed("forget", "--yes", "--json").splitlines()]
        assert {one["name"]: one["count"] for one in done} == {"conversations": 1, "notes": 1, "outgoing": 1}
        assert b"walrus" not in content()
        assert b"bandicoot" in content()
        assert "nothing to forget" in typed("forget", "--yes")
        assert "there are" in typed("forget", "--what", "money", code=1)
        typed("forget", "--since", "soon", code=2)

    household(work)


def test_what_went_out_is_listed_by_server_and_one_by_one(household) -> None:
    def work() -> None:
        shown = typed("egress")
        assert "api.example" in shown
        assert "the internet" in shown
        (one,) = [json.loads(line) for line in typed("egress", "--json", "--person", "Bob").splitlines()]
        assert (one["host"], one["what"], one["size"], one["how"]) == (
            "api.example",
            "conversation",
            1234,
            "ok",
        )
        assert "Nothing left" in typed("egress", "--since", "2126-01-01")

    household(work)


def test_a_model_that_was_fetched_is_in_the_log(home: Path, loop_run) -> None:
    folder = home / "config" / "lorgnette"
    (folder / "models.d").mkdir(parents=True)

    async def work() -> None:
        async with open_shop() as shop:
            file = shop.file("a.onnx", data_of(200_000))
            (folder / "models.d" / "tiny.toml").write_text(entry(file))
            await asyncio.to_thread(typed, "models", "pull", "tiny")
            shown = await asyncio.to_thread(typed, "egress", "--json")
        (one,) = [json.loads(line) for line in shown.splitlines()]
        assert (one["what"], one["reach"], one["own"], one["how"]) == ("model", "machine", True, "ok")

    loop_run(work())


NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", 0),
        ("ever", 0),
        ("today", datetime(2026, 11, 24, tzinfo=UTC).timestamp()),
        ("Yesterday", datetime(2026, 11, 23, tzinfo=UTC).timestamp()),
        ("2h", NOW.timestamp() - 7200),
        ("7d", NOW.timestamp() - 7 * 86_400),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC).timestamp()),
        ("2026-11-20t18:00", datetime(2026, 11, 20, 18, tzinfo=UTC).timestamp()),
    ],
)
def test_a_moment_is_read_as_one_types_it(text: str, moment: float) -> None:
    assert since(text, NOW) == moment


@pytest.mark.parametrize("text", ["soon", "2x", "-3d", "2026-13-01", "9999999d"])
def test_what_is_no_moment_is_told_so(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        since(text, NOW)
