"""Thought: a model answers, with the skills as its tools."""

import asyncio
import dataclasses
import io
from pathlib import Path
from typing import Any, ClassVar

from PIL import Image
from tests.agent.models import ScriptedModel, call
from tests.skills.memory import Talk, registry

from lorgnette.core.errors import EngineError
from lorgnette.core.forms import Camera, Capabilities, Display
from lorgnette.mind.mind import Mind
from lorgnette.mind.request import Done, Outcome, Say
from lorgnette.mind.thought import messages_of, system_prompt
from lorgnette.sdk import Context, Reply, Skill, tool
from lorgnette.sdk.registry import make_registry


def talk_to(*answers: Any, forever: bool = False) -> tuple[Talk, ScriptedModel]:
    model = ScriptedModel(*answers, forever=forever)
    return Talk(chat=model), model


def test_a_reflex_never_asks_the_model() -> None:
    talk, model = talk_to()
    assert talk.say("what time is it") == "It's 3 PM."
    assert not model.asked


def test_the_models_words_are_said_as_they_come() -> None:
    talk, _ = talk_to(["Why did ", "the chicken …"])
    assert talk.say("tell me a joke") == "Why did the chicken …"
    assert next(piece for piece in talk.pieces if isinstance(piece, Say)) == Say("Why did ", whole=False)
    assert talk.outcome == Outcome("done", "model")


def test_the_model_uses_the_same_tools_and_its_acts_can_be_undone() -> None:
    talk, model = talk_to(
        [call("set_timer", '{"duration": "PT5M", "label": "tea"}')], ["Tea in five minutes."]
    )
    assert talk.say("my tea has to draw for a bit") == "\nTea in five minutes."
    assert talk.call == ("timers.set_timer", {"duration": "PT5M", "label": "tea"})
    assert "timer:i1" in talk.displays
    assert model.asked[1][-1]["content"] == "Tea timer, 5 minutes."
    assert talk.undo() == "The tea timer is cancelled."


def test_what_is_said_before_and_after_a_tool_are_two_sentences() -> None:
    talk, _ = talk_to(["One moment.", call("tell_time")], ["It's three."])
    assert talk.say("is it late already or what") == "One moment.\nIt's three."


def test_bad_arguments_go_back_to_the_model_which_corrects_them() -> None:
    talk, model = talk_to(
        [call("set_timer", '{"duration": "soon"}')],
        [call("set_timer", '{"duration": ')],
        [call("set_timer", '{"duration": "PT9M"}')],
        ["Nine minutes."],
    )
    talk.say("my tea has to draw for a bit")
    results = [message["content"] for message in model.asked[3] if message["role"] == "tool"]
    assert results[0].startswith("Error: argument 'duration': 'soon' doesn't fit")
    assert results[1].startswith("Error: the arguments are no JSON")
    assert [piece.ok for piece in talk.pieces if isinstance(piece, Done)] == [False, False, True]


def test_an_error_of_a_skill_reaches_the_model() -> None:
    talk, model = talk_to([call("cancel_timer")], ["There's none."])
    talk.say("get the thing off the stove")
    assert model.asked[1][-1]["content"].startswith("Error: no such timer. Say: No timer is running.")


def test_a_model_that_fails_is_one_sentence() -> None:
    error = EngineError("down", retryable=True)
    talk, _ = talk_to([error], [error])
    assert talk.say("tell me a joke") == "A part of me isn't answering; please try again in a moment."
    assert talk.outcome == Outcome("failed", "model")
    talk, _ = talk_to(["Well", error])
    assert talk.say("tell me a joke").startswith("Well A part of me")


def test_a_model_that_breaks_its_client_is_one_calm_sentence() -> None:
    talk, _ = talk_to([RuntimeError("a bug")])
    assert talk.say("tell me a joke") == "Something went wrong here. Please try again."


def test_endless_calls_end_with_a_sentence() -> None:
    talk, _ = talk_to([call("tell_time")], forever=True)
    assert "I found no answer" in talk.say("tell me a joke")
    assert talk.outcome == Outcome("failed", "model")


def test_every_tool_is_offered_but_what_only_the_wearer_says() -> None:
    talk, model = talk_to(["ok"])
    talk.say("tell me a joke")
    assert set(model.tools) <= {name for name, one in registry().tools.items() if one.tool.offered}
    assert "yes" not in model.tools


