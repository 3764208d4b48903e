"""The server as a process of its own, made of PocketSphinx and eSpeak, and the clients against it."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from engines.wyoming.double import events, line
from lorgnette.core.errors import EngineError
from lorgnette.engines.wyoming.recognizer import WyomingRecognizer
from lorgnette.engines.wyoming.synthesizer import WyomingSynthesizer

SENTENCES = ("what time is it", "set a timer for {duration}", "turn off the light")


@asynccontextmanager
async def served(folder: Path, *more: str) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """The address of a server process, and the process."""
    file = folder / "sentences.txt"
    file.write_text("# what is understood\n" + "\n".join(SENTENCES))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "lorgnette.engines.wyoming.serve", "--port", "0"),
        *("--sentences", str(file), *more),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip(), process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        assert await process.wait() in {0, -signal.SIGKILL}


def test_text_becomes_sound_and_the_sound_becomes_the_text_again(loop_run, home):
    async def run():
        async with served(home) as (url, _):
            voice, ears = WyomingSynthesizer(url), WyomingRecognizer(url, timeout=60)
            await ears.client.info()
            found = []
            for text in ("what time is it", "set a timer for five minutes", "turn off the light"):
                async with aclosing(voice.speak(text, "en")) as chunks:
                    sound = b"".join([chunk async for chunk in chunks])
                stream = ears.open("en")
                padded = bytes(9600) + sound + bytes(9600)
                for begin in range(0, len(padded), 640):
                    stream.feed(padded[begin : begin + 640])
                found.append((await stream.finish()).text)
            languages = voice.languages, ears.languages
            await voice.aclose()
            await ears.aclose()
            return found, languages

    found, (spoken, heard) = loop_run(run())
    assert found == ["what time is it", "set a timer for five minutes", "turn off the light"]
    assert {"de", "en", "zh", "fr"} <= spoken
    assert heard == {"en"}


def test_each_language_has_a_voice_and_they_differ(loop_run, home):
    async def run():
        async with served(home, "--asr", "") as (url, _):
            voice = WyomingSynthesizer(url)
            sounds = []
            for language in ("en", "de", "zh"):
                async with aclosing(voice.speak("August 5", language)) as chunks:
                    sounds.append(b"".join([chunk async for chunk in chunks]))
            ears = WyomingRecognizer(url)
            stream = ears.open("en")
            stream.feed(sounds[0])
            with pytest.raises(EngineError, match="doesn't recognise"):
                await stream.finish()
            await voice.aclose()
            await ears.aclose()
            return sounds

    sounds = loop_run(run())
    assert len(set(sounds)) == 3
    assert all(len(sound) > 8_000 for sound in sounds)


def test_hostile_clients_end_their_own_connection_only(loop_run, home):
    bad = [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01" + bytes(100) + b"\n",
        line("audio-chunk", {"rate": 1}, b"xx"),
        line("audio-start", {"rate": 16_000, "width": 2, "channels": 99}),
        line("audio-stop"),
        line("synthesize", {"text": "x" * 5000}),
        line("synthesize", {"text": 5}),
        line("synthesize", {"text": "hi", "voice": {"language": "tlh"}}),
        b'{"type": "audio-chunk", "payload_length": 5000000}\n',
        b'{"type": "x", "payload_length": 10}\nabc',
    ]

    async def run():
        async with served(home, "--asr", "canned") as (url, process):
            port = int(url.rpartition(":")[2])
            answers = []
            for data in bad:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(data)
                writer.write_eof()
                answers.append([event[0] async for event in events(reader)])
                writer.close()
            voice = WyomingSynthesizer(url)
            async with aclosing(voice.speak("still here", "en")) as chunks:
                sound = b"".join([chunk async for chunk in chunks])
            await voice.aclose()
            assert process.returncode is None
            return answers, sound

    answers, sound = loop_run(run())
    assert all(answer == ["error"] for answer in answers)
    assert sound


def test_a_server_that_is_killed_in_mid_sentence_is_an_error_and_the_next_one_is_found(loop_run, home):
    async def said(voice, text, killed=None):
        async with aclosing(voice.speak(text, "en")) as chunks:
            async for _ in chunks:
                if killed is not None and killed.returncode is None:
                    killed.kill()
                    await killed.wait()

    async def run():
        states = []
        async with served(home, "--asr", "") as (url, process):
            voice = WyomingSynthesizer(url, "espeak-en")
            with pytest.raises(EngineError) as caught:  # minutes of sound, more than any buffer holds
                await said(voice, "and so on, " * 300, process)
            with pytest.raises(EngineError):
                await said(voice, "hello")
            states.append(voice.health().state)
            async with served(home, "--asr", "", "--port", url.rpartition(":")[2]):
                await said(voice, "hello")
            states.append(voice.health().state)
            await voice.aclose()
        return caught.value.retryable, states

    assert loop_run(run()) == (True, ["failing", "ready"])


def test_a_port_that_is_taken_is_said_in_one_line(loop_run, home):
    async def run():
        with socket.create_server(("127.0.0.1", 0)) as taken:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "lorgnette.engines.wyoming.serve", "--asr", "", "--tts", "canned"),
                *("--port", str(taken.getsockname()[1])),
                stderr=asyncio.subprocess.PIPE,
            )
            _, said = await process.communicate()
            return process.returncode, said.decode()

    code, said = loop_run(run())
    assert code == 1
    assert said.startswith("✗ ")
    assert "Traceback" not in said
