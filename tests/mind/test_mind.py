"""The mind: reflex, thought, or an honest sentence; errors are spoken and a turn never breaks."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.skills.memory import Talk

from lorgnette.core.errors import Busy, SkillError
from lorgnette.core.scenes import Card
from lorgnette.mind.mind import Mind
from lorgnette.mind.request import Display, Done, Outcome, Piece, Request, Say
from lorgnette.sdk import Context, FreeText, Offer, Reply, Skill, tool
from lorgnette.sdk.registry import make_registry

Run = Callable[[Coroutine[Any, Any, Any]], Any]


class Trial(Skill):
    """Everything that can go wrong."""

    name = "trial"
    gate: asyncio.Event
    ended: list[str]

    @tool(effect="read", phrases={"en": ["explode"]})
    async def explode(self, ctx: Context) -> Reply:
        """Break."""
        raise RuntimeError("a bug")

    @tool(effect="read", phrases={"en": ["be busy"]})
    async def be_busy(self, ctx: Context) -> Reply:
        """Be busy."""
        raise Busy("no room")

    @tool(effect="read", phrases={"en": ["refuse"]})
    async def refuse(self, ctx: Context) -> Reply:
        """Refuse with a phrase of its own."""
        raise SkillError("won't", phrase="own-error", what="tea")

    @tool(effect="spend", phrases={"en": ["buy it"]}, preview="offer")
    async def buy(self, ctx: Context) -> Reply:
        """Spend money."""
        raise AssertionError("never called")

    async def offer(self, ctx: Context) -> Offer:
        return Offer("fine", order={})

    @tool(effect="read", phrases={"en": ["ask the oracle"]})
    async def ask(self, ctx: Context) -> Reply:
        """Needs a service that isn't there."""
        ctx.service(Path)
        return Reply("fine")

    @tool(effect="read", phrases={"en": ["show it first"]})
    async def show(self, ctx: Context) -> Reply:
        """Show before the reply."""
        ctx.show(Card(value="1"), "first")
        ctx.hide("old")
        await self.gate.wait()
        return Reply("fine", scene=Card(value="2"))

    @tool(effect="act", undo="back", phrases={"en": ["act slowly"]})
    async def act(self, ctx: Context) -> Reply:
        """Act, slowly."""
        await self.gate.wait()
        self.ended.append("act")
        return Reply("fine", undo="act")

    @tool(effect="act", undo="back", cancel="safe", phrases={"en": ["act safely"]})
    async def act_safely(self, ctx: Context) -> Reply:
        """Act, cancellably."""
        await self.gate.wait()
        self.ended.append("safe")
        return Reply("fine", undo="safe")

    @tool(effect="read", phrases={"en": ["go on later"]})
    async def later(self, ctx: Context) -> Reply:
        """Leave work behind."""

        async def work() -> None:
            await self.gate.wait()
            self.ended.append("work")

        ctx.keep(work())
        return Reply("fine")

    @tool(effect="read", phrases={"en": ["keep {text}"]})
    async def keep(self, ctx: Context, text: FreeText = "") -> Reply:
        """Tell how much sound there is."""
        return Reply("length", n=len(ctx.audio or b""), text=text)

    async def back(self, ctx: Context, what: str) -> Reply:
        """Take back."""
        return Reply("back", what=what)


def trial(tmp_path: Path, **more: Any) -> tuple[Mind, Trial]:
    (tmp_path / "en.ftl").write_text(
        "fine = fine\nback = { $what } is back\nown-error = No { $what }.\nlength = { $n } { $text }\n",
        "utf-8",
    )
    Trial.phrases_dir = tmp_path
    registry = make_registry([("trial", lambda: Trial)])
    assert not registry.broken

    def services(kind: type, wearer: str) -> object:
        raise KeyError(kind)

    mind = Mind(registry, services, **more)
    skill = registry.skills["trial"].skill
    assert isinstance(skill, Trial)
    skill.gate, skill.ended = asyncio.Event(), []
    return mind, skill


async def respond(mind: Mind, request: Request) -> list[Piece]:
    return [piece async for piece in mind.respond(request)]


def said(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if isinstance(piece, Say))


def ask(mind: Mind, text: str) -> list[Piece]:
    return asyncio.run(respond(mind, Talk().request(text)))


def test_how_to_add_a_model_is_said_once_a_day() -> None:
    talk = Talk()
    first, second = talk.say("tell me a story"), talk.say("tell me a story")
    assert "language model" in first
    assert second == "I didn't get that."
    assert talk.outcome == Outcome("not_understood", "none")
    talk.clock.advance(86_400)
    assert talk.say("tell me a story") == first


def test_pieces_end_with_the_outcome() -> None:
    talk = Talk()
    talk.say("set a timer for five minutes")
    assert [type(piece) for piece in talk.pieces] == [Say, Display, Done, Outcome]
    assert talk.outcome == Outcome("done", "reflex")


def test_two_commands_in_one_breath_are_both_done() -> None:
    talk = Talk()
    assert talk.say("set a timer for five minutes and turn it up") == "Timer, 5 minutes.65 percent."
    assert [piece.tool for piece in talk.pieces if isinstance(piece, Done)] == ["set_timer", "louder"]
    assert talk.outcome == Outcome("done", "reflex")
    assert talk.undo() == "50 percent."
    assert Talk("de").say("stell einen Timer auf fünf Minuten und wie spät ist es").endswith("Es ist 15 Uhr.")
    assert Talk("zh").say("计时五分钟然后声音大一点").endswith("音量百分之65。")


