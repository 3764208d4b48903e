"""The mode "wake", whole: a device waits for a word, is woken, hears one utterance, and waits again."""

import asyncio
import dataclasses
from collections.abc import Callable

from tests.session.stage import GLASSES, Glasses, Stage, loud, quiet, until

from lorgnette.core import events
from lorgnette.core.audio import FRAME_BYTES
from lorgnette.core.forms import Capabilities, Microphone, Speaker
from lorgnette.engines.health import EngineState, Health
from lorgnette.engines.protocols import Wake
from lorgnette.session.attachment import Attachment
from lorgnette.session.ears import WOKEN_NOBODY
from lorgnette.session.sessions import Sessions

HALF_DUPLEX = Capabilities(microphone=Microphone(listen="wake", aec="none"), speaker=Speaker())


class Detector:
    """Hears nothing by itself; `say` is the word that has just ended."""

    name = "double"
    words = ("hey double",)

    def __init__(self, state: EngineState = "ready") -> None:
        self.windows: dict[int, int] = {}
        self._heard: dict[int, Callable[[Wake], None]] = {}
        self._state: EngineState = state

    def start(self) -> None: ...

    async def aclose(self) -> None: ...

    def health(self) -> Health:
        return Health(self.name, self._state)

    def open(self, heard: Callable[[Wake], None]) -> int:
        slot = len(self._heard) + 1
        self._heard[slot], self.windows[slot] = heard, 0
        return slot

    def submit(self, slot: int, window: bytes) -> None:
        self.windows[slot] += 1

    def reset(self, slot: int) -> None: ...

    def close(self, slot: int) -> None:
        del self._heard[slot]

    @property
    def slots(self) -> int:
        return len(self._heard)

    def say(self, slot: int = 1) -> None:
        self._heard[slot](Wake("hey double", 0.9, self.windows[slot]))


class Waiting:
    """A stage whose devices wait for a word."""

    def __init__(self, detector: Detector | None) -> None:
        self.stage = Stage()
        self.stage.wiring = dataclasses.replace(self.stage.wiring, wake=detector)
        self.stage.sessions = Sessions(self.stage.wiring)

    async def device(
        self, capabilities: Capabilities = GLASSES, id: str = "d1"
    ) -> tuple[Glasses, Attachment]:
        glasses, attachment = await self.stage.attach(capabilities, id=id)
        attachment.event(events.ListenStart("wake"))
        return glasses, attachment


async def feed(attachment: Attachment, pcm: bytes) -> None:
    for start in range(0, len(pcm) - FRAME_BYTES + 1, FRAME_BYTES):
        attachment.audio(pcm[start : start + FRAME_BYTES], 0)
        await asyncio.sleep(0)
    await asyncio.sleep(0.02)


def states(glasses: Glasses) -> list[str]:
    return [event.state for event in glasses.of(events.State)]


def test_without_the_word_nothing_is_heard_whatever_is_said(loop_run) -> None:
    async def work() -> None:
        detector = Detector()
        waiting = Waiting(detector)
        glasses, attachment = await waiting.device()
        await feed(attachment, quiet(0.3) + loud(1.0) + quiet(1.2))
        assert detector.windows[1] > 20
        assert waiting.stage.mind.requests == []
        assert states(glasses) == []
        assert attachment.ears is not None
        assert attachment.ears.utterance is None

    loop_run(work())


def test_after_the_word_one_utterance_is_heard_and_then_it_waits_again(loop_run) -> None:
    async def work() -> None:
        detector = Detector()
        waiting = Waiting(detector)
        glasses, attachment = await waiting.device()
        for turn in (1, 2):
            await feed(attachment, quiet(0.3) + loud(0.5) + quiet(0.3))
            detector.say()
            assert states(glasses)[-1] == "listening"
            await feed(attachment, quiet(0.4) + loud(1.0) + quiet(1.2))
            await until(lambda turn=turn: len(glasses.of(events.TurnDone)) == turn)
            assert attachment.ears is not None
            assert attachment.ears.mode == "wake"
        assert [event.name for event in glasses.of(events.Earcon)] == ["listening"] * 2
        assert glasses.of(events.MicClose) == [], "the microphone stays open"
        await feed(attachment, quiet(0.3) + loud(1.0) + quiet(1.2))
        assert len(waiting.stage.mind.requests) == 2

    loop_run(work())


def test_what_follows_the_word_without_a_pause_is_heard_from_its_begin(loop_run) -> None:
    async def work() -> None:
        detector = Detector()
        waiting = Waiting(detector)
        glasses, attachment = await waiting.device()
        await feed(attachment, quiet(0.3) + loud(0.5))
        word = detector.windows[1]
        await feed(attachment, loud(0.6))
        detector._heard[1](Wake("hey double", 0.9, word, tail=0.2))
        await feed(attachment, loud(0.6) + quiet(1.2))
        await until(lambda: glasses.of(events.TurnDone))
        audio = waiting.stage.mind.requests[0].audio
        assert audio is not None
        spoken = sum(1 for at in range(0, len(audio) - 1, 2) if audio[at + 1] not in (0, 255)) / 16_000
        assert 1.1 < spoken < 1.5, "1.2 s after the word and 0.2 s of its end"

    loop_run(work())


def test_the_end_of_the_word_alone_is_no_utterance(loop_run) -> None:
    async def work() -> None:
        detector = Detector()
        waiting = Waiting(detector)
        glasses, attachment = await waiting.device()
        await feed(attachment, quiet(0.3) + loud(0.5))
        detector._heard[1](Wake("hey double", 0.9, detector.windows[1], tail=0.1))
        await feed(attachment, quiet(1.5))
        assert attachment.ears is not None
        assert attachment.ears.mode == "push", "it still listens"
        await feed(attachment, loud(1.0) + quiet(1.2))
        await until(lambda: glasses.of(events.TurnDone))
        assert len(waiting.stage.mind.requests) == 1

    loop_run(work())


