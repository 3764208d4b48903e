"""Outside agents at `/mcp`, with the official SDK's client: scopes, consent, quiet hours, pace."""

import asyncio
import contextlib
import sys

import pytest

pytest.importorskip("mcp")

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from tests.hubs import CANNED, Running, running
from tests.session.stage import until

from lorgnette.app import HubSettings
from lorgnette.core import events
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker
from lorgnette.core.quiet import QuietHours
from lorgnette.services.mcp import Agents
from lorgnette.services.mcp.uses import Uses

AT_ONCE = HubSettings(engines=CANNED, realtime=False)
HUD = Capabilities(
    form="text-hud",
    microphone=Microphone(listen="push"),
    speaker=Speaker(),
    display=Display(),
    inputs=("text",),
)


@contextlib.asynccontextmanager
async def agent(hub: Running, token: str, mode: str = "auto"):
    url = f"http://127.0.0.1:{hub.port}/mcp"
    headers = {"authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(url, http_client=http), mode=mode) as client,
    ):
        yield client


async def said(client: Client, tool: str, **arguments) -> tuple[str, bool]:
    result = await client.call_tool(tool, arguments)
    return result.content[0].text, result.is_error


class Glasses:
    """A device that answers agents' questions."""

    def __init__(self) -> None:
        self.got: list = []
        self.answers: list[str] = []
        self.device = None

    def take(self, event) -> None:
        self.got.append(event)
        if isinstance(event, events.MicOpen) and self.answers:
            self.device.event(events.Typed(self.answers.pop(0)))

    def shown(self, kind=events.Show) -> list:
        return [one for one in self.got if isinstance(one, kind)]

    @property
    def sentences(self) -> list[str]:
        return [one.text for one in self.got if isinstance(one, events.Sentence)]


def test_an_agent_does_what_its_token_allows_and_is_named_whenever_it_does(loop_run) -> None:
    async def work() -> None:
        async with running(AT_ONCE) as hub:
            owner = await hub.hub.people.owner()
            agents = Agents(hub.hub.store)
            one, token = await agents.new(owner.id, "Claude", ["show", "say", "ask", "listen"])
            async with agent(hub, token) as client:
                assert {tool.name for tool in (await client.list_tools()).tools} == set(one.scopes)
                assert await said(client, "show", title="x") == ("no device of the wearer is on", True)
                glasses = Glasses()
                device = await hub.device(capabilities=HUD, on_event=glasses.take)
                glasses.device = device
                await device.connect(hub.url)
                await until(lambda: glasses.shown(events.Profile))

                text, wrong = await said(client, "see")
                assert wrong
                assert "not see" in text
                assert await said(client, "show", title="Build\u202e green", lines=["all\x00 of it"]) == (
                    "Shown.",
                    False,
                )
                card = glasses.shown()[-1].scene
                assert (card.title, card.value, card.lines) == ("Claude", "Build green", ("all of it",))
                assert glasses.shown()[-2].scene.text == "Claude"
                assert (await said(client, "show", title="x", lines=["y"] * 4))[1]
                assert (await said(client, "show", title="x", bogus=1))[1]

                assert not (await said(client, "say", text="The build is green."))[1]
                await until(lambda: "Claude says: The build is green." in glasses.sentences)

                glasses.answers = ["the blue one"]
                assert await said(client, "ask", question="Which one?") == (
                    "The wearer said: the blue one",
                    False,
                )
                assert "Claude asks: Which one?" in glasses.sentences
                await until(lambda: "I've told Claude." in glasses.sentences)

                glasses.answers = ["no"]
                text, wrong = await said(client, "listen")
                assert wrong
                assert "didn't allow" in text
                glasses.answers = ["yes", "red wine"]
                assert await said(client, "listen") == ("The wearer said: red wine", False)
                marks = [one.scene for one in glasses.shown() if one.id == "agent"]
                assert marks[-1].tone == "alert"
                assert glasses.shown(events.Hide)[-1].id == "agent"
                glasses.answers = ["white wine"]  # the yes holds
                assert await said(client, "listen") == ("The wearer said: white wine", False)
                assert (await agents.of(owner.id))[0].allowed == ("listen",)
                uses = await Uses(hub.hub.store).of(owner.id)
                assert {(use.way, use.who, use.what) for use in uses} >= {
                    ("in", "Claude", "see"),
                    ("in", "Claude", "say"),
                }
            with pytest.raises(BaseException):  # noqa: B017, PT011 - a group of the library's
                async with agent(hub, token + "x"):
                    pass
            await agents.revoke(owner.id, "Claude")
            url, gone = f"http://127.0.0.1:{hub.port}/mcp", {"authorization": f"Bearer {token}"}
            async with httpx2.AsyncClient() as http:
                assert (await http.post(url, headers=gone, json={})).status_code == 401
                evil = gone | {"origin": "http://evil.example"}
                assert (await http.post(url, headers=evil, json={})).status_code == 403
            await device.close()

    loop_run(work())


def test_quiet_hours_keep_agents_away_and_too_often_is_too_often(loop_run) -> None:
    async def work() -> None:
        async with running(AT_ONCE) as hub:
            owner = await hub.hub.people.owner()
            _, token = await Agents(hub.hub.store).new(owner.id, "Qwen", ["show", "say", "ask"])
            glasses = Glasses()
            device = await hub.device(capabilities=HUD, on_event=glasses.take)
            glasses.device = device
            await device.connect(hub.url)
            async with agent(hub, token, "legacy") as client:
                await hub.hub.people.change(owner.id, quiet=QuietHours("00:00", "00:00"))
                assert await said(client, "show", title="x") == ("the wearer has quiet hours now", True)
                assert not (await said(client, "say", text="later"))[1]
                await hub.hub.people.change(owner.id, quiet=None)
                done = [await said(client, "show", title=str(count)) for count in range(32)]
                assert done[-1][1]
                assert "too often" in done[-1][0]
            command = [sys.executable, "-m", "lorgnette", "mcp", "serve", "--token", token]
            bridge = StdioServerParameters(
                command=command[0], args=[*command[1:], "--url", f"http://127.0.0.1:{hub.port}/mcp"]
            )
            async with asyncio.timeout(30), Client(bridge, mode="legacy") as client:
                tools = await client.list_tools()
                assert [tool.name for tool in tools.tools] == ["show", "say", "ask"]
            await device.close()

    loop_run(work())
