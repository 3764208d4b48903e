import asyncio
from contextlib import aclosing

import numpy as np
import pytest
from tests.engines.remote.double import tone
from tests.engines.server import nobody
from tests.engines.tts.asking import refused

from engines.wyoming.double import SOUND, line, saying, serving, until
from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Synthesizer
from lorgnette.engines.wyoming.synthesizer import WyomingSynthesizer

TONE = tone(1, 22_050)
START, STOP = line("audio-start", SOUND), line("audio-stop")
VOICES = {
    "tts": [
        {
            "voices": [
                {"name": "en_US-amy", "languages": ["en_US"], "installed": True},
                {"name": "de_DE-thorsten", "languages": ["de_DE"], "installed": True},
            ]
        }
    ]
}


def chunk(data: bytes, **sound: int) -> bytes:
    return line("audio-chunk", SOUND | sound, data)


def say(loop_run, *scripts, voice="v", **settings):
    """The sound of one sentence, and the engine's health."""

    async def run():
        async with serving(*scripts) as double:
            engine: Synthesizer = WyomingSynthesizer(double.url, voice, **settings)
            try:
                return b"".join([part async for part in engine.speak("Guten Tag.", "de")]), engine.health()
            finally:
                await engine.aclose()

    return loop_run(run())


def fails(loop_run, *scripts, **settings) -> EngineError:
    with pytest.raises(EngineError) as caught:
        say(loop_run, *scripts, **settings)
    return caught.value


def test_sound_of_another_rate_comes_out_at_16_khz_however_it_is_split(loop_run):
    parts = [chunk(TONE[begin : begin + 999]) for begin in range(0, len(TONE), 999)]
    sound, health = say(loop_run, saying(START, *parts, STOP, after="synthesize"))
    samples = np.frombuffer(sound, np.int16).astype(np.float32)
    assert len(samples) / 16_000 == pytest.approx(1.0, abs=0.01)
    assert np.argmax(np.abs(np.fft.rfft(samples))) * 16_000 / len(samples) == pytest.approx(440, abs=2)
    assert health.done == 1


def test_two_channels_are_mixed_and_a_start_is_not_needed(loop_run):
    pairs = np.repeat(np.frombuffer(tone(0.5, 16_000), np.int16), 2).tobytes()
    sound, _ = say(loop_run, saying(chunk(pairs, rate=16_000, channels=2) + STOP, after="synthesize"))
    assert sound == tone(0.5, 16_000)


def test_the_first_voice_of_the_language_is_asked_for_by_name(loop_run):
    heard = []

    async def speaking(reader, writer):
        heard.extend(await until(reader, "synthesize"))
        writer.write(START + chunk(TONE) + STOP)

    say(loop_run, saying(line("info", VOICES), after="describe"), speaking, voice="")
    assert heard[0][1] == {"text": "Guten Tag.", "voice": {"name": "de_DE-thorsten", "language": "de"}}


def test_a_named_voice_and_speaker_are_asked_for_without_asking_what_there_is(loop_run):
    heard = []

    async def speaking(reader, writer):
        heard.extend(await until(reader, "synthesize"))
        writer.write(START + chunk(TONE) + STOP)

    say(loop_run, speaking, voice="x", speaker="p1")
    assert heard[0][1]["voice"] == {"name": "x", "speaker": "p1", "language": "de"}


def test_a_refused_connection_is_an_error(loop_run):
    assert loop_run(refused(lambda: WyomingSynthesizer(f"tcp://127.0.0.1:{nobody()}"))).retryable


def test_a_sentence_cut_in_the_middle_is_an_error(loop_run):
    assert "hung up" in fails(loop_run, saying(START, chunk(TONE), after="synthesize")).detail


def test_a_server_that_says_nothing_is_given_up(loop_run):
    error = fails(loop_run, saying(START, after="synthesize", hang=True), timeout=0.2)
    assert "silent" in error.detail


@pytest.mark.parametrize(
    "answer",
    [
        START + STOP,
        STOP,
        line("error", {"text": "no such voice"}),
        line("audio-start", {"rate": 22_050}) + STOP,
        line("audio-start", SOUND | {"width": 4}) + chunk(TONE, width=4) + STOP,
        line("audio-start", SOUND | {"rate": 1}) + STOP,
        chunk(TONE, channels=7) + STOP,
        b'{"type": "audio-chunk", "payload_length": 99999999}\n',
        b'{"type": "audio-chunk", "data_length": 3}\nabc',
    ],
)
def test_what_is_no_sound_is_an_error(loop_run, answer):
    fails(loop_run, saying(answer, after="synthesize"))


def test_a_voice_that_never_ends_is_cut_off(loop_run):
    parts = [chunk(bytes(960_000), rate=8_000)] * 12
    error = fails(loop_run, saying(*parts, after="synthesize", hang=True))
    assert "come to an end" in error.detail


def test_closing_the_stream_hangs_up_at_once(loop_run):
    async def run():
        parts = [START, *[chunk(tone(0.1, 22_050))] * 1000]
        async with serving(saying(*parts, after="synthesize", pause=0.02)) as double:
            engine = WyomingSynthesizer(double.url, "v")
            async with aclosing(engine.speak("x", "en")) as sound:
                async for _ in sound:
                    break
            async with asyncio.timeout(2):
                await double.gone.wait()
            health = engine.health()
            await engine.aclose()
            return health

    health = loop_run(run())
    assert (health.running, health.skipped, health.failed) == (0, 1, 0)
