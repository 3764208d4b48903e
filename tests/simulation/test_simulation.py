"""Three simulated devices against a whole hub, and the parts that make them."""

import asyncio
import math
import random
from array import array

import pytest
from tests.hubs import Running, running

from lorgnette.app import HubSettings
from lorgnette.core.audio import FRAME_BYTES, RATE
from lorgnette.core.errors import ConfigError
from lorgnette.engines.registry import EngineChoice
from lorgnette.simulation import (
    Clip,
    Crowd,
    EchoPath,
    Figures,
    Glasses,
    Part,
    Plan,
    Room,
    Wearer,
    background,
    cut,
    number,
)

LONG_REPLIES = EngineChoice(
    vad=("energy",), asr=("canned",), tts=("canned",), settings={"tts.canned": {"seconds": 6.0}}
)


def hum(seconds: float, level: float = 9000.0) -> bytes:
    count = int(seconds * RATE)
    return array("h", (int(level * math.sin(n * 0.09) * math.sin(n * 0.004)) for n in range(count))).tobytes()


def clip(seconds: float = 0.8) -> Clip:
    [one] = cut(bytes(RATE) + hum(seconds) + bytes(RATE))
    return one


async def simulate(
    here: Running, plan: Plan, seconds: float, *, devices: int = 3, until: str = ""
) -> Figures:
    figures = Figures()
    noise = background()
    members = [
        Glasses(here.url, token, plan, [clip()], noise, figures, each)
        for each, token in enumerate(await here.hub.front.simulated(devices))
    ]
    async with Crowd(members, figures) as crowd:
        assert crowd.arrived == devices
        async with asyncio.timeout(30):
            await crowd.run(seconds)
            while until and figures.counts[until] < devices:
                await crowd.run(0.5)
    return figures


def test_every_device_gets_answers_and_nobody_stays_behind(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            figures = await simulate(here, Plan(share=0.4), 1.0, until="turns")
            assert figures.counts["transcripts"] >= 3
            assert figures.counts["errors"] == 0
            assert all(milliseconds > 200 for milliseconds in figures.times["first_sound"])
            assert await here.hub.front.forget_simulated() == 3
            assert here.hub.front.status()["links"] == 0
            assert here.hub.front.status()["sessions"] == 0
            assert len(await here.hub.people.all()) == 1, "the owner alone is left"

    loop_run(work())


def test_a_line_that_drops_resumes_and_goes_on(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            plan = Plan(share=0.0, reconnect=0.6, away=0.1)
            figures = await simulate(here, plan, 1.0, until="reconnects")
            assert figures.counts["resumed"] == figures.counts["reconnects"]
            assert figures.counts["errors"] == 0
            await here.hub.front.forget_simulated()

    loop_run(work())


def test_lost_and_late_frames_are_no_error(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            plan = Plan(share=0.5, loss=0.05, jitter=0.04)
            figures = await simulate(here, plan, 1.0, until="turns")
            assert figures.counts["lost"] > 0
            assert figures.counts["errors"] == 0
            await here.hub.front.forget_simulated()

    loop_run(work())


def test_speech_over_a_reply_is_found_as_a_barge_in(loop_run) -> None:
    async def work() -> None:
        async with running(HubSettings(engines=LONG_REPLIES)) as here:
            plan = Plan(share=0.0, ask="what time is it", barge_in=1.0)
            figures = await simulate(here, plan, 1.0, until="barge_ins_found")
            assert figures.counts["self_interruptions"] == 0
            assert figures.of("duck", 0.5) < figures.of("stop", 0.5)
            await here.hub.front.forget_simulated()

    loop_run(work())


@pytest.mark.parametrize("aec", ["hub", "none"])
def test_the_hub_does_not_interrupt_itself_by_its_echo(loop_run, aec) -> None:
    async def work() -> None:
        engines = EngineChoice(vad=("silero",), asr=("canned",), tts=("espeak",))
        async with running(HubSettings(engines=engines)) as here:
            plan = Plan(share=0.0, ask="what time is it", echo=EchoPath(-20.0, 120.0), aec=aec)
            figures = await simulate(here, plan, 4.0)
            assert figures.counts["replies"] >= 3
            assert figures.counts["ghosts"] == figures.counts["self_interruptions"] == 0
            await here.hub.front.forget_simulated()

    loop_run(work())


# ── the parts ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_room_gives_back_what_was_played_later_and_fainter() -> None:
    room = Room(EchoPath(-20.0, 100.0))
    room.played(hum(0.02), 1_000_000)
    quiet = bytes(FRAME_BYTES)
    assert room.heard(quiet, 1_000_000) == quiet
    back = array("h", room.heard(quiet, 1_100_000))
    played = array("h", hum(0.02))
    assert max(abs(a - b / 10) for a, b in zip(back, played, strict=True)) <= 1
    assert room.heard(quiet, 1_100_000) == quiet, "an echo is heard once"


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 1.0])
def test_a_wearer_speaks_as_much_as_it_should(share) -> None:
    wearer = Wearer([clip()], background(), share, random.Random(5))
    spoken = 0
    for _ in range(30_000):
        wearer.frame()
        spoken += wearer.speaking
    assert spoken / 30_000 == pytest.approx(share, abs=0.04)


def test_a_wearer_who_says_nothing_speaks_when_told_to() -> None:
    wearer = Wearer([clip()], background(), 0.0, random.Random(5))
    assert {wearer.frame()[1] for _ in range(500)} == {Part.QUIET}
    wearer.speak_in(3)
    parts = [wearer.frame()[1] for _ in range(200)]
    assert parts.count(Part.BEGIN) == parts.count(Part.END) == 1
    assert parts.index(Part.BEGIN) < parts.index(Part.END)


def test_a_recording_is_cut_at_its_pauses() -> None:
    clips = cut(hum(0.6) + bytes(RATE) + hum(0.9) + bytes(RATE // 2))
    assert len(clips) == 2
    assert [round((one.end - one.begin) / 50, 1) for one in clips] == [0.6, 0.9]


@pytest.mark.parametrize("text", ["20", "-20dB", "+3dB,10ms", "-20dB,2s", "-20dB,5000ms", ""])
def test_a_wrong_echo_is_refused_with_its_form(text) -> None:
    with pytest.raises(ConfigError):
        EchoPath.parse(text)


def test_numbers_may_carry_their_unit() -> None:
    assert EchoPath.parse("-20dB,120ms") == EchoPath(-20.0, 120.0)
    assert number("2%", "%") == number("2", "%") == 2.0
    with pytest.raises(ConfigError):
        number("many", "%")
