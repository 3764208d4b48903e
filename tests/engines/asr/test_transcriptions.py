import asyncio
import io
import logging
import time
import wave
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from tests.engines.remote.double import SpeechDouble, tone
from tests.engines.server import nobody, serving

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.asr.transcriptions import Transcriptions
from lorgnette.engines.canned import CannedRecognizer
from lorgnette.engines.chain import FallbackRecognizer
from lorgnette.engines.protocols import Recognition, Recognizer

KEY = "sk-very-secret-1234567890"
SPEECH = tone(0.5, 16_000)


def hear(loop_run, prepare, language="de-AT", **settings):
    """One utterance's recognition, the double, and the engine's health behind it."""

    async def run():
        async with serving(SpeechDouble()) as double:
            prepare(double)
            engine: Recognizer = Transcriptions(double.url, "whisper-1", KEY, **settings)
            try:
                stream = engine.open(language)
                for begin in range(0, len(SPEECH), 640):
                    stream.feed(SPEECH[begin : begin + 640])
                assert await stream.peek() is None
                return await stream.finish(), double, engine.health()
            finally:
                await engine.aclose()

    return loop_run(run())


def fails(loop_run, prepare, **settings) -> EngineError:
    with pytest.raises(EngineError) as caught:
        hear(loop_run, prepare, **settings)
    assert KEY not in str(caught.value)
    return caught.value


def test_the_utterance_is_sent_once_as_a_wav_file_with_model_and_language(loop_run):
    recognition, double, health = hear(
        loop_run, lambda d: d.then_text(" Stell einen Timer\nauf fünf Minuten. "), prompt="Lorgnette"
    )
    assert recognition == Recognition(
        "Stell einen Timer auf fünf Minuten.", "de-AT", engine="openai", decision="accept", complete=False
    )
    assert double.requests == [
        {"model": "whisper-1", "response_format": "json", "prompt": "Lorgnette", "language": "de"}
    ]
    name, file = double.files[0]
    assert name == "utterance.wav"
    with wave.open(io.BytesIO(file)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16_000, 1, 2)
        assert sound.readframes(sound.getnframes()) == SPEECH
    assert double.headers[0]["authorization"] == f"Bearer {KEY}"
    assert double.headers[0]["accept-encoding"] == "identity"
    assert (health.state, health.done) == ("ready", 1)


def test_no_words_are_noise(loop_run):
    recognition, _, _ = hear(loop_run, lambda d: d.then_text("  "))
    assert (recognition.text, recognition.decision) == ("", "reject")


def test_a_click_is_not_asked_about(loop_run):
    async def run():
        engine = Transcriptions(f"http://127.0.0.1:{nobody()}/v1")
        stream = engine.open("en")
        stream.feed(SPEECH[:640])
        return await stream.finish()

    assert loop_run(run()).decision == "reject"


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again(loop_run, status):
    def prepare(double: SpeechDouble) -> None:
        double.then_status(status)
        double.then_status(status, retry_after="0")
        double.then_text("there")

    recognition, double, health = hear(loop_run, prepare)
    assert recognition.text == "there"
    assert len(double.files) == 3
    assert health.restarts == 2


@pytest.mark.parametrize(
    "wait",
    ["60", "soon", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)],
    ids=["seconds", "words", "date"],
)
def test_a_long_retry_after_is_not_waited_for(loop_run, wait):
    begin = time.monotonic()
    assert fails(loop_run, lambda d: d.then_status(429, retry_after=wait)).retryable
    assert time.monotonic() - begin < 15


def test_a_retry_after_that_is_a_date_just_past_is_no_wait(loop_run):
    def prepare(double: SpeechDouble) -> None:
        double.then_status(503, retry_after=format_datetime(datetime.now(UTC), usegmt=True))
        double.then_text("yes")

    assert hear(loop_run, prepare)[0].text == "yes"


def test_after_three_tries_it_fails_with_the_servers_words(loop_run):
    def prepare(double: SpeechDouble) -> None:
        for _ in range(3):
            double.then_status(500, "out of memory")

    assert "out of memory" in fails(loop_run, prepare).detail


