"""Against the protocol's reference implementation, as client and as server."""

import asyncio
import socket
import warnings

import pytest

from lorgnette.engines.canned import CannedRecognizer, CannedSynthesizer
from lorgnette.engines.wyoming.recognizer import WyomingRecognizer
from lorgnette.engines.wyoming.server import WyomingServer
from lorgnette.engines.wyoming.synthesizer import WyomingSynthesizer

pytest.importorskip("wyoming", reason="the reference implementation isn't installed")

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # its audio module, on Python 3.12
    from wyoming.asr import Transcribe, Transcript
    from wyoming.audio import AudioChunk, AudioStart, AudioStop
    from wyoming.client import AsyncClient
    from wyoming.info import AsrModel, AsrProgram, Attribution, Describe, Info, TtsProgram, TtsVoice
    from wyoming.server import AsyncEventHandler, AsyncServer
    from wyoming.tts import Synthesize, SynthesizeVoice

WHO = Attribution("x", "y")
MODEL = AsrModel("m", WHO, True, None, None, languages=["de", "en_US"])
VOICE = TtsVoice("de_DE-x", WHO, True, None, None, languages=["de_DE"])


def test_the_reference_client_understands_our_server(loop_run):
    async def run():
        server = WyomingServer(CannedRecognizer("hello"), CannedSynthesizer(0.5))
        async with server.serving() as port, AsyncClient.from_uri(f"tcp://127.0.0.1:{port}") as client:
            await client.write_event(Describe().event())
            info = Info.from_event(await client.read_event())
            await client.write_event(Synthesize("x", SynthesizeVoice(name="canned-de")).event())
            sound = 0
            while not AudioStop.is_type((event := await client.read_event()).type):
                if AudioChunk.is_type(event.type):
                    sound += len(AudioChunk.from_event(event).audio)
            await client.write_event(Transcribe(language="en").event())
            await client.write_event(AudioStart(22_050, 2, 1).event())
            await client.write_event(AudioChunk(22_050, 2, 1, bytes(44_100)).event())
            await client.write_event(AudioStop().event())
            return info, sound, Transcript.from_event(await client.read_event())

    info, sound, transcript = loop_run(run())
    assert info.asr[0].models[0].languages == ["de", "en", "zh"]
    assert [voice.languages for voice in info.tts[0].voices] == [["de"], ["en"], ["zh"]]
    assert sound == 16_000
    assert (transcript.text, transcript.language) == ("hello", "en")


class Handler(AsyncEventHandler):
    """A server as the README shows one."""

    heard = 0

    async def handle_event(self, event):
        if Describe.is_type(event.type):
            programs = (
                [AsrProgram("p", WHO, True, None, None, models=[MODEL])],
                [TtsProgram("p", WHO, True, None, None, voices=[VOICE])],
            )
            await self.write_event(Info(asr=programs[0], tts=programs[1]).event())
        elif AudioChunk.is_type(event.type):
            self.heard += len(AudioChunk.from_event(event).audio)
        elif AudioStop.is_type(event.type):
            await self.write_event(Transcript(f"{self.heard} bytes").event())
            return False
        elif Synthesize.is_type(event.type):
            assert Synthesize.from_event(event).voice.name == "de_DE-x"
            await self.write_event(AudioStart(22_050, 2, 1).event())
            for _ in range(10):
                await self.write_event(AudioChunk(22_050, 2, 1, bytes(4410)).event())
            await self.write_event(AudioStop().event())
        return True


def test_our_clients_understand_the_reference_server(loop_run):
    async def run():
        with socket.create_server(("127.0.0.1", 0)) as free:
            url = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        server = AsyncServer.from_uri(url)
        await server.start(Handler)
        ears, voice = WyomingRecognizer(url), WyomingSynthesizer(url)
        try:
            await ears.client.info()
            stream = ears.open("de")
            stream.feed(bytes(64_000))
            heard = await stream.finish()
            sound = b"".join([chunk async for chunk in voice.speak("Hallo", "de")])
            return heard.text, ears.languages, voice.languages, len(sound) / 32_000
        finally:
            await ears.aclose()
            await voice.aclose()
            await asyncio.wait_for(server.stop(), 5)

    heard, ears, voice, seconds = loop_run(run())
    assert heard == "64000 bytes"
    assert (ears, voice) == ({"de", "en"}, {"de"})
    assert seconds == pytest.approx(1.0, abs=0.01)
