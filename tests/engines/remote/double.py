"""A server with OpenAI's two speech paths.

Shapes as the vendor's API reference has them: `/audio/transcriptions` takes multipart fields and answers
`{"text": …}`; `/audio/speech` takes JSON and answers with bytes; errors are `{"error": {"message": …}}`.
"""

import email
import math
import struct
from array import array
from email.policy import HTTP

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from tests.engines.server import Scripted


def tone(seconds: float, rate: int, hertz: float = 440.0) -> bytes:
    return array(
        "h", (int(8000 * math.sin(math.tau * hertz * n / rate)) for n in range(int(seconds * rate)))
    ).tobytes()


def wave_head(rate: int, channels: int = 1, size: int = 0xFFFFFFFF, bits: int = 16, kind: int = 1) -> bytes:
    """A RIFF header; by default of a stream that doesn't know its length."""
    block = channels * bits // 8
    form = struct.pack("<HHIIHH", kind, channels, rate, rate * block, block, bits)
    return b"".join(
        (
            b"RIFF",
            struct.pack("<I", min(0xFFFFFFFF, size + 36)),
            b"WAVE",
            b"fmt ",
            struct.pack("<I", len(form)),
            form,
            b"data",
            struct.pack("<I", size),
        )
    )


class SpeechDouble(Scripted):
    """`files`: the recordings that came."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[tuple[str, bytes]] = []

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/v1/audio/transcriptions", self.transcriptions, methods=["POST"]),
            Route("/v1/audio/speech", self.speech, methods=["POST"]),
        ]

    def then(self, *pieces: bytes, type: str = "audio/pcm", pause: float = 0.0, cut: bool = False) -> None:
        self.stream(pieces, type, pause=pause, cut=cut)

    def then_text(self, text: str) -> None:
        self.then_json({"text": text, "usage": {"type": "duration", "seconds": 1}})

    async def transcriptions(self, request: Request) -> Response:
        kind = request.headers["content-type"].encode()
        form = email.message_from_bytes(
            b"Content-Type: " + kind + b"\r\n\r\n" + await request.body(), policy=HTTP
        )
        fields: dict[str, str] = {}
        for part in form.iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if name == "file":
                self.files.append((part.get_filename(), content))
            else:
                fields[name] = content.decode()
        return await self.answer(request, fields)

    async def speech(self, request: Request) -> Response:
        return await self.answer(request, await request.json())
