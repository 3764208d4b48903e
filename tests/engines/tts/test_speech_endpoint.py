import asyncio
from contextlib import aclosing

import numpy as np
import pytest
from tests.engines.remote.double import SpeechDouble, tone, wave_head
from tests.engines.server import nobody, serving
from tests.engines.tts.asking import refused, waited

from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Synthesizer
from lorgnette.engines.tts.speech_endpoint import SpeechEndpoint


def say(loop_run, prepare, rate=1.0, **settings):
    """The chunks of one sentence, the double, and the engine's health."""

    async def run():
        async with serving(SpeechDouble()) as double:
            prepare(double)
            voice: Synthesizer = SpeechEndpoint(double.url, **settings)
            try:
                return (
                    [chunk async for chunk in voice.speak("Guten Tag.", "de", rate)],
                    double,
                    voice.health(),
                )
            finally:
                await voice.aclose()

    return loop_run(run())


def fails(loop_run, prepare, **settings) -> EngineError:
    with pytest.raises(EngineError) as caught:
        say(loop_run, prepare, **settings)
    return caught.value


def hertz(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, np.int16).astype(np.float32)
    return float(np.argmax(np.abs(np.fft.rfft(samples)))) * 16_000 / len(samples)


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[begin : begin + size] for begin in range(0, len(data), size)]


def test_pcm_at_24_khz_comes_out_at_16_however_it_is_split(loop_run):
    chunks, double, health = say(loop_run, lambda d: d.then(*pieces(tone(1, 24_000), 1501)), rate=1.25)
    sound = b"".join(chunks)
    assert len(sound) / 32_000 == pytest.approx(1.0, abs=0.01)
    assert hertz(sound) == pytest.approx(440, abs=2)
    assert double.requests == [
        {"model": "tts-1", "voice": "alloy", "response_format": "pcm", "input": "Guten Tag.", "speed": 1.25}
    ]
    assert (health.state, health.done) == ("ready", 1)


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (22_050, 1), (48_000, 2)])
def test_a_wav_header_says_what_follows_whatever_was_asked_for(loop_run, rate, channels):
    mono = tone(1, rate)
    data = np.repeat(np.frombuffer(mono, np.int16), channels).tobytes()
    whole = wave_head(rate, channels) + data
    chunks, _, _ = say(loop_run, lambda d: d.then(whole[:7], whole[7:30], whole[30:], type="audio/wav"))
    assert len(b"".join(chunks)) / 32_000 == pytest.approx(1.0, abs=0.03)
    assert hertz(b"".join(chunks)) == pytest.approx(440, abs=2)


def test_what_stands_behind_the_sound_of_a_wav_file_is_not_played(loop_run):
    data = tone(0.5, 16_000)
    whole = wave_head(16_000, size=len(data)) + data
    chunks, _, _ = say(loop_run, lambda d: d.then(whole, b"LIST" * 5000, type="audio/wav"), format="wav")
    assert b"".join(chunks) == data


def test_the_first_sound_is_there_before_the_last_is_made(loop_run):
    async def run():
        async with serving(SpeechDouble()) as double:
            double.then(*pieces(tone(1, 24_000), 4800), pause=0.1)
            voice = SpeechEndpoint(double.url)
            return await waited(voice)

    first, whole = loop_run(run())
    assert whole > 0.9
    assert first < whole / 2


@pytest.mark.parametrize("status", [429, 500])
def test_a_busy_server_is_asked_again_before_the_first_sound(loop_run, status):
    def prepare(double: SpeechDouble) -> None:
        double.then_status(status)
        double.then(tone(0.1, 24_000))

    chunks, double, _ = say(loop_run, prepare)
    assert chunks
    assert len(double.requests) == 2


def test_a_refused_connection_is_an_error(loop_run):
    assert loop_run(refused(lambda: SpeechEndpoint(f"http://127.0.0.1:{nobody()}/v1"))).retryable


def test_a_server_that_says_nothing_is_given_up(loop_run):
    error = fails(loop_run, lambda d: d.then(tone(0.1, 24_000), pause=30), timeout=0.3)
    assert "silent" in error.detail


def test_a_stream_cut_in_the_middle_is_an_error_after_what_came(loop_run):
    async def run():
        async with serving(SpeechDouble()) as double:
            double.then(tone(0.5, 24_000), cut=True)
            voice = SpeechEndpoint(double.url)
            got = b""
            try:
                async for chunk in voice.speak("x", "en"):
                    got += chunk
            except EngineError as error:
                return len(got), error.retryable, len(double.requests)
            finally:
                await voice.aclose()

    size, retryable, requests = loop_run(run())
    assert size > 0.4 * 32_000
    assert retryable
    assert requests == 1


def test_a_wav_file_that_is_shorter_than_it_says_was_cut(loop_run):
    whole = wave_head(16_000, size=32_000) + tone(0.5, 16_000)
    assert "broke off" in fails(loop_run, lambda d: d.then(whole, type="audio/wav")).detail


@pytest.mark.parametrize(
    ("data", "type"),
    [
        (b'{"error": "no such voice"}', "application/json"),
        (b"\xff\xf3\x44\xc4" * 100, "audio/mpeg"),
        (b"OggS" * 100, "audio/ogg"),
        (wave_head(16_000, kind=3, bits=32) + b"\0" * 100, "audio/wav"),
        (wave_head(16_000, bits=8) + b"\0" * 100, "audio/wav"),
        (wave_head(1_000) + b"\0" * 100, "audio/wav"),
        (wave_head(16_000, channels=6) + b"\0" * 100, "audio/wav"),
        (b"RIFF\0\0\0\0AVI " + b"\0" * 100, "audio/wav"),
        (b"RIFF\0\0\0\0WAVE" + b"junk\xff\xff\xff\x7f" + b"\0" * 100, "audio/wav"),
        (wave_head(16_000)[:20], "audio/wav"),
        (b"RIFF\0\0\0\0WAVEdata\0\0\0\0" + b"\0" * 100, "audio/wav"),
        (b"", "audio/pcm"),
    ],
)
def test_what_is_no_sound_is_an_error(loop_run, data, type):
    fails(loop_run, lambda d: d.then(data, type=type))


def test_a_voice_that_never_ends_is_cut_off(loop_run):
    second = tone(1, 24_000)
    error = fails(loop_run, lambda d: d.then(*[second * 50] * 8))
    assert "come to an end" in error.detail


def test_closing_the_stream_drops_the_connection_at_once(loop_run):
    async def run():
        async with serving(SpeechDouble()) as double:
            double.then(*[tone(0.1, 24_000)] * 1000, pause=0.02)
            voice = SpeechEndpoint(double.url)
            async with aclosing(voice.speak("x", "en")) as chunks:
                async for _ in chunks:
                    break
            async with asyncio.timeout(2):
                await double.gone.wait()
            health = voice.health()
            await voice.aclose()
            return health

    health = loop_run(run())
    assert (health.running, health.skipped, health.failed) == (0, 1, 0)


def test_a_text_beyond_reason_is_refused_before_it_is_sent(loop_run):
    async def run():
        async for _ in SpeechEndpoint("http://127.0.0.1:1/v1").speak("x" * 5000, "en"):
            pass

    with pytest.raises(EngineError, match="5000"):
        loop_run(run())
