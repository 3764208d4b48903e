"""A Wyoming server made of any of the hub's engines: other programs hear and speak with them."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from lorgnette.core.audio import RATE
from lorgnette.core.errors import EngineError, LorgnetteError, ProtocolError
from lorgnette.engines.chain import primary
from lorgnette.engines.protocols import RecognitionStream, Recognizer, Synthesizer
from lorgnette.engines.remote.sound import Inflow
from lorgnette.engines.wyoming import events, messages
from lorgnette.engines.wyoming.events import Event
from lorgnette.engines.wyoming.messages import Format, Info, Model

_log = logging.getLogger(__name__)

MOST_CONNECTIONS = 64
IDLE = 300.0
"""Seconds without an event after which a connection is closed."""
WRITE = 10.0
"""Seconds a client may leave its sound lying."""
LONGEST_TEXT = 4000
_OUT = Format(RATE)


class WyomingServer:
    """Answers `describe`, `transcribe` with sound, and `synthesize`. Either engine may be missing.

    What a recogniser rejects is an empty transcript. A malformed event ends its connection, and an engine's
    error is an `error` event; neither ends the server.
    """

    def __init__(self, recognizer: Recognizer | None, synthesizer: Synthesizer | None) -> None:
        self._recognizer = recognizer
        self._synthesizer = synthesizer
        self._open: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def serving(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
        """Listens inside the context; gives the port."""
        server = await asyncio.start_server(self._accept, host, port, limit=events.LONGEST_LINE)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)
            await server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._open) >= MOST_CONNECTIONS:
            writer.write(events.encode(messages.error("too many connections", "busy")))
            writer.close()
            return
        task = asyncio.create_task(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversation = _Conversation(writer, self._recognizer, self._synthesizer)
        try:
            while True:
                async with asyncio.timeout(IDLE):
                    event = await events.read(reader)
                if event is None:
                    break
                await conversation.handle(event)
        except (OSError, TimeoutError):
            pass
        except ProtocolError as error:
            _log.info("a client sent %s", error.detail)
            with contextlib.suppress(OSError):
                writer.write(events.encode(messages.error(error.detail, "protocol")))
        except Exception:  # noqa: BLE001 - one connection, not the server
            _log.exception("a connection failed")
        finally:
            conversation.close()
            writer.close()


class _Conversation:
    """One connection."""

    def __init__(
        self,
        writer: asyncio.StreamWriter,
        recognizer: Recognizer | None,
        synthesizer: Synthesizer | None,
    ) -> None:
        self._writer = writer
        self._recognizer = recognizer
        self._synthesizer = synthesizer
        self._language = ""
        self._stream: RecognitionStream | None = None
        self._inflow: Inflow | None = None
        self._refused = False  # the sound that comes was told to be useless, once

    async def handle(self, event: Event) -> None:
        """Do what it asks; an engine's error is told to the client."""
        try:
            match event.type:
                case "describe":
                    await self._send(messages.info(self._info()))
                case "transcribe":
                    self._language = str(event.data.get("language") or "")
                case "audio-start":
                    self._begin(messages.format_of(event))
                case "audio-chunk":
                    self._hear(event)
                case "audio-stop":
                    await self._end()
                case "synthesize":
                    await self._speak(messages.text_of(event), event.data.get("voice"))
        except ProtocolError:
            raise
        except LorgnetteError as error:
            await self._send(messages.error(error.detail, type(error).__name__))

    def close(self) -> None:
        if self._stream is not None:
            self._stream.cancel()
            self._stream = None

    def _info(self) -> Info:
        """One model for all that is understood; a voice for each language, since clients choose by name."""
        asr, tts = self._recognizer, self._synthesizer
        voices = (
            [(f"{tts.name}-{each}", (each,)) for each in sorted(tts.languages)] if tts is not None else []
        )
        return Info(
            (Model(asr.name, tuple(sorted(asr.languages))),) if asr is not None else (),
            tuple(Model(name, languages) for name, languages in voices),
        )

    def _begin(self, format: Format) -> None:
        self.close()
        self._refused = True
        if self._recognizer is None:
            raise EngineError("this server doesn't recognise speech")
        languages = sorted(self._recognizer.languages)
        self._inflow = Inflow(format.rate, format.channels, format.width)
        self._stream = self._recognizer.open(self._language or (languages[0] if languages else "en"))
        self._refused = False

    def _hear(self, event: Event) -> None:
        if self._refused:
            return
        if self._stream is None:
            self._begin(messages.format_of(event))
        assert self._stream is not None
        assert self._inflow is not None
        self._stream.feed(self._inflow.push(event.payload))

    async def _end(self) -> None:
        if self._stream is None or self._inflow is None:
            raise EngineError("there was no sound to recognise")
        stream, self._stream = self._stream, None
        try:
            stream.feed(self._inflow.flush())
            recognition = await stream.finish()
        finally:
            stream.cancel()
        text = "" if recognition.decision == "reject" else recognition.text
        await self._send(messages.transcript(text, recognition.language))

    async def _speak(self, text: str, voice: object) -> None:
        if self._synthesizer is None:
            raise EngineError("this server doesn't speak")
        if len(text) > LONGEST_TEXT:
            raise EngineError(f"{len(text)} characters at once; {LONGEST_TEXT} are taken")
        language = self._chosen(voice)
        if primary(language) not in self._synthesizer.languages:
            raise EngineError(f"no voice for {language[:40]!r}")
        await self._send(messages.audio_start(_OUT))
        async with aclosing(self._synthesizer.speak(text, language)) as chunks:
            async for chunk in chunks:
                await self._send(messages.audio_chunk(_OUT, chunk))
        await self._send(messages.audio_stop())

    def _chosen(self, voice: object) -> str:
        """The language that a client's voice stands for; English where it names none."""
        known: dict[object, object] = voice if isinstance(voice, dict) else {}
        assert self._synthesizer is not None
        named = str(known.get("name") or "").removeprefix(f"{self._synthesizer.name}-")
        return str(known.get("language") or named or "en").replace("_", "-")

    async def _send(self, event: Event) -> None:
        self._writer.write(events.encode(event))
        async with asyncio.timeout(WRITE):
            await self._writer.drain()
