"""Mail servers on loopback: an SMTP sink (aiosmtpd), and an inbox with as much IMAP4rev1 as is asked."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope


class Sink:
    """`letters`: what was taken; `answer`: what it says instead of taking."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to: list[str] = []
        self.answer = ""
        self.hang_up = False

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.answer:
            return self.answer
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.to += envelope.rcpt_tos
        if self.hang_up:  # it has taken it, and nobody hears so
            server.transport.abort()
        return "250 taken"


@contextlib.asynccontextmanager
async def smtp(sink: Sink) -> AsyncIterator[int]:
    """The port of a server."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(sink, loop=loop, enable_SMTPUTF8=True), "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


class Inbox:
    """Messages by uid."""

    def __init__(self) -> None:
        self.messages: dict[int, bytes] = {}
        self.password = "pass word"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while line := (await reader.readline()).decode().strip():
                tag, _, command = line.partition(" ")
                for answer in self._answers(command):
                    writer.write(answer)
                bad = command.startswith("LOGIN") and f'"{self.password}"' not in command
                writer.write(f"{tag} {'NO wrong' if bad else 'OK done'}\r\n".encode())
                await writer.drain()
                if command.startswith("LOGOUT"):
                    break
        writer.close()

    def _answers(self, command: str) -> list[bytes]:
        if command == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1\r\n"]
        if command.startswith("EXAMINE"):
            count = len(self.messages)
            return [f"* {count} EXISTS\r\n".encode(), b"* OK [UIDVALIDITY 7] valid\r\n"]
        if command.startswith("UID SEARCH"):
            begin = int(re.search(r"(\d+):\*", command)[1])
            # "n:*" names the last one, too, whatever n is (RFC 3501)
            found = [uid for uid in self.messages if uid >= begin] or [*self.messages][-1:]
            return [f"* SEARCH {' '.join(map(str, found))}\r\n".encode()]
        if command.startswith("UID FETCH"):
            uid = int(command.split()[2])
            data = self.messages[uid]
            head = f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(data)}}}\r\n".encode()
            return [head + data + b")\r\n"]
        return []


@contextlib.asynccontextmanager
async def imap(inbox: Inbox) -> AsyncIterator[int]:
    """The port of a server."""
    server = await asyncio.start_server(inbox.serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
