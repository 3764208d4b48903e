"""A wearer's session, from microphone frames to what reaches the ear, on doubles that answer at once."""

import asyncio

from tests.session.stage import Glasses, Stage, loud, quiet, until

from lorgnette.core import events
from lorgnette.core.audio import FRAME_BYTES
from lorgnette.core.errors import EngineError
from lorgnette.core.scenes import Progress
from lorgnette.core.speech import Message, Unfinished
from lorgnette.mind.request import Display as Display_
from lorgnette.mind.request import Done, Say
from lorgnette.sdk.schedule import Item
from lorgnette.session.attachment import Attachment


async def feed(attachment: Attachment, pcm: bytes, *, pace: float = 0.0) -> None:
    for start in range(0, len(pcm) - FRAME_BYTES + 1, FRAME_BYTES):
        attachment.audio(pcm[start : start + FRAME_BYTES], 0)
        await asyncio.sleep(pace)


async def speak_command(attachment: Attachment) -> None:
    await feed(attachment, quiet(0.3) + loud(1.0) + quiet(1.2))


def test_a_spoken_sentence_is_answered_in_the_ear_and_before_the_eyes(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.mind.pieces = [
            Display_("timer:1", Progress(title="Timer", due=300.0)),
            Done("timers", "set_timer", {"duration": 300}, "Timer, five minutes."),
            Say("Timer, five minutes."),
        ]
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        await speak_command(attachment)
        await until(lambda: glasses.of(events.TurnDone))
        done = glasses.of(events.TurnDone)[0]
        assert done.transcript == "set a timer for five minutes"
        assert done.reply == "Timer, five minutes."
        assert done.outcome == "done"
        assert done.tools[0]["tool"] == "set_timer"
        assert glasses.of(events.Show)[0].id == "timer:1"
        assert len(glasses.sound) >= 16_000 * 2
        order = [type(event).__name__ for event in glasses.events]
        wanted = ["Transcript", "SpeechBegin", "Sentence", "SentenceEnd", "SpeechEnd", "TurnDone"]
        positions = [order.index(name) for name in wanted]
        assert positions == sorted(positions)
        assert [event.state for event in glasses.of(events.State)] == [
            "listening",
            "idle",
            "thinking",
            "speaking",
            "idle",
        ]
        stages = [name for name, _, _ in done.stages]
        assert {"endpoint", "asr", "mind", "tts", "first_sound"} <= set(stages)
        assert ("heard", 0) in stage.memory.log
        await stage.sessions.close()

    loop_run(work())


def test_words_that_reach_the_ear_after_all_was_sent_are_heard_all_the_same(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.mind.pieces = [Say("Timer, five minutes.")]
        glasses, attachment = await stage.attach(plays=False)
        attachment.event(events.Typed("set a timer for five minutes"))
        await until(lambda: glasses.of(events.TurnDone))
        assert ("heard", 0) not in stage.memory.log
        attachment.event(events.Played(glasses.of(events.Sentence)[0].utterance, 0))
        assert ("heard", 0) in stage.memory.log
        await stage.sessions.close()

    loop_run(work())


def test_silence_starts_nothing_and_costs_no_task(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        await asyncio.sleep(0)
        before = len(asyncio.all_tasks())
        await feed(attachment, quiet(3.0))
        assert len(asyncio.all_tasks()) == before
        assert not glasses.of(events.Transcript)
        await stage.sessions.close()

    loop_run(work())


def test_speech_over_a_long_reply_ducks_and_then_stops_it(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 8.0
        stage.mind.pieces = [Say("A very long story. It goes on. And on.")]
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        attachment.event(events.Typed("tell me a story"))
        await until(lambda: len(glasses.sound) > 16_000)
        await feed(attachment, loud(0.5), pace=0.018)
        await until(lambda: glasses.of(events.SpeechEnd))
        assert glasses.of(events.SpeechEnd)[0].reason == "stopped"
        assert glasses.of(events.TurnDone)[0].outcome == "interrupted"
        assert len(glasses.sound) < 16_000 * 2 * 3, "eight seconds were cut short"
        points = {name: begin for name, begin, _ in glasses.of(events.TurnDone)[0].stages}
        assert points["duck"] < points["barge_in"]
        await stage.sessions.close()

    loop_run(work())


def test_a_half_duplex_device_does_not_hear_the_hub(loop_run) -> None:
    async def work() -> None:
        import msgspec
        from tests.session.stage import GLASSES

        from lorgnette.core.forms import Microphone

        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.6
        deaf = msgspec.structs.replace(GLASSES, microphone=Microphone(listen="always", aec="none"))
        glasses, attachment = await stage.attach(deaf)
        attachment.event(events.ListenStart("always"))
        attachment.event(events.Typed("what time is it"))
        await until(lambda: glasses.sound)
        await feed(attachment, loud(0.4), pace=0.015)
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.of(events.TurnDone)[0].outcome == "done"
        attachment.event(events.Typed("again"))
        await until(lambda: glasses.of(events.SpeechBegin)[1:])
        attachment.event(events.Touch("tap"))
        await until(lambda: glasses.of(events.TurnDone)[1:])
        assert glasses.of(events.TurnDone)[1].outcome == "interrupted"
        await stage.sessions.close()

    loop_run(work())


def test_push_to_talk_ends_by_itself_or_by_the_button(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("push"))
        await speak_command(attachment)
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.of(events.MicClose)[0].reason == "endpoint"
        attachment.event(events.ListenStart("push"))
        await feed(attachment, loud(0.8))
        await asyncio.sleep(0.05)
        attachment.event(events.ListenStop())
        await until(lambda: len(glasses.of(events.TurnDone)) == 2)
        await stage.sessions.close()

    loop_run(work())


def test_a_borderline_score_asks_and_a_yes_runs_it(loop_run) -> None:
    async def work() -> None:
        from dataclasses import replace

        from lorgnette.engines.canned import CannedStream
        from lorgnette.engines.protocols import Recognition

        class Doubtful(CannedStream):
            async def finish(self) -> Recognition:
                return replace(self._answer, decision="confirm")

            async def peek(self) -> Recognition | None:
                return None

        stage = Stage()
        stage.wiring.recognizer.open = lambda language: Doubtful("delete the list", 0, language)
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        await speak_command(attachment)
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.of(events.TurnDone)[0].reply == "Did you say: delete the list?"
        assert not stage.mind.requests, "nothing was done"
        assert glasses.of(events.MicOpen)
        attachment.event(events.Nod("yes"))
        await until(lambda: stage.mind.requests)
        assert stage.mind.requests[0].text == "delete the list"
        assert stage.mind.requests[0].audio
        await stage.sessions.close()

    loop_run(work())


def test_a_lost_connection_goes_on_from_the_last_heard_sentence(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.5
        stage.mind.pieces = [Say("First thing. Second thing. Third thing.")]
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("go"))
        await until(lambda: [one for one in glasses.of(events.Sentence) if one.index == 1])
        attachment.suspend()
        cut = len(glasses.events)
        await asyncio.sleep(0.1)
        attachment.resume()
        await until(lambda: glasses.of(events.TurnDone))
        again = [event.index for event in glasses.events[cut:] if isinstance(event, events.Sentence)]
        assert again == [1, 2]
        assert glasses.of(events.TurnDone)[0].outcome == "done"
        await stage.sessions.close()

    loop_run(work())


def test_after_a_dead_hub_the_unheard_sentences_are_said(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.memory.left = [Unfinished("t-old", "d1", "en", ("One.", "Two.", "Three."), 1)]
        glasses, _ = await stage.attach()
        await until(lambda: glasses.of(events.SpeechEnd))
        assert [event.text for event in glasses.of(events.Sentence)] == ["Two.", "Three."]
        assert ("heard", 2) in stage.memory.log
        await stage.sessions.close()

    loop_run(work())


def test_an_alarm_rings_over_an_answer_until_it_is_tapped(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.wiring.synthesizer.seconds = 0.3
        glasses, attachment = await stage.attach()
        stage.memory.scheduled = [Item(id="i1", kind="timer", label="pasta", status="ringing")]
        stage.sessions.schedule_changed("w1")
        await until(lambda: glasses.of(events.SpeechBegin))
        assert glasses.of(events.SpeechBegin)[0].kind == "alarm"
        await until(lambda: glasses.of(events.Sentence))
        assert "pasta" in glasses.of(events.Sentence)[0].text
        attachment.event(events.Touch("tap"))
        await until(lambda: ("dismissed",) in stage.memory.log)
        stage.sessions.schedule_changed("w1")
        await until(lambda: glasses.of(events.Hide))
        said = len(glasses.of(events.SpeechBegin))
        await asyncio.sleep(0.3)
        assert len(glasses.of(events.SpeechBegin)) == said
        await stage.sessions.close()

    loop_run(work())


def test_what_waits_in_the_inbox_is_said_once_when_a_device_comes(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.memory.messages = [Message("m1", "w1", "The washing is done.", "en")]
        glasses, _ = await stage.attach()
        await until(lambda: glasses.of(events.SpeechEnd))
        assert glasses.of(events.Sentence)[0].text == "The washing is done."
        assert stage.memory.log.count(("delivered", "m1")) == 1
        await stage.sessions.close()

    loop_run(work())


def test_a_mind_that_breaks_says_one_calm_sentence_and_the_session_lives(loop_run) -> None:
    async def work() -> None:
        async def boom() -> None:
            raise RuntimeError("a bug")

        stage = Stage()
        stage.mind.pieces = [boom]
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("x"))
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.of(events.TurnDone)[0].outcome == "failed"
        assert "try again" in glasses.of(events.TurnDone)[0].reply
        stage.mind.pieces = [Say("Fine.")]
        attachment.event(events.Typed("y"))
        await until(lambda: len(glasses.of(events.TurnDone)) == 2)
        assert glasses.of(events.TurnDone)[1].reply == "Fine."
        await stage.sessions.close()

    loop_run(work())


def test_a_voice_that_fails_still_shows_the_words(loop_run) -> None:
    async def work() -> None:
        stage = Stage()

        class Mute:
            name = "mute"
            languages = frozenset({"en"})

            async def speak(self, text: str, language: str, rate: float = 1.0):
                raise EngineError("no voice")
                yield b""

        object.__setattr__(stage.wiring, "synthesizer", Mute())
        glasses, attachment = await stage.attach()
        attachment.event(events.Typed("x"))
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.of(events.Sentence)[0].text == "Timer, five minutes."
        assert glasses.of(events.TurnDone)[0].outcome == "done"
        await stage.sessions.close()

    loop_run(work())


def test_two_devices_of_one_wearer_share_scenes_and_one_voice(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        stage.mind.pieces = [Display_("card", Progress(title="x")), Say("Done.")]
        first, _ = await stage.attach(id="d1")
        second, attachment = await stage.attach(id="d2")
        stranger, _ = await stage.attach(id="d3", wearer="w2")
        attachment.event(events.Typed("x"))
        await until(lambda: second.of(events.TurnDone))
        assert first.of(events.Show)
        assert second.of(events.Show)
        assert second.sound
        assert not first.sound
        assert not [
            event for event in stranger.events if not isinstance(event, events.Profile | events.VolumeChanged)
        ]
        await stage.sessions.close()

    loop_run(work())


def test_volume_by_swipe_reaches_every_device_and_the_store(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        glasses, attachment = await stage.attach()
        attachment.event(events.Touch("swipe_up"))
        await until(lambda: [one for one in stage.memory.log if one[0] == "wearer"])
        assert glasses.of(events.VolumeChanged)[-1].level == 0.8
        await stage.sessions.close()

    loop_run(work())


def test_a_closed_session_leaves_no_task_behind(loop_run) -> None:
    async def work() -> None:
        before = len(asyncio.all_tasks())
        stage = Stage()
        stage.wiring.synthesizer.seconds = 5.0
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        attachment.event(events.Typed("x"))
        await until(lambda: glasses.sound)
        await stage.sessions.close()
        await asyncio.sleep(0.05)
        assert len(asyncio.all_tasks()) == before

    loop_run(work())


__all__ = ["Glasses"]


def test_each_display_gets_a_scene_as_it_can_show_it(loop_run) -> None:
    async def work() -> None:
        from lorgnette.core.forms import Capabilities, Display

        stage = Stage()
        stage.mind.pieces = [Display_("timer:1", Progress(title="Tea", due=2e9, start=1e9)), Say("Done.")]
        text, _ = await stage.attach(
            Capabilities(form="text-hud", display=Display(kind="text", lines=4, columns=28)), id="d1"
        )
        png, _ = await stage.attach(
            Capabilities(form="text-hud", display=Display(kind="png", width=576, height=136, depth=1)),
            id="d2",
        )
        json_, attachment = await stage.attach(id="d3")
        attachment.event(events.Typed("x"))
        await until(lambda: json_.of(events.TurnDone))
        await until(lambda: [one for one in png.of(events.Show) if one.id == "timer:1"])
        pages = [one.pages for one in text.of(events.Show) if one.id == "timer:1"]
        assert any("Tea" in line for line in pages[0][0])
        assert png.of(events.Show)[0].image.startswith("data:image/png;base64,")
        assert json_.of(events.Show)[0].pages is None
        captions = [one.scene.text for one in text.of(events.Show) if one.id == "caption"]
        assert captions == ["Done."]
        await stage.sessions.close()

    loop_run(work())


def test_ears_that_fail_are_told_in_one_sentence(loop_run) -> None:
    async def work() -> None:
        from lorgnette.engines.canned import CannedStream

        class Deaf(CannedStream):
            async def peek(self):
                raise EngineError("the worker died")

            async def finish(self):
                raise EngineError("the worker died")

        stage = Stage()
        stage.wiring.recognizer.open = lambda language: Deaf("", 0, language)
        glasses, attachment = await stage.attach()
        attachment.event(events.ListenStart("always"))
        await speak_command(attachment)
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.of(events.TurnDone)[0].outcome == "failed"
        assert "say it again" in glasses.of(events.TurnDone)[0].reply
        await stage.sessions.close()

    loop_run(work())


def test_a_turn_that_runs_while_words_are_forgotten_is_forgotten_with_them(loop_run) -> None:
    async def work() -> None:
        stage = Stage()
        glasses, attachment = await stage.attach()
        session = stage.sessions.of("w1")
        assert session is not None
        going_on = asyncio.Event()
        stage.mind.pieces = [Say("It begins.", whole=True), going_on.wait, Say("It ends.", whole=True)]
        attachment.event(events.Typed("the walrus is ill"))
        await until(lambda: session.answering)
        session.forget(0.0)
        going_on.set()
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.of(events.TurnDone)[-1].reply == "It begins. It ends."
        stage.mind.pieces = [Say("Nothing.")]
        attachment.event(events.Typed("what did I say"))
        await until(lambda: len(stage.mind.requests) == 2)
        assert stage.mind.requests[1].history == ()
        await stage.sessions.close()

    loop_run(work())