def test_a_wrong_key_is_not_tried_again_and_not_told(loop_run, caplog):
    caplog.set_level(logging.DEBUG)
    error = fails(loop_run, lambda d: d.then_status(401, f"Incorrect API key provided: {KEY}"))
    assert not error.retryable
    assert "***" in error.detail
    assert KEY not in caplog.text


def test_a_refused_connection_fails_within_the_time(loop_run):
    async def run():
        engine = Transcriptions(f"http://127.0.0.1:{nobody()}/v1", timeout=3)
        stream = engine.open("en")
        stream.feed(SPEECH)
        try:
            await stream.finish()
        finally:
            health = engine.health()
            await engine.aclose()
            assert (health.state, health.failed) == ("failing", 1)

    with pytest.raises(EngineError) as caught:
        loop_run(run())
    assert caught.value.retryable


def test_a_slow_server_is_given_up_at_the_deadline(loop_run):
    begin = time.monotonic()
    error = fails(loop_run, lambda d: d.then_json({"text": "late"}, pause=30), timeout=0.3)
    assert error.retryable
    assert time.monotonic() - begin < 15


def test_an_answer_cut_in_the_middle_is_asked_for_once_more(loop_run):
    def prepare(double: SpeechDouble) -> None:
        double.then(b'{"text": "wha', type="application/json", cut=True)
        double.then_text("what time is it")

    recognition, double, _ = hear(loop_run, prepare)
    assert recognition.text == "what time is it"
    assert len(double.files) == 2


@pytest.mark.parametrize(
    "body", [b"<html>hello</html>", b'{"text": 5}', b'["text"]', b"{}", b"\xff\xfe", b"[" * 100_000]
)
def test_what_is_no_transcript_is_an_error(loop_run, body):
    fails(loop_run, lambda d: d.then(body, type="application/json"))


def test_an_endless_answer_is_cut_off(loop_run):
    error = fails(loop_run, lambda d: d.then(*[b" " * 50_000] * 100, type="application/json"))
    assert "more than" in error.detail


def test_cancelling_drops_the_request_at_once(loop_run):
    async def run():
        async with serving(SpeechDouble()) as double:
            double.then_json({"text": "x"}, pause=30)
            engine = Transcriptions(double.url)
            stream = engine.open("en")
            stream.feed(SPEECH)
            waiting = asyncio.create_task(stream.finish())
            await double.arrived.wait()
            stream.cancel()
            with pytest.raises(EngineError, match="cancelled"):
                await waiting
            async with asyncio.timeout(2):
                await double.gone.wait()
            with pytest.raises(EngineError, match="cancelled"):
                await stream.finish()
            health = engine.health()
            await engine.aclose()
            return health

    health = loop_run(run())
    assert (health.running, health.skipped, health.failed) == (0, 1, 0)


def test_a_caller_that_is_cancelled_takes_the_request_with_it(loop_run):
    async def run():
        async with serving(SpeechDouble()) as double:
            double.then_json({"text": "x"}, pause=30)
            engine = Transcriptions(double.url)
            stream = engine.open("en")
            stream.feed(SPEECH)
            waiting = asyncio.create_task(stream.finish())
            await double.arrived.wait()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            async with asyncio.timeout(2):
                await double.gone.wait()
            await engine.aclose()

    loop_run(run())


def test_the_next_recogniser_takes_over_with_the_whole_utterance(loop_run):
    async def run():
        told = []
        first = Transcriptions(f"http://127.0.0.1:{nobody()}/v1")
        chain = FallbackRecognizer([first, CannedRecognizer("it is here")], told.append)
        stream = chain.open("en")
        stream.feed(SPEECH)
        heard = await stream.finish()
        await first.aclose()
        return heard.text, [(each.failed, each.instead) for each in told]

    assert loop_run(run()) == ("it is here", [("openai", "canned")])


@pytest.mark.parametrize(
    ("url", "key"), [("", ""), ("ftp://x/v1", ""), ("nonsense", ""), ("http://x", "a\nb")]
)
def test_a_bad_setting_is_named_without_the_key(url, key):
    with pytest.raises(ConfigError, match="asr_openai") as caught:
        Transcriptions(url, key=key)
    assert not key or key not in str(caught.value)
