"""Words while one speaks: on every display of the wearer, taken back where nothing came of them."""

import asyncio
from dataclasses import replace

from tests.engines.asr.dictation import Dictation, dictating
from tests.session.stage import Stage, loud, quiet, until

from lorgnette.core import events
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker
from lorgnette.core.scenes import Caption
from lorgnette.engines.chain import FallbackRecognizer
from lorgnette.session.sessions import Sessions

FRAME = 640
HUD = Capabilities(form="text-hud", display=Display(kind="text", lines=3, columns=20))
TALKER = Capabilities(form="ar", microphone=Microphone(listen="always"), speaker=Speaker(), display=Display())


async def speak(attachment, sound: bytes, *, pace: float = 0.002) -> None:
    for begin in range(0, len(sound), FRAME):
        attachment.audio(sound[begin : begin + FRAME], 0)
        await asyncio.sleep(pace)


def staged(engine=None) -> Stage:
    stage = Stage()
    stage.wiring = replace(stage.wiring, recognizer=engine or dictating())
    stage.sessions = Sessions(stage.wiring)
    return stage


def test_words_are_shown_while_one_speaks_and_the_transcript_takes_their_place(loop_run) -> None:
    async def work() -> None:
        stage = staged()
        glasses, attachment = await stage.attach(TALKER)
        hud, _ = await stage.attach(HUD, id="d2")
        attachment.event(events.ListenStart("always"))
        await speak(attachment, loud(2.5))
        seen = [event.text for event in glasses.of(events.Partial)]
        assert len(seen) >= 3
        assert seen == list(dict.fromkeys(seen)), "each once, the newest last"
        assert seen[0].startswith("set")
        assert not glasses.of(events.Transcript)
        shown = [event for event in hud.of(events.Show) if event.id == "caption"]
        assert [event.scene.text for event in shown] == [event.text for event in hud.of(events.Partial)]
        assert not any(event.scene.final for event in shown)
        await speak(attachment, quiet(1.5))
        await until(lambda: glasses.of(events.TurnDone))
        words = glasses.of(events.Transcript)[0].text
        assert words.startswith(seen[-1])
        captions = [event.scene for event in hud.of(events.Show) if isinstance(event.scene, Caption)]
        assert next(each for each in captions if each.final).text == words
        assert glasses.of(events.Partial)[-1].text, "nothing was taken back"
        await stage.sessions.close()
        await stage.wiring.recognizer.aclose()

    loop_run(work())


def test_what_is_cancelled_in_mid_sentence_leaves_every_display(loop_run) -> None:
    async def work() -> None:
        stage = staged()
        glasses, attachment = await stage.attach(TALKER)
        hud, _ = await stage.attach(HUD, id="d2")
        attachment.event(events.ListenStart("always"))
        await speak(attachment, loud(1.5))
        assert glasses.of(events.Partial)
        attachment.ears.cancel()
        assert glasses.of(events.Partial)[-1].text == ""
        assert hud.of(events.Hide)[-1].id == "caption"
        await stage.sessions.close()
        await stage.wiring.recognizer.aclose()

    loop_run(work())


def test_words_of_an_engine_that_breaks_are_replaced_by_the_next_ones(loop_run) -> None:
    async def work() -> None:
        chain = FallbackRecognizer(
            [dictating(Dictation(breaks_after=40_000), "first"), dictating(name="second")]
        )
        stage = staged(chain)
        glasses, attachment = await stage.attach(TALKER)
        attachment.event(events.ListenStart("always"))
        await speak(attachment, loud(3.0))
        await speak(attachment, quiet(1.5))
        await until(lambda: glasses.of(events.TurnDone))
        assert glasses.of(events.Partial)
        assert len(glasses.of(events.Transcript)[0].text.split()) >= 6, "all of it, by the second"
        await stage.sessions.close()
        for engine in chain.engines:
            await engine.aclose()

    loop_run(work())


def test_an_idle_session_costs_a_streaming_engine_nothing(loop_run) -> None:
    async def work() -> None:
        model = Dictation()
        stage = staged(dictating(model))
        _, attachment = await stage.attach(TALKER)
        attachment.event(events.ListenStart("always"))
        before = len(asyncio.all_tasks())
        await speak(attachment, quiet(2.0), pace=0)
        assert stage.wiring.recognizer.health().state == "off"
        assert (model.opened, model.batches) == (0, [])
        assert len(asyncio.all_tasks()) <= before
        await stage.sessions.close()

    loop_run(work())