def test_a_false_alarm_closes_without_a_word(loop_run) -> None:
    async def work() -> None:
        detector = Detector()
        waiting = Waiting(detector)
        glasses, attachment = await waiting.device()
        await feed(attachment, quiet(0.3) + loud(0.5))
        detector.say()
        await feed(attachment, quiet(WOKEN_NOBODY + 0.5))
        assert attachment.ears is not None
        assert attachment.ears.mode == "wake"
        assert states(glasses)[-1] == "idle"
        assert glasses.of(events.TurnDone) == []
        assert glasses.of(events.Sentence) == []
        assert glasses.of(events.MicClose) == []

    loop_run(work())


def test_that_sentence_is_in_the_language_which_is_spoken_there(loop_run) -> None:
    async def work() -> None:
        waiting = Waiting(None)
        glasses, attachment = await waiting.stage.attach()
        attachment.language = "de"
        attachment.event(events.ListenStart("wake"))
        await until(lambda: glasses.of(events.TurnDone))
        assert [one for one in glasses.of(events.Sentence) if "Weckwort" in one.text]

    loop_run(work())


def test_without_an_engine_one_sentence_says_so_and_the_microphone_is_shut(loop_run) -> None:
    async def work(detector: Detector | None) -> None:
        waiting = Waiting(detector)
        assert waiting.stage.sessions.wake_words == ()
        glasses, attachment = await waiting.device()
        attachment.event(events.ListenStart("wake"))
        assert [event.reason for event in glasses.of(events.MicClose)] == ["cancelled"] * 2
        await until(lambda: glasses.of(events.TurnDone))
        assert len([one for one in glasses.of(events.Sentence) if "wake word" in one.text]) == 1
        await feed(attachment, quiet(0.3) + loud(1.0) + quiet(1.2))
        assert waiting.stage.mind.requests == []

    loop_run(work(None))
    loop_run(work(Detector("failing")))


def test_of_two_devices_that_hear_the_word_the_first_is_woken(loop_run) -> None:
    async def work() -> None:
        detector = Detector()
        waiting = Waiting(detector)
        first, one = await waiting.device(id="d1")
        second, two = await waiting.device(id="d2")
        for attachment in (one, two):
            await feed(attachment, quiet(0.3) + loud(0.5))
        detector.say(1)
        detector.say(2)
        assert one.ears is not None
        assert two.ears is not None
        assert (one.ears.mode, two.ears.mode) == ("push", "wake")
        assert len(first.of(events.Earcon)) == 1
        assert second.of(events.Earcon) == []

    loop_run(work())


def test_the_word_interrupts_what_is_being_said(loop_run) -> None:
    async def work() -> None:
        detector = Detector()
        waiting = Waiting(detector)
        glasses, attachment = await waiting.device()
        attachment.event(events.Typed("hello"))
        await until(lambda: glasses.of(events.Sentence))
        await feed(attachment, loud(0.5))
        detector.say()
        await until(lambda: glasses.of(events.SpeechEnd))
        assert glasses.of(events.SpeechEnd)[0].reason == "stopped"
        assert attachment.ears is not None
        assert attachment.ears.mode == "push"

    loop_run(work())


def test_where_hub_and_wearer_take_turns_no_sound_makes_the_ear_deaf(loop_run) -> None:
    async def work() -> None:
        detector = Detector()
        waiting = Waiting(detector)
        glasses, attachment = await waiting.device(HALF_DUPLEX)
        await feed(attachment, quiet(0.3) + loud(0.5))
        detector.say()
        assert [event.name for event in glasses.of(events.Earcon)] == ["listening"]
        assert bytes(glasses.sound) == b""
        await feed(attachment, loud(1.0) + quiet(1.2))
        await until(lambda: glasses.of(events.TurnDone))
        assert len(waiting.stage.mind.requests) == 1

    loop_run(work())


def test_a_tap_and_a_push_open_it_without_the_word(loop_run) -> None:
    async def work() -> None:
        waiting = Waiting(Detector())
        glasses, attachment = await waiting.device()
        ears = attachment.ears
        assert ears is not None
        attachment.event(events.Touch("tap"))
        assert ears.mode == "push"
        assert glasses.of(events.MicOpen) == []
        await feed(attachment, loud(1.0) + quiet(1.2))
        await until(lambda: len(waiting.stage.mind.requests) == 1)
        assert ears.mode == "wake"
        attachment.event(events.ListenStart("push"))
        assert ears.mode == "push"
        attachment.event(events.ListenStart("wake"))
        assert ears.mode == "push", "what is asked for meanwhile holds after the utterance"
        await feed(attachment, loud(1.0) + quiet(1.2))
        await until(lambda: len(waiting.stage.mind.requests) == 2)
        assert ears.mode == "wake"

    loop_run(work())


def test_stopping_and_leaving_end_the_waiting(loop_run) -> None:
    async def work() -> None:
        detector = Detector()
        waiting = Waiting(detector)
        _, attachment = await waiting.device()
        ears = attachment.ears
        assert ears is not None
        attachment.event(events.ListenStop())
        assert ears.mode == "closed"
        attachment.event(events.ListenStart("gate"))
        attachment.event(events.ListenStart("wake"))
        assert ears.mode == "wake"
        attachment.event(events.ListenStart("gate"))
        assert ears.mode == "gate"
        assert not ears.waiting
        attachment.event(events.ListenStart("wake"))
        assert detector.slots == 1
        attachment.detach()
        assert detector.slots == 0

    loop_run(work())
