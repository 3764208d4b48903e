"""A whole hub without a model on a machine where one runs: told once, used after one yes, not after a no."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.engines.llm.double import ChatDouble, chunk
from tests.engines.server import serving
from tests.hubs import running

from lorgnette.app import Hub
from lorgnette.cli.model_file import ModelFile
from lorgnette.config import Config, ModelSection
from lorgnette.engines.llm.hosts import find_hosts


@dataclass
class Home:
    """A hub without a model, a model server, and a page of the owner."""

    hub: Hub
    double: ChatDouble
    http: httpx.AsyncClient

    @property
    def port(self) -> int:
        return int(self.double.url.split(":")[2].removesuffix("/v1"))

    async def owner(self) -> str:
        return (await self.hub.people.owner()).id

    async def page_of(self, wearer: str) -> None:
        """The page is theirs from now on."""
        _, token = await self.hub.devices.pair(wearer, "page")
        self.http.headers["authorization"] = f"Bearer {token}"

    def look(self, file: Path) -> None:
        self.hub.chat.offer(ModelFile([file]), lambda: find_hosts((("Ollama", self.port),), seconds=10))


@asynccontextmanager
async def at_home(file: Path | None, *models: str) -> AsyncIterator[Home]:
    async with (
        running() as one,
        serving(ChatDouble(*models)) as double,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{one.port}", trust_env=False) as http,
    ):
        home = Home(one.hub, double, http)
        await home.page_of(await home.owner())
        if file is not None:
            home.look(file)
        yield home


async def told(home: Home, owner: str) -> list[str]:
    """What waits to be said, once something does."""
    async with asyncio.timeout(5):
        while not (waiting := await home.hub.inbox.waiting(owner)):
            await asyncio.sleep(0.01)
    return [message.text for message in waiting]


@pytest.fixture
def file(tmp_path) -> Path:
    """An empty configuration."""
    path = tmp_path / "lorgnette.toml"
    path.write_text("")
    return path


def test_after_a_yes_the_next_turn_is_answered_by_it_without_a_restart(loop_run, file) -> None:
    async def work() -> None:
        async with at_home(file, "nomic-embed-text", "qwen3:8b") as home:
            (offer,) = (await home.http.get("/v1/offers")).json()
            assert (offer["host"], offer["model"]) == ("Ollama", "qwen3:8b")
            assert not home.double.requests, "finding isn't using"
            taken = await home.http.post(f"/v1/offers/{offer['id']}", json={"accept": True})
            assert taken.json()["used"]["model"] == "qwen3:8b"
            home.double.then(chunk({"content": "Berlin is bigger."}), chunk({}, "stop"))
            asked = {"text": "which city is bigger", "language": "en"}
            (turn,) = await home.hub.front.turn(await home.owner(), asked)
            assert turn["reply"] == "Berlin is bigger."
            assert (await home.http.get("/v1/offers")).json() == []
            assert home.hub.chat.choice.llm == ("openai",), "who would hear what is told by these"

    loop_run(work())
    section = Config.load([file], environ={}).section(ModelSection)
    assert (section.name, section.url.startswith("http://127.0.0.1:")) == ("qwen3:8b", True)


def test_the_owner_is_told_of_it_once_however_often_the_hub_looks(loop_run, file) -> None:
    async def work() -> list[str]:
        async with at_home(file, "qwen3:8b") as home:
            home.look(file)
            return await told(home, await home.owner())

    (text,) = loop_run(work())
    assert "qwen3:8b" in text
    assert "Ollama" in text


def test_after_a_no_nothing_is_offered_again(loop_run, file) -> None:
    async def work() -> None:
        async with at_home(file, "qwen3:8b") as home:
            declined = await home.http.post("/v1/offers/ollama", json={"accept": False})
            assert declined.json() == {"used": None}
            assert (await home.http.get("/v1/offers")).json() == []
            assert home.hub.mind.chat is None

    loop_run(work())
    assert "offer = false" in file.read_text()


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"accept": "yes"}', b"\xff", b"[" * 100_000])
def test_an_answer_that_is_none_is_refused(loop_run, file, body) -> None:
    async def work() -> int:
        async with at_home(file, "qwen3:8b") as home:
            return (await home.http.post("/v1/offers/ollama", content=body)).status_code

    assert loop_run(work()) == 400


def test_only_the_owner_is_asked(loop_run, file) -> None:
    async def work() -> None:
        async with at_home(file, "qwen3:8b") as home:
            await home.page_of((await home.hub.people.add_temporary("guest")).id)
            found = await home.http.get("/v1/offers")
            assert (found.status_code, found.json()) == (200, []), "a page that asks has nothing to report"
            taken = await home.http.post("/v1/offers/ollama", json={"accept": True})
            assert taken.status_code == 403

    loop_run(work())


@pytest.mark.parametrize("how", ["a no", "a yes", "by hand", "by hand, and a new start"])
def test_what_waits_to_be_said_of_an_offer_is_not_said_once_it_is_answered(loop_run, file, how) -> None:
    async def work() -> None:
        async with at_home(file, "qwen3:8b") as home:
            owner = await home.owner()
            await told(home, owner)
            if how.startswith("by hand"):
                file.write_text(f'[model]\nurl = "{home.double.url}"\nname = "qwen3:8b"\n')
                assert home.hub.chat.offers is not None
                if "start" in how:
                    home.look(file)
                    async with asyncio.timeout(5):
                        while await home.hub.inbox.waiting(owner):
                            await asyncio.sleep(0.01)
                else:
                    await home.hub.chat.offers.reload()
            else:
                await home.http.post("/v1/offers/ollama", json={"accept": how == "a yes"})
            assert await home.hub.inbox.waiting(owner) == []

    loop_run(work())


def test_a_configuration_that_cannot_be_read_offers_nothing(loop_run, file) -> None:
    async def work() -> None:
        async with at_home(file, "qwen3:8b") as home:
            await told(home, await home.owner())
            file.write_text("[model\n")
            found = await home.http.get("/v1/offers")
            assert (found.status_code, found.json()) == (200, [])

    loop_run(work())


def test_a_hub_without_a_configuration_to_write_offers_nothing(loop_run) -> None:
    async def work() -> None:
        async with at_home(None) as home:
            assert (await home.http.get("/v1/offers")).json() == []
            assert (await home.http.post("/v1/offers/x", json={"accept": True})).status_code == 404
            assert (await home.http.post("/v1/model")).status_code in {404, 405}, "for the private socket"

    loop_run(work())


def test_a_turn_that_runs_ends_with_the_model_it_began_with(loop_run, file) -> None:
    async def work() -> str:
        async with at_home(file, "qwen3:8b") as home:
            await home.http.post("/v1/offers/ollama", json={"accept": True})
            words = [chunk({"content": f"word{n} "}) for n in range(20)]
            home.double.then(*words, chunk({}, "stop"), pause=0.02)
            asked = {"text": "tell me a very long story", "language": "en"}
            asking = asyncio.create_task(home.hub.front.turn(await home.owner(), asked))
            await home.double.arrived.wait()
            assert home.hub.chat.offers is not None
            await home.hub.chat.offers.drop()
            assert home.hub.mind.chat is None
            (turn,) = await asking
            return turn["reply"]

    assert "word19" in loop_run(work())
