"""Privacy over HTTP with a whole hub: each wearer sees, takes along and forgets what is theirs alone."""

import asyncio
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import httpx
from tests.hubs import CANNED, Running, running

from lorgnette.app import HubSettings
from lorgnette.core import events
from lorgnette.core.errors import Busy
from lorgnette.core.outgoing import Parcel


def client(here: Running, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{here.port}", headers={"Authorization": f"Bearer {token}"}
    )


async def token_of(here: Running, wearer: str, *, shared: bool = False) -> str:
    _, token = await here.hub.devices.pair(wearer, "test", shared=shared)
    return token


async def say(here: Running, wearer: str, text: str) -> dict[str, Any]:
    """One typed turn; on a busy machine the hub may refuse new sessions for a moment."""
    async with asyncio.timeout(20):
        while True:
            try:
                return (await here.hub.front.turn(wearer, {"text": text, "language": "en"}))[0]
            except Busy:
                await asyncio.sleep(0.05)


async def household(here: Running) -> tuple[str, str]:
    """The owner Ada and Bob, who both have said and noted something."""
    ada = await here.hub.people.owner()
    bob = await here.hub.people.add("Bob", language="de")
    for wearer, word in ((ada.id, "walrus"), (bob.id, "bandicoot")):
        await say(here, wearer, f"note the {word} is hungry")
        await say(here, wearer, "set a timer for five minutes")
    return ada.id, bob.id


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_overview_counts_what_is_kept_of_the_one_who_asks(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            ada, bob = await household(here)
            for wearer in (ada, bob):
                async with client(here, await token_of(here, wearer)) as http:
                    found = (await http.get("/v1/privacy")).json()
                kept = {one["name"]: one for one in found["kept"]}
                assert kept["conversations"]["count"] == 2
                assert kept["conversations"]["days"] == 30
                assert kept["timings"]["days"] == 7
                assert kept["notes"]["count"] == 1
                assert kept["notes"]["days"] is None
                assert kept["schedule"]["count"] == 1
                assert found["owner"] is (wearer == ada)
                assert [one["reach"] for one in found["listeners"]] == ["machine"] * 3
                assert bool(found["listeners"][0]["setting"]) is (wearer == ada)

    loop_run(work())


def test_nobody_sees_takes_along_or_forgets_what_is_anothers(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            ada, bob = await household(here)
            async with client(here, await token_of(here, ada)) as http:
                for method, path, body in (
                    ("GET", "/v1/privacy", None),
                    ("GET", "/v1/egress", None),
                    ("POST", "/v1/privacy/export", {}),
                    ("POST", "/v1/privacy/preview", {"what": ["all"]}),
                    ("POST", "/v1/privacy/forget", {"what": ["all"]}),
                    ("PUT", "/v1/privacy/keeping", {"what": "conversations", "days": 0}),
                ):
                    answer = await http.request(method, f"{path}?wearer={bob}", json=body)
                    assert answer.status_code == 403, path
                exported = (await http.post("/v1/privacy/export")).content
            assert b"bandicoot" not in exported
            assert len(await here.hub.journal.turns(bob)) == 2
            async with client(here, "x" * 43) as http:
                assert (await http.get("/v1/privacy")).status_code == 403
                assert (await http.post("/v1/privacy/export")).status_code == 403

    loop_run(work())


def test_an_export_holds_everything_in_open_formats(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            _, bob = await household(here)
            await here.hub.notes.notes_of(bob).add("", bytes(32_000))
            token = await token_of(here, bob)
            async with client(here, token) as http:
                answer = await http.post("/v1/privacy/export")
            assert answer.headers["content-type"] == "application/zip"
            assert int(answer.headers["content-length"]) == len(answer.content)
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                assert archive.testzip() is None
                names = set(archive.namelist())
                assert {"README.md", "notes/notes.md", "notes/sound/2.wav", "schedule/schedule.ics"} <= names
                assert "Was Lorgnette über Bob aufbewahrt" in archive.read("README.md").decode()
                assert "walrus" not in "".join(archive.read(name).decode("latin-1") for name in names)
                (first, _) = json.loads(archive.read("conversations/conversations.json"))
                assert first["said"] == "note the bandicoot is hungry"
                assert first["answer"]
                assert "bandicoot" in archive.read("notes/notes.md").decode()
                assert archive.read("notes/sound/2.wav")[:4] == b"RIFF"
                calendar = archive.read("schedule/schedule.ics").decode()
                assert calendar.startswith("BEGIN:VCALENDAR\r\n")
                (device,) = json.loads(archive.read("devices/devices.json"))
                assert "token_hash" not in device
                assert token not in archive.read("devices/devices.json").decode()

    loop_run(work())


def test_what_is_forgotten_is_in_no_byte_of_the_hubs_files_nor_in_its_memory(loop_run, tmp_path) -> None:
    async def work() -> None:
        settings = HubSettings(store=f"sqlite:///{tmp_path}/lorgnette.db", engines=CANNED)
        async with running(settings) as here:
            ada, bob = await household(here)
            await here.hub.notes.notes_of(bob).add("", b"QUOKKA" * 9000)
            heard: list[object] = []
            device = await here.device(bob, on_event=heard.append)
            await device.connect(here.url)
            session = here.hub.sessions.of(bob)
            assert session is not None
            assert session.control.last_reply
            before = bytes_of(tmp_path)
            assert before.count(b"bandicoot") > 1
            assert b"QUOKKA" in before
            async with client(here, await token_of(here, bob)) as http:
                body = {"what": ["all"]}
                seen = (await http.post("/v1/privacy/preview", json=body)).json()["kept"]
                gone = (await http.post("/v1/privacy/forget", json=body)).json()["forgotten"]
            assert {one["name"]: one["count"] for one in seen} == {one["name"]: one["count"] for one in gone}
            after = bytes_of(tmp_path)
            for word in (b"bandicoot", b"QUOKKA", b"five minutes"):
                assert (word in after) is (word == b"five minutes"), word  # Ada's own timer was answered so
            assert after.count(b"walrus") > 1
            assert session.control.last_reply == ""
            assert await here.hub.mind.undo(bob) is None
            assert any(isinstance(event, events.Forgotten) for event in heard)
            assert await here.hub.schedule.for_wearer(bob).items() == []
            assert len(await here.hub.schedule.for_wearer(ada).items()) == 1
            assert await here.hub.mind.undo(ada) is not None
            await device.close()

    loop_run(work())


def test_only_what_was_named_since_then_is_forgotten(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            ada, _ = await household(here)
            turns = await here.hub.journal.turns(ada)
            async with client(here, await token_of(here, ada)) as http:
                body = {"what": ["conversations"], "since": turns[0].started}
                gone = (await http.post("/v1/privacy/forget", json=body)).json()["forgotten"]
                assert [(one["name"], one["count"]) for one in gone] == [("conversations", 1)]
                for wrong, status in (
                    ({"what": []}, 400),
                    ({"what": ["money"]}, 404),
                    ({"what": ["devices"]}, 403),
                    ({"what": "all"}, 400),
                    ({"what": ["all"], "since": "yesterday"}, 400),
                ):
                    answer = await http.post("/v1/privacy/forget", json=wrong)
                    assert answer.status_code == status, wrong
            assert [turn.id for turn in await here.hub.journal.turns(ada)] == [turns[1].id]
            assert len(await here.hub.notes.notes_of(ada).recent()) == 1

    loop_run(work())


def test_a_shared_device_neither_takes_along_nor_forgets(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            ada, _ = await household(here)
            async with client(here, await token_of(here, ada, shared=True)) as http:
                assert (await http.post("/v1/privacy/export")).status_code == 403
                assert (await http.post("/v1/privacy/forget", json={"what": ["all"]})).status_code == 403
                choice = {"what": "conversations", "days": 1}
                assert (await http.put("/v1/privacy/keeping", json=choice)).status_code == 403
            assert len(await here.hub.journal.turns(ada)) == 2

    loop_run(work())


def test_a_wearer_keeps_things_shorter_than_the_hub_and_never_longer(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            ada, bob = await household(here)
            async with client(here, await token_of(here, bob)) as http:
                put = lambda days, what="conversations": http.put(  # noqa: E731
                    "/v1/privacy/keeping", json={"what": what, "days": days}
                )
                assert (await put(7)).json() == {"chosen": {"conversations": 7.0}}
                assert len(await here.hub.journal.turns(bob)) == 2
                assert (await put(0)).status_code == 200
                assert await here.hub.journal.turns(bob) == []
                assert (await put(31)).status_code == 403
                assert (await put(-1)).status_code == 403
                assert (await put(1, "notes")).status_code == 404
                assert (await put(None)).json() == {"chosen": {}}
            assert len(await here.hub.journal.turns(ada)) == 2

    loop_run(work())


def test_forgetting_by_voice_takes_the_last_thing_and_the_wish_itself(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            ada, _ = await household(here)
            for left in (1, 0):
                result = await say(here, ada, "forget the last thing I said")
                assert result["reply"] == "Forgotten."
                assert len(await here.hub.journal.turns(ada)) == left
            result = await say(here, ada, "forget the last thing I said")
            assert result["reply"] == "There's nothing to forget."

    loop_run(work())


def test_a_guest_is_told_the_shorter_terms_of_guests(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            guest = await here.hub.people.add("Gus", "guest")
            async with client(here, await token_of(here, guest.id)) as http:
                kept = {one["name"]: one for one in (await http.get("/v1/privacy")).json()["kept"]}
            assert (kept["conversations"]["days"], kept["conversations"]["choosable"]) == (1, True)
            assert (kept["timings"]["days"], kept["timings"]["choosable"]) == (7, True)
            assert (kept["notes"]["days"], kept["notes"]["choosable"]) == (30, False)

    loop_run(work())


def test_only_the_machine_itself_adds_to_the_log_of_what_went_out(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            ada, bob = await household(here)
            here.hub.privacy.log.note(Parcel("api.example", "speech", 7, "ok", bob))
            here.hub.privacy.log.note(Parcel("models.example", "model", 0, "ok", ""))
            await here.hub.people.sweep()  # the hub's own entries name nobody, and stay
            async with client(here, await token_of(here, ada)) as http:
                found = (await http.get("/v1/egress")).json()
                assert [(one["host"], one["own"]) for one in found["entries"]] == [("models.example", True)]
                assert (await http.post("/v1/egress", json=[])).status_code == 403
                for wrong in ("since=nan", "since=x", "limit=0", "limit=5000"):
                    assert (await http.get(f"/v1/egress?{wrong}")).status_code == 400
            async with client(here, await token_of(here, bob)) as http:
                found = (await http.get("/v1/egress")).json()
                assert [one["host"] for one in found["entries"]] == ["api.example"]

    loop_run(work())