def test_the_prompt_says_who_asks_when_and_on_what() -> None:
    talk = Talk("de")
    prompt = system_prompt(talk.request("hallo"))
    assert "Answer in Deutsch (de)" in prompt
    assert "called Ada" in prompt
    assert "nothing but text" in prompt
    assert len(prompt) < 1400
    seen = Capabilities(display=Display(), camera=Camera())
    assert "a small display, a camera" in system_prompt(
        dataclasses.replace(talk.request("x"), capabilities=seen)
    )


def test_history_holds_what_was_heard_bounded() -> None:
    talk = Talk()
    talk.history = tuple((f"question {n}", "" if n == 19 else "a" * 5000) for n in range(20))
    messages = messages_of(talk.request("and now?"))
    assert [message["role"] for message in messages[:3]] == ["system", "user", "assistant"]
    assert messages[1]["content"] == "question 8"
    assert len(messages[2]["content"]) == 2000
    assert messages[-2] == {"role": "user", "content": "question 19"}
    now = "[Now: Thursday, 05 November 2026, 15:00 (Europe/Berlin).]"
    assert messages[-1] == {"role": "user", "content": f"and now?\n\n{now}"}


def test_what_changes_with_every_turn_stands_last_so_that_servers_know_the_beginning() -> None:
    talk = Talk()
    first = messages_of(talk.request("one"))
    talk.history = (("one", "1"),)
    talk.clock.advance(3600)
    second = messages_of(talk.request("two"))
    assert second[0] == first[0]
    assert "[Now:" not in str(second[:-1])


def test_a_full_history_begins_for_some_turns_where_it_began_before() -> None:
    talk, begins = Talk(), []
    for count in range(60, 90):
        talk.history = tuple((f"question {n}", "a") for n in range(count - 12, count))
        begins.append(messages_of(talk.request("x"))[1]["content"])
    assert len(set(begins)) <= len(begins) / 2


def test_pictures_go_along_with_what_is_asked() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    talk, model = talk_to(["A cup."])

    async def ask() -> None:
        request = dataclasses.replace(talk.request("what do you make of this"), images=(out.getvalue(),))
        async for _ in talk.mind.respond(request):
            pass

    asyncio.run(ask())
    text, picture = model.asked[0][-1]["content"]
    assert text["text"].startswith("what do you make of this")
    assert picture["image_url"]["url"].startswith("data:image/png;base64,")


def test_a_turn_that_is_cancelled_closes_the_models_stream() -> None:
    async def cancel() -> int:
        talk, model = talk_to(["Well, ", 30.0])
        task = asyncio.create_task(talk.say_in_loop("tell me a joke"))
        while not model.asked:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return model.closed

    assert asyncio.run(cancel()) == 1


class Sending(Skill):
    """Sends, when it is let."""

    phrases_dir = Path(__file__).parent
    keys: ClassVar[list[str]] = []
    begun: ClassVar[list[asyncio.Event]] = []
    gate: ClassVar[list[asyncio.Event]] = []

    @tool(effect="act", undo="unsend")
    async def send(self, ctx: Context, text: str) -> Reply:
        """Send a text. text: what."""
        self.begun[0].set()
        await self.gate[0].wait()
        self.keys.append(f"{ctx.key} {text}")
        return Reply(undo="x")

    async def unsend(self, ctx: Context, held: str) -> None:
        """Never called here."""


def test_an_interrupted_turn_sends_what_is_in_flight_once_and_tells_of_it() -> None:
    async def work() -> tuple[list[str], list[str]]:
        Sending.keys.clear()
        Sending.begun[:], Sending.gate[:] = [asyncio.Event()], [asyncio.Event()]
        late: list[str] = []
        model = ScriptedModel([call("send", '{"text": "ten minutes late"}')], ["Sent."])
        mind = Mind(
            make_registry([("sending", lambda: Sending)]),
            lambda kind, _: {}[kind],
            chat=model,
            late=lambda _, deed: late.append(deed.done.tool),
        )

        async def turn() -> None:
            async for _ in mind.respond(Talk().request("let them know")):
                pass

        task = asyncio.create_task(turn())
        await Sending.begun[0].wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert not Sending.keys
        Sending.gate[0].set()
        async with asyncio.timeout(2):
            while not late:
                await asyncio.sleep(0)
        await mind.close()
        return Sending.keys, late

    keys, late = asyncio.run(work())
    assert late == ["send"]
    assert len(keys) == 1
    assert len(keys[0].split()[0]) == 32  # the call's own key, not the turn's