def test_and_inside_one_command_is_no_border() -> None:
    talk = Talk()
    talk.say("add milk and turn up the volume to the shopping list")
    assert talk.call[0] == "lists.add_to_list"
    talk.say("set a timer for one hour and five minutes")
    assert talk.call[1] == {"duration": "PT1H5M"}


def test_whole_commands_are_known_before_they_are_run() -> None:
    mind = Talk().mind
    assert mind.whole("set a timer for five minutes", "en")
    assert not mind.whole("set a timer for five", "en")
    assert not mind.whole("take a note that the key", "en")


def test_an_unexpected_error_is_one_calm_sentence(tmp_path: Path) -> None:
    pieces = ask(trial(tmp_path)[0], "explode")
    assert said(pieces) == "Something went wrong here. Please try again."
    assert pieces[-1] == Outcome("failed", "reflex")
    assert not next(piece for piece in pieces if isinstance(piece, Done)).ok


def test_an_error_speaks_its_own_phrase(tmp_path: Path) -> None:
    mind, _ = trial(tmp_path)
    assert said(ask(mind, "be busy")).startswith("I'm busy right now")
    assert said(ask(mind, "refuse")) == "No tea."


def test_a_missing_service_is_named_without_a_bug(tmp_path: Path) -> None:
    assert said(ask(trial(tmp_path)[0], "ask the oracle")).startswith("This hub doesn't have that yet")


def test_what_nobody_there_can_confirm_is_refused(tmp_path: Path) -> None:
    assert said(ask(trial(tmp_path)[0], "buy it")).startswith("That needs a device that can be touched")


def test_a_scene_is_shown_before_the_reply(tmp_path: Path) -> None:
    async def watch() -> list[Piece]:
        mind, skill = trial(tmp_path)
        pieces: list[Piece] = []
        async for piece in mind.respond(Talk().request("show it first")):
            pieces.append(piece)
            if piece == Display("old", None):
                skill.gate.set()
        return pieces

    pieces = asyncio.run(watch())
    assert pieces[:2] == [Display("first", Card(value="1")), Display("old", None)]
    assert pieces[3] == Display("trial:show", Card(value="2"))


def test_an_act_goes_on_when_its_turn_is_cancelled_and_is_reported(tmp_path: Path) -> None:
    async def cancel() -> tuple[list[str], list[str], str]:
        reported: list[str] = []
        mind, skill = trial(tmp_path, late=lambda _, deed: reported.append(deed.done.tool))
        for text in ("act slowly", "act safely"):
            task = asyncio.create_task(respond(mind, Talk().request(text)))
            for _ in range(6):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        skill.gate.set()
        for _ in range(6):
            await asyncio.sleep(0)
        undone = await mind.undo("w")
        return skill.ended, reported, undone.text if undone else ""

    ended, reported, undone = asyncio.run(cancel())
    assert ended == ["act"]
    assert reported == ["act"]
    assert undone == "Act is back"


def test_work_that_a_skill_leaves_behind_is_ended_with_the_mind(tmp_path: Path) -> None:
    async def leave(*, open_gate: bool) -> list[str]:
        mind, skill = trial(tmp_path)
        await respond(mind, Talk().request("go on later"))
        if open_gate:
            skill.gate.set()
            for _ in range(3):
                await asyncio.sleep(0)
        await mind.close()
        return skill.ended

    assert asyncio.run(leave(open_gate=True)) == ["work"]
    assert asyncio.run(leave(open_gate=False)) == []


def test_free_text_without_words_comes_as_its_sound(tmp_path: Path) -> None:
    mind, _ = trial(tmp_path)
    talk = Talk()
    talk.audio = bytes(10 * 32_000)
    talk.slots = {"text": (2.0, 3.5)}
    assert said(asyncio.run(respond(mind, talk.request("keep")))) == "48,000"


def test_a_note_is_kept_as_sound() -> None:
    talk = Talk()
    talk.audio, talk.slots = bytes(10 * 32_000), {"text": (1.0, 5.0)}
    assert talk.say("take a note") == "Note 1, 4 seconds."
    talk.audio, talk.slots = None, {}
    assert talk.say("read my notes") == "Note 1, 4 seconds of sound."


def test_the_last_acts_of_a_wearer_are_undone_newest_first_and_once() -> None:
    talk = Talk()
    talk.say("turn it up")
    done = talk.done
    talk.say("set a timer for five minutes")
    assert talk.undo() == "Timer cancelled."
    assert done.undo is not None
    assert asyncio.run(done.undo()) == Say("50 percent.")
    assert asyncio.run(done.undo()).text == "There's nothing to undo."
    assert talk.undo() == ""


def test_what_an_undo_shows_comes_with_its_sentence() -> None:
    talk = Talk()
    talk.say("set a timer for five minutes")
    talk.say("cancel the timer")
    say = asyncio.run(talk.mind.undo("w"))
    assert say is not None
    assert [display.id for display in say.displays] == ["timer:i1", "timer:i1"]


def test_a_question_takes_its_answer_but_not_another_command() -> None:
    talk = Talk()
    talk.say("set a timer")
    assert talk.say("what time is it") == "It's 3 PM."
    assert talk.say("five minutes") != "Timer, 5 minutes."  # the question is gone
    talk.say("set a timer")
    talk.clock.advance(timedelta(minutes=1).total_seconds())
    assert talk.say("five minutes") != "Timer, 5 minutes."  # too late
    talk.say("set a timer")
    assert talk.say("let's say five minutes") == "Timer, 5 minutes."


def test_the_answer_to_a_question_may_be_dropped() -> None:
    talk = Talk()
    talk.say("take a note")
    assert talk.say("never mind") == "All right."
