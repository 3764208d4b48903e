import asyncio
import json
from contextlib import aclosing

import numpy as np
import pytest
from tests.engines.remote.dashscope import DashScopeDouble, event
from tests.engines.remote.double import tone, wave_head
from tests.engines.server import nobody, serving
from tests.engines.tts.asking import refused, waited

from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Synthesizer
from lorgnette.engines.tts.dashscope import DashScopeSynthesizer

KEY = "sk-very-secret-1234567890"


def say(loop_run, prepare, language="de", **settings):
    """The sound of one sentence, the double, and the engine's health."""

    async def run():
        async with serving(DashScopeDouble()) as double:
            prepare(double)
            voice: Synthesizer = DashScopeSynthesizer(double.url, key=KEY, **settings)
            try:
                sound = b"".join([chunk async for chunk in voice.speak("Guten Tag.", language)])
                return sound, double, voice.health()
            finally:
                await voice.aclose()

    return loop_run(run())


def fails(loop_run, prepare, **settings) -> EngineError:
    with pytest.raises(EngineError) as caught:
        say(loop_run, prepare, **settings)
    assert KEY not in str(caught.value)
    return caught.value


def hertz(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, np.int16).astype(np.float32)
    return float(np.argmax(np.abs(np.fft.rfft(samples)))) * 16_000 / len(samples)


def pieces(data: bytes, size: int = 4801) -> list[bytes]:
    return [data[begin : begin + size] for begin in range(0, len(data), size)]


def test_a_sentence_is_asked_for_as_the_vendors_page_has_it_and_comes_out_at_16_khz(loop_run):
    sound, double, health = say(loop_run, lambda d: d.then_sound(*pieces(tone(1, 24_000))))
    assert len(sound) / 32_000 == pytest.approx(1.0, abs=0.01)
    assert hertz(sound) == pytest.approx(440, abs=2)
    assert double.requests == [
        {
            "model": "qwen3-tts-flash",
            "input": {"text": "Guten Tag.", "voice": "Cherry", "language_type": "German"},
        }
    ]
    assert double.headers[0]["x-dashscope-sse"] == "enable"
    assert double.headers[0]["authorization"] == f"Bearer {KEY}"
    assert (health.engine, health.state, health.done) == ("dashscope", "ready", 1)


@pytest.mark.parametrize(
    ("language", "type"), [("zh-Hans-CN", "Chinese"), ("en-GB", "English"), ("nl", "Auto")]
)
def test_the_service_is_told_the_language(loop_run, language, type):
    _, double, _ = say(loop_run, lambda d: d.then_sound(tone(0.1, 24_000)), language)
    assert double.requests[0]["input"]["language_type"] == type


def test_a_wav_header_before_the_sound_is_not_played(loop_run):
    whole = wave_head(24_000) + tone(0.5, 24_000)
    sound, _, _ = say(loop_run, lambda d: d.then_sound(*pieces(whole)))
    assert len(sound) / 32_000 == pytest.approx(0.5, abs=0.01)
    assert hertz(sound) == pytest.approx(440, abs=4)


def test_the_first_sound_is_there_before_the_last_is_made(loop_run):
    async def run():
        async with serving(DashScopeDouble()) as double:
            double.then_sound(*pieces(tone(1, 24_000), 4800), pause=0.1)
            voice = DashScopeSynthesizer(double.url)
            return await waited(voice)

    first, whole = loop_run(run())
    assert whole > 0.9
    assert first < whole / 2


@pytest.mark.parametrize("status", [429, 500])
def test_a_busy_service_is_asked_again_before_the_first_sound(loop_run, status):
    def prepare(double: DashScopeDouble) -> None:
        double.then_status(status)
        double.then_sound(tone(0.1, 24_000))

    sound, double, _ = say(loop_run, prepare)
    assert sound
    assert len(double.requests) == 2


def test_a_refused_connection_is_an_error_that_may_pass(loop_run):
    assert loop_run(refused(lambda: DashScopeSynthesizer(f"http://127.0.0.1:{nobody()}/api/v1"))).retryable


def test_a_service_that_says_nothing_is_given_up(loop_run):
    error = fails(loop_run, lambda d: d.then_sound(tone(0.1, 24_000), pause=30), timeout=0.3)
    assert "silent" in error.detail


@pytest.mark.parametrize("how", [{"cut": True}, {"end": False}], ids=["connection", "last event"])
def test_a_stream_cut_in_the_middle_is_an_error_after_what_came(loop_run, how):
    async def run():
        async with serving(DashScopeDouble()) as double:
            double.then_sound(*pieces(tone(0.5, 24_000)), **how)
            voice = DashScopeSynthesizer(double.url)
            got = b""
            try:
                async for chunk in voice.speak("x", "en"):
                    got += chunk
            except EngineError as error:
                return len(got), error.retryable, len(double.requests)
            finally:
                await voice.aclose()

    size, retryable, requests = loop_run(run())
    assert size > 0.3 * 32_000
    assert retryable
    assert requests == 1


@pytest.mark.parametrize(
    ("code", "passes"), [("Throttling.RateQuota", True), ("DataInspectionFailed", False)]
)
def test_an_error_within_the_events_is_told(loop_run, code, passes):
    refusal = json.dumps({"code": code, "message": f"no, {KEY}", "request_id": "1"})
    error = fails(loop_run, lambda d: d.then_events(refusal))
    assert code in error.detail
    assert "***" in error.detail
    assert error.retryable is passes


def test_an_answer_without_events_says_why(loop_run):
    error = fails(loop_run, lambda d: d.then_json({"code": "InvalidParameter", "message": "no such voice"}))
    assert "InvalidParameter no such voice" in error.detail


@pytest.mark.parametrize(
    "payload",
    [
        "{",
        "[]",
        "5",
        '{"output": null}',
        '{"output": {"audio": {"data": "~"}}}',
        '{"output": {"audio": {"data": 7}}}',
    ],
)
def test_what_is_no_event_of_the_service_is_an_error(loop_run, payload):
    fails(loop_run, lambda d: d.then_events(payload))


def test_an_end_without_any_sound_is_an_error(loop_run):
    assert "no sound" in fails(loop_run, lambda d: d.then_sound()).detail


def test_closing_the_stream_drops_the_connection_at_once(loop_run):
    async def run():
        async with serving(DashScopeDouble()) as double:
            double.then_sound(*[tone(0.1, 24_000)] * 1000, pause=0.02)
            voice = DashScopeSynthesizer(double.url)
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


def test_a_text_that_the_service_doesnt_take_goes_to_the_next_voice(loop_run):
    async def run():
        async for _ in DashScopeSynthesizer("http://127.0.0.1:1/v1").speak("x" * 700, "en"):
            pass

    with pytest.raises(EngineError, match="700"):
        loop_run(run())


def test_an_event_is_framed_as_the_service_does():
    assert event(b"\0\0").startswith("id:1\nevent:result\n")
