"""Errands through a whole hub: done while nobody talks, by skill or model, never beyond consent."""

from typing import Any

import pytest
from tests.agent.models import ScriptedModel, call
from tests.hubs import CANNED, running
from tests.talking import talker

from lorgnette.app import HubSettings
from lorgnette.app.errands import Runs
from lorgnette.core.errors import SkillError
from lorgnette.core.taint import CLEAN
from lorgnette.sdk.errands import Errands
from lorgnette.services.errands import Result


def test_what_was_put_off_is_done_and_told_once(loop_run: Any) -> None:
    async def scene() -> None:
        async with running(HubSettings(engines=CANNED, realtime=False)) as hub, talker(hub) as ada:
            assert "tell me what day it is" in await ada.say("in one second please tell me what day it is")
            await ada.until(lambda: len(ada.sentences) > 1)
            told = ada.sentences[1]
            assert "day" in told
            listed = ""
            while "Nothing" not in listed:
                listed = await ada.say("my errands")
            assert ada.sentences.count(told) == 1
            errands = hub.hub.service(Errands, (await hub.hub.people.owner()).id)
            with pytest.raises(SkillError) as cannot:
                await errands.watch("the stars align", "en")
            assert cannot.value.phrase == "error-errand-cannot"

    loop_run(scene())


def test_a_model_watches_and_what_needs_a_yes_is_not_done_alone(loop_run: Any) -> None:
    async def scene() -> None:
        async with running(HubSettings(engines=CANNED, realtime=False)) as hub:
            mind = hub.hub.mind
            sending = call("send_message", '{"who": "Anna", "text": "hi"}')
            mind.chat = ScriptedModel(["Not yet."], ["NOT YET"], [sending], ["The stars align."], [])
            owner = await hub.hub.people.owner()
            errands = hub.hub.service(Errands, owner.id)
            errand = await errands.watch("the stars align", "en")
            while not mind.chat.asked:
                await errands.live()
            runs = Runs(mind, hub.hub.people, hub.hub.clock)
            assert await runs.run(owner.id, errand, "er-1", CLEAN) == Result("waits")
            assert await runs.run(owner.id, errand, "er-2", CLEAN) == Result("came", "The stars align.")
            answered = [one["content"] for one in mind.chat.asked[3] if one["role"] == "tool"]
            assert answered
            assert answered[0].startswith("Error:")
            assert (await runs.run(owner.id, errand, "er-3", CLEAN)).how == "failed"

    loop_run(scene())
