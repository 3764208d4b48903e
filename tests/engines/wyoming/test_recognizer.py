import asyncio
import time

import pytest
from tests.engines.remote.double import tone
from tests.engines.server import nobody

from engines.wyoming.double import line, saying, serving, until
from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.protocols import Recognition, Recognizer
from lorgnette.engines.wyoming.recognizer import WyomingRecognizer

SPEECH = tone(0.5, 16_000)


def hear(loop_run, *scripts, **settings):
    """One utterance's recognition, the double, and the engine's health behind it."""

    async def run():
        async with serving(*scripts) as double:
            engine: Recognizer = WyomingRecognizer(double.url, **settings)
            try:
                stream = engine.open("de-AT")
                for begin in range(0, len(SPEECH), 640):
                    stream.feed(SPEECH[begin : begin + 640])
                assert await stream.peek() is None
                return await stream.finish(), double, engine.health()
            finally:
                await engine.aclose()

    return loop_run(run())


def fails(loop_run, *scripts, **settings) -> EngineError:
    with pytest.raises(EngineError) as caught:
        hear(loop_run, *scripts, **settings)
    return caught.value


def test_the_sound_goes_out_and_the_words_come_back(loop_run):
    heard = []

    async def script(reader, writer):
        heard.extend(await until(reader, "audio-stop"))
        writer.write(line("transcript", {"text": " Wie spät\nist es? "}))

    recognition, _, health = hear(loop_run, script, model="tiny")
    assert recognition == Recognition("Wie spät ist es?", "de-AT", engine="wyoming", decision="accept")
    sound = {"rate": 16_000, "width": 2, "channels": 1}
    assert heard[0] == ("transcribe", {"language": "de", "name": "tiny"}, b"")
    assert heard[1] == ("audio-start", sound, b"")
    assert all(event[:2] == ("audio-chunk", sound) for event in heard[2:-1])
    assert b"".join(event[2] for event in heard) == SPEECH
    assert heard[-1][0] == "audio-stop"
    assert (health.state, health.done) == ("ready", 1)


def test_sound_is_sent_while_it_is_spoken_and_words_that_stream_are_partials(loop_run):
    async def run():
        async def script(reader, writer):
            await until(reader, "audio-chunk")
            writer.write(line("transcript-start", {"language": "en"}))
            writer.write(
                line("transcript-chunk", {"text": "what "}) + line("transcript-chunk", {"text": "time"})
            )
            await until(reader, "audio-stop")
            writer.write(line("transcript", {"text": "what time is it"}) + line("transcript-stop"))

        async with serving(script) as double:
            engine = WyomingRecognizer(double.url)
            stream = engine.open("en")
            stream.feed(SPEECH)
            async with asyncio.timeout(2):
                while stream.partial != "what time":
                    await asyncio.sleep(0.005)
            recognition = await stream.finish()
            await engine.aclose()
            return recognition.text

    assert loop_run(run()) == "what time is it"


def test_no_words_are_noise(loop_run):
    script = saying(line("transcript", {"text": ""}), after="audio-stop")
    assert hear(loop_run, script)[0].decision == "reject"


def test_an_utterance_without_sound_opens_no_connection(loop_run):
    async def run():
        engine = WyomingRecognizer(f"tcp://127.0.0.1:{nobody()}")
        return await engine.open("en").finish()

    assert loop_run(run()).decision == "reject"


def test_a_connection_that_breaks_is_made_anew_with_the_whole_utterance(loop_run):
    heard = []

    async def second(reader, writer):
        heard.extend(await until(reader, "audio-stop"))
        writer.write(line("transcript", {"text": "here"}))

    recognition, double, health = hear(loop_run, saying(after="audio-chunk"), second)
    assert recognition.text == "here"
    assert b"".join(event[2] for event in heard) == SPEECH
    assert (double.connections, health.restarts) == (2, 1)


def test_a_refused_connection_is_an_error(loop_run):
    async def run():
        engine = WyomingRecognizer(f"tcp://127.0.0.1:{nobody()}")
        stream = engine.open("en")
        stream.feed(SPEECH)
        try:
            await stream.finish()
        finally:
            health = engine.health()
            await engine.aclose()
            assert health.state == "failing"

    with pytest.raises(EngineError) as caught:
        loop_run(run())
    assert caught.value.retryable


def test_a_server_that_falls_silent_is_given_up(loop_run):
    begin = time.monotonic()
    silent = saying(after="audio-stop", hang=True)
    assert "silent" in fails(loop_run, silent, silent, timeout=0.2).detail
    assert time.monotonic() - begin < 15


def test_the_servers_own_error_is_told_and_not_tried_again(loop_run):
    script = saying(line("error", {"text": "CUDA error", "code": "x"}), after="audio-stop")
    error = fails(loop_run, script)
    assert "CUDA error" in error.detail
    assert not error.retryable


@pytest.mark.parametrize(
    "answer",
    [
        b'{"type": "transcript", "data_length": 50}\n{"te',
        line("transcript", {"text": 5}),
        line("transcript"),
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b'{"type": "transcript", "data_length": 999999999}\n',
        b"x" * 200_000,
        line("transcript", {"text": "x" * 100_000}),
    ],
)
def test_what_is_malformed_or_oversized_is_an_error(loop_run, answer):
    fails(loop_run, saying(answer, after="audio-stop"), saying(answer, after="audio-stop"))


def test_cancelling_hangs_up(loop_run):
    async def run():
        async with serving(saying(after="audio-stop", hang=True)) as double:
            engine = WyomingRecognizer(double.url)
            stream = engine.open("en")
            stream.feed(SPEECH)
            waiting = asyncio.create_task(stream.finish())
            async with asyncio.timeout(2):
                while not double.connections:
                    await asyncio.sleep(0.005)
                stream.cancel()
                with pytest.raises(EngineError, match="cancelled"):
                    await waiting
                await double.gone.wait()
            health = engine.health()
            await engine.aclose()
            return health

    health = loop_run(run())
    assert (health.running, health.skipped, health.failed) == (0, 1, 0)


def test_languages_are_what_the_server_says_of_itself(loop_run):
    has = {"asr": [{"models": [{"name": "m", "languages": ["de", "en_US", "fr"], "installed": True}]}]}

    async def run():
        late = saying(after="describe")  # it isn't up yet when the hub starts
        async with serving(late, saying(line("info", has), after="describe")) as double:
            engine = WyomingRecognizer(double.url)
            before = engine.languages
            engine.start()
            async with asyncio.timeout(5):
                while engine.health().state != "ready":
                    await asyncio.sleep(0.005)
            after, health = engine.languages, engine.health()
            await engine.aclose()
            return before, after, health.state

    before, after, state = loop_run(run())
    assert before == {"de", "en", "zh"}
    assert after == {"de", "en", "fr"}
    assert state == "ready"


@pytest.mark.parametrize("url", ["", "http://x:1", "tcp://x", "tcp://x:99999", "unix://"])
def test_a_bad_address_is_named(url):
    with pytest.raises(ConfigError, match="asr_wyoming"):
        WyomingRecognizer(url)
