"""Whole turns of a whole hub with a model's server on a real port: its tools, shapes and faults."""

import json
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from tests.engines.llm.double import ChatDouble, chunk, fragment
from tests.engines.server import nobody, serving

from lorgnette.app import Hub, HubSettings
from lorgnette.engines.registry import EngineChoice
from lorgnette.services.usage import UsageSection
from lorgnette.session.local import LocalDevice

QUESTION = "tell me, what do you make of lighthouses"
TIMER = '<tool_call>\n{"name": "set_timer", "arguments": {"duration": "PT5M"}}\n</tool_call>'


def used(read: int, wrote: int) -> str:
    usage = {"prompt_tokens": read, "completion_tokens": wrote}
    return f"data: {json.dumps({'choices': [], 'usage': usage})}\n\n"


@asynccontextmanager
async def hub_on(*urls: str, section: UsageSection | None = None):
    """A hub whose chat models are these, in order."""
    names = ["openai", *(f"openai:{n}" for n in range(2, len(urls) + 1))]
    tables: dict[str, dict[str, Any]] = {
        f"llm.{name}": {"url": url, "model": f"model-{number}"}
        for number, (name, url) in enumerate(zip(names, urls, strict=True), 1)
    }
    choice = EngineChoice(
        vad=("energy",), asr=("canned",), tts=("canned",), llm=tuple(names), settings=tables
    )
    settings = HubSettings(engines=choice, realtime=False, languages=("en",))
    if section is not None:
        settings = replace(settings, sections={UsageSection: section})
    async with Hub.open(settings) as hub:
        owner = await hub.people.owner()
        async with LocalDevice(hub.sessions, owner.id) as device:
            yield hub, owner.id, device


async def say(device: LocalDevice, text: str) -> str:
    reply: str = (await device.typed(text))["reply"]
    return reply


def test_tools_shapes_faults_and_what_it_costs(loop_run) -> None:
    async def work() -> None:
        section = UsageSection(prices={"model-1": (1.0, 2.0)}, limit=0.2)
        async with (
            serving(ChatDouble()) as double,
            hub_on(double.url, section=section) as (hub, owner, device),
        ):
            # a call that the server has read, two at once, and what was used
            double.then(
                fragment(0, '{"duration": "PT5M"}', "a", "set_timer"),
                fragment(1, "{}", "b", "tell_time"),
                chunk({}, "tool_calls"),
                used(2600, 20),
            )
            double.then(chunk({"content": "Five minutes."}), chunk({}, "stop"), used(2650, 5))
            assert "Five minutes." in await say(device, QUESTION)
            assert [one["role"] for one in double.requests[-1]["messages"][-3:]] == [
                "assistant",
                "tool",
                "tool",
            ]
            assert len(await hub.schedule.for_wearer(owner).items()) == 1
            # one that it left in its text
            double.scripts.clear()
            double.then(
                *[chunk({"content": TIMER[at : at + 7]}) for at in range(0, len(TIMER), 7)], chunk({}, "stop")
            )
            double.then(chunk({"content": "Another five."}, "stop"))
            reply = await say(device, QUESTION)
            assert "Another five." in reply
            assert "tool_call" not in reply
            assert len(await hub.schedule.for_wearer(owner).items()) == 2
            # 500, then an event cut in mid-JSON, then it works: nothing is heard of it
            double.scripts.clear()
            double.then_status(500, "out of memory")
            double.then('data: {"choices": [{"delta": {"cont', cut=True)
            double.then(chunk({"content": "They shine."}, "stop"))
            assert await say(device, QUESTION) == "They shine."
            # the same call for ever ends with a sentence
            double.scripts.clear()
            double.then(fragment(0, "{}", "x", "tell_time"), chunk({}, "tool_calls"))
            before = len(double.requests)
            assert "I found no answer" in await say(device, QUESTION)
            assert len(double.requests) - before == 5
            # malformed arguments go back, and are corrected
            double.scripts.clear()
            double.then(fragment(0, '{"duration": ', "y", "set_timer"), chunk({}, "tool_calls"))
            double.then(fragment(0, '{"duration": "PT1M"}', "z", "set_timer"), chunk({}, "tool_calls"))
            double.then(chunk({"content": "One minute."}, "stop"), used(180_000, 1000))
            assert "One minute." in await say(device, QUESTION)
            assert "no JSON" in double.requests[-2]["messages"][-1]["content"]
            # by then the money is used up: one honest sentence, and commands go on
            before = len(double.requests)
            assert "money for the language model" in await say(device, QUESTION)
            assert len(double.requests) == before
            assert "It's" in await say(device, "what time is it")

    loop_run(work())


def test_a_second_model_answers_where_the_first_cannot(loop_run) -> None:
    async def work() -> None:
        async with (
            serving(ChatDouble()) as second,
            hub_on(f"http://127.0.0.1:{nobody()}/v1", second.url) as (hub, _, device),
        ):
            second.then(chunk({"content": "They shine."}, "stop"))
            assert await say(device, QUESTION) == "They shine."
            assert second.requests[0]["model"] == "model-2"
            assert hub.chat.name == "model-2"
            assert {one.engine for one in hub.engines.health()} >= {"model-1", "model-2"}

    loop_run(work())
