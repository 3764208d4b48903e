"""Whole turns through a hub whose ears and voice are elsewhere, and fail there in every way."""

from array import array

import pytest
from tests.engines.remote.double import SpeechDouble, tone
from tests.engines.server import serving

from lorgnette.app import Hub, HubSettings
from lorgnette.core import events
from lorgnette.engines.registry import EngineChoice
from lorgnette.session.local import LocalDevice

FAULTS = {
    "broken": lambda d: d.then_status(500),
    "slow": lambda d: d.then(tone(0.1, 24_000), pause=30),
    "cut": lambda d: d.then(tone(0.3, 24_000), cut=True),
    "malformed": lambda d: d.then(b"<html>", type="text/html"),
}


class Witness(LocalDevice):
    """Keeps every event."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.seen: list[object] = []

    def send(self, event: events.ToDevice) -> None:
        self.seen.append(event)
        super().send(event)

    @property
    def notices(self) -> list[str]:
        return [event.text for event in self.seen if isinstance(event, events.Notice)]


def question() -> bytes:
    """Loud for the energy detector; what was said is up to the recogniser."""
    return bytes(16_000) + array("h", tone(1.0, 16_000)).tobytes() + bytes(16_000)


def engines(ears: SpeechDouble, voice: SpeechDouble) -> EngineChoice:
    return EngineChoice(
        vad=("energy",),
        asr=("openai", "canned"),
        tts=("openai", "canned"),
        settings={
            "asr.openai": {"url": ears.url, "timeout": 2.0},
            "tts.openai": {"url": voice.url, "timeout": 2.0},
            "asr.canned": {"text": "what's the date"},
        },
    )


def turns(loop_run, fault: str, at: str):
    """Two turns, the second with a fault at the ears or the voice: results, notices, seconds of sound."""

    async def run():
        async with serving(SpeechDouble()) as ears, serving(SpeechDouble()) as voice:
            ears.then_text("What time is it?")
            voice.then(tone(1.0, 24_000))
            settings = HubSettings(engines=engines(ears, voice), realtime=False)
            async with Hub.open(settings) as hub:
                owner = await hub.people.owner()
                async with Witness(hub.sessions, owner.id) as device:
                    device.keep_speech = True
                    first = await device.recorded(question())
                    sound = len(device.speech) / 32_000
                    if fault:
                        server = ears if at == "ears" else voice
                        server.scripts.clear()
                        FAULTS[fault](server)
                    second = await device.recorded(question())
                    return [*first, *second], device.notices, sound

    return loop_run(run())


def test_a_hub_hears_and_speaks_with_engines_elsewhere(loop_run):
    results, notices, sound = turns(loop_run, "", "")
    assert [result["transcript"] for result in results] == ["What time is it?"] * 2
    assert [result["outcome"] for result in results] == ["done"] * 2
    assert sound >= 1.0
    assert not notices


@pytest.mark.parametrize("fault", ["slow", "malformed"])
def test_ears_that_fail_cost_one_sentence_and_no_turn(loop_run, fault):
    results, notices, _ = turns(loop_run, fault, "ears")
    assert [result["transcript"] for result in results] == ["What time is it?", "what's the date"]
    assert len(notices) == 1


@pytest.mark.parametrize("fault", ["broken", "cut"])
def test_a_voice_that_fails_costs_one_sentence_and_no_turn(loop_run, fault):
    results, notices, _ = turns(loop_run, fault, "voice")
    assert [result["transcript"] for result in results] == ["What time is it?"] * 2
    assert all(result["reply"] for result in results)
    assert len(notices) == 1
