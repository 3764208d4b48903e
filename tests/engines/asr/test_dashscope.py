import asyncio
import base64
import io
import logging
import time
import wave

import pytest
from tests.engines.remote.dashscope import DashScopeDouble
from tests.engines.remote.double import tone
from tests.engines.server import nobody, serving

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.asr.dashscope import DashScopeRecognizer
from lorgnette.engines.canned import CannedRecognizer
from lorgnette.engines.chain import FallbackRecognizer
from lorgnette.engines.protocols import Recognition, Recognizer

KEY = "sk-very-secret-1234567890"
SPEECH = tone(0.5, 16_000)


def hear(loop_run, prepare, language="zh-CN", **settings):
    """One utterance's recognition, the double, and the engine's health behind it."""

    async def run():
        async with serving(DashScopeDouble()) as double:
            prepare(double)
            engine: Recognizer = DashScopeRecognizer(double.url, key=KEY, **settings)
            try:
                stream = engine.open(language)
                stream.feed(SPEECH)
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


def test_an_utterance_goes_out_as_the_vendors_page_has_it(loop_run):
    recognition, double, health = hear(
        loop_run, lambda d: d.then_words("设一个五分钟的计时器。"), prompt="Lorgnette, 小明"
    )
    assert recognition == Recognition("设一个五分钟的计时器。", "zh-CN", engine="dashscope")
    (asked,) = double.requests
    system, user = asked["input"].pop("messages")
    assert asked == {
        "model": "qwen3-asr-flash",
        "input": {},
        "parameters": {"asr_options": {"language": "zh", "enable_itn": False}},
    }
    assert system == {"role": "system", "content": [{"text": "Lorgnette, 小明"}]}
    kind, _, data = user["content"][0]["audio"].partition(";base64,")
    assert kind == "data:audio/wav"
    with wave.open(io.BytesIO(base64.b64decode(data))) as sound:
        assert (sound.getframerate(), sound.readframes(sound.getnframes())) == (16_000, SPEECH)
    assert double.headers[0]["authorization"] == f"Bearer {KEY}"
    assert (health.engine, health.state, health.done) == ("dashscope", "ready", 1)


@pytest.mark.parametrize("texts", [(), ("",), (" ",)])
def test_no_words_are_noise(loop_run, texts):
    recognition, _, _ = hear(loop_run, lambda d: d.then_words(*texts))
    assert (recognition.text, recognition.decision) == ("", "reject")


@pytest.mark.parametrize("status", [429, 500])
def test_a_busy_service_is_asked_again(loop_run, status):
    def prepare(double: DashScopeDouble) -> None:
        double.then_status(status, "Requests rate limit exceeded, please try again later.")
        double.then_words("there")

    recognition, double, health = hear(loop_run, prepare)
    assert recognition.text == "there"
    assert (len(double.requests), health.restarts) == (2, 1)


def test_a_refusal_is_told_in_the_services_words_and_without_the_key(loop_run, caplog):
    caplog.set_level(logging.DEBUG)
    error = fails(loop_run, lambda d: d.then_status(401, f"Invalid API-key provided: {KEY}."))
    assert "Invalid API-key provided" in error.detail
    assert not error.retryable
    assert KEY not in caplog.text


def test_a_slow_service_is_given_up_at_the_deadline(loop_run):
    begin = time.monotonic()
    assert fails(loop_run, lambda d: d.then_json({}, pause=30), timeout=0.3).retryable
    assert time.monotonic() - begin < 15


def test_an_answer_cut_in_the_middle_is_asked_for_once_more(loop_run):
    def prepare(double: DashScopeDouble) -> None:
        double.stream([b'{"output": {"cho'], "application/json", cut=True)
        double.then_words("what time is it")

    recognition, double, _ = hear(loop_run, prepare)
    assert recognition.text == "what time is it"
    assert len(double.requests) == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"output": {}},
        {"output": {"choices": []}},
        {"output": {"choices": [{"message": {"content": "x"}}]}},
        [],
    ],
)
def test_what_holds_no_words_is_an_error(loop_run, body):
    fails(loop_run, lambda d: d.then_json(body))


def test_the_next_recogniser_takes_over_with_the_whole_utterance(loop_run):
    async def run():
        told = []
        first = DashScopeRecognizer(f"http://127.0.0.1:{nobody()}/api/v1", timeout=3)
        chain = FallbackRecognizer([first, CannedRecognizer("it is here")], told.append)
        stream = chain.open("en")
        stream.feed(SPEECH)
        heard = await stream.finish()
        await first.aclose()
        return heard.text, [(each.failed, each.instead) for each in told]

    assert loop_run(run()) == ("it is here", [("dashscope", "canned")])


def test_cancelling_drops_the_request_at_once(loop_run):
    async def run():
        async with serving(DashScopeDouble()) as double:
            double.then_json({}, pause=30)
            engine = DashScopeRecognizer(double.url)
            stream = engine.open("en")
            stream.feed(SPEECH)
            waiting = asyncio.create_task(stream.finish())
            await double.arrived.wait()
            stream.cancel()
            with pytest.raises(EngineError, match="cancelled"):
                await waiting
            async with asyncio.timeout(2):
                await double.gone.wait()
            await engine.aclose()

    loop_run(run())


def test_a_bad_setting_is_named_without_the_key():
    with pytest.raises(ConfigError, match="asr_dashscope") as caught:
        DashScopeRecognizer("https://x/api/v1", key="a\nb")
    assert "a\nb" not in str(caught.value)
