"""Outside tools in a conversation: offered to the model, asked about before they act, and never believed."""

import pytest

pytest.importorskip("mcp")

from tests.agent.models import ScriptedModel, call
from tests.hubs import CANNED, running
from tests.services.mcp import peer
from tests.services.mcp.stage import at, elsewhere

from lorgnette.app import HubSettings
from lorgnette.core.taint import Source
from lorgnette.sdk.outside import Outside


def test_a_model_calls_what_was_approved_and_what_acts_waits_for_a_yes(loop_run) -> None:
    async def work() -> None:
        settings = HubSettings(engines=CANNED, realtime=False)
        async with elsewhere() as port, running(settings) as here:
            hub = here.hub
            owner = await hub.people.owner()
            service = hub._bound[Outside].__self__  # type: ignore[attr-defined]
            await service.add(owner.id, "peer", at(port), everyone=True)
            await service.approve(owner.id, "peer", {"add": "query", "post": "act"})
            model = ScriptedModel(
                [call("peer__add", '{"a": 40, "b": 2}')],
                ["Forty-two."],
                [call("peer__add", '{"a": "x"}')],
                ["I can't."],
                [call("peer__post", '{"text": "hello there"}')],
                [""],
                [call("peer__post", '{"text": "secret"}')],
                [""],
            )
            hub.mind.chat = model

            async def turn(text: str):
                (found,) = await hub.front.turn(owner.id, {"text": text})
                return found

            found = await turn("kindly use the adding machine for me")
            assert "Forty-two." in found["reply"]
            assert {"peer__add", "peer__post"} <= set(model.tools)
            assert "die" not in " ".join(model.tools)
            assert found["tools"][0]["arguments"]["arguments"] == {"a": 40, "b": 2}
            assert model.asked[1][-1]["content"] == '{"sum": 42}'
            await turn("kindly use the adding machine wrongly")
            assert "required" in model.asked[3][-1]["content"]
            before = len(peer.CALLS)
            found = await turn("kindly post hello there somewhere")
            assert "hello there" in found["reply"]
            assert "peer" in found["reply"]
            assert len(peer.CALLS) == before  # not before the yes
            history = hub.sessions.of(owner.id)
            assert history is None or Source("tool", "peer") in {
                source for one in history._turns.history for source in one.taint
            }

    loop_run(work())


def test_the_skill_lists_them_in_three_languages(loop_run) -> None:
    async def work() -> None:
        settings = HubSettings(engines=CANNED, realtime=False)
        async with elsewhere() as port, running(settings) as here:
            hub = here.hub
            owner = await hub.people.owner()
            service = hub._bound[Outside].__self__  # type: ignore[attr-defined]
            for text, language, words in (
                ("which outside tools do you have", "en", "no outside tools"),
                ("welche fremden Werkzeuge hast du", "de", "keine fremden Werkzeuge"),
                ("你有哪些外部工具", "zh", "还没有外部工具"),
            ):
                (found,) = await hub.front.turn(owner.id, {"text": text, "language": language})
                assert words in found["reply"]
            await service.add(owner.id, "peer", at(port), everyone=True)
            await service.approve(owner.id, "peer", {"add": "query"})
            for text, language in (
                ("which outside tools do you have", "en"),
                ("welche fremden Werkzeuge hast du", "de"),
                ("你有哪些外部工具", "zh"),
            ):
                (found,) = await hub.front.turn(owner.id, {"text": text, "language": language})
                assert "peer: add" in found["reply"]

    loop_run(work())
