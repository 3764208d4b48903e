"""A Wyoming server as a client sees it: one connection a request, every wait bounded."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from lorgnette.core.errors import ConfigError, EngineError, ProtocolError
from lorgnette.core.outgoing import Parcel, What, leaving
from lorgnette.engines.health import Health
from lorgnette.engines.remote.ledger import Ledger
from lorgnette.engines.remote.sections import LANGUAGES
from lorgnette.engines.wyoming import events, messages
from lorgnette.engines.wyoming.events import Event
from lorgnette.engines.wyoming.messages import Info

CONNECT = 3.0
DESCRIBE = 5.0
ASK_AGAIN = (1.0, 3.0, 10.0, 30.0)
"""Seconds until a server that didn't say what it has is asked again."""
MOST_REQUESTS = 32
"""Connections that are open at once; one more request is Busy."""


class Link:
    """One connection. `until` is the loop's time at which waiting ends in an EngineError."""

    def __init__(
        self, place: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, parcel: Parcel
    ) -> None:
        self._place = place
        self._reader = reader
        self._writer = writer
        self._parcel = parcel

    async def send(self, event: Event, until: float) -> None:
        try:
            data = events.encode(event)
            self._parcel.size += len(data)
            self._writer.write(data)
            async with asyncio.timeout_at(until):
                await self._writer.drain()
        except TimeoutError:
            raise EngineError(f"{self._place} takes nothing any more", retryable=True) from None
        except OSError as error:
            raise EngineError(f"{self._place} broke off: {error}", retryable=True) from error

    async def receive(self, until: float | None) -> Event:
        """The next event; the server's `error`, end, silence are EngineErrors. None: the caller bounds it."""
        try:
            async with asyncio.timeout_at(until):
                event = await events.read(self._reader)
        except TimeoutError:
            raise EngineError(f"{self._place} fell silent", retryable=True) from None
        except ProtocolError as error:
            raise EngineError(f"{self._place} sent {error.detail}", retryable=True) from error
        except OSError as error:
            raise EngineError(f"{self._place} broke off: {error}", retryable=True) from error
        if event is None:
            raise EngineError(f"{self._place} hung up before its answer's end", retryable=True)
        if event.type == "error":
            raise EngineError(f"{self._place}: {str(event.data.get('text'))[:300]}")
        return event


class WyomingClient:
    """Connects, and keeps what the server says of itself. `section`: its name in the settings."""

    def __init__(self, section: str, url: str, languages: tuple[str, ...] = ()) -> None:
        if not url:
            raise ConfigError(f"[{section}] needs a url")
        self._host, self._port, self._path = _place(section, url)
        self.place = url
        self.ledger = Ledger("wyoming", MOST_REQUESTS)
        self._kind = section.partition("_")[0]
        self._languages = frozenset(languages)
        self._info: Info | None = None
        self._asking: asyncio.Task[None] | None = None

    @property
    def languages(self) -> frozenset[str]:
        """Those of the settings, else the server's, else (until it has said) the hub's own."""
        known = self._info.languages(self._kind) if self._info is not None else frozenset()
        return self._languages or known or frozenset(LANGUAGES)

    def start(self) -> None:
        """Ask the server what it has, in the background and until it says: it may start after the hub."""
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())

    async def info(self) -> Info:
        """What the server has; EngineError where it doesn't say."""
        if self._info is None:
            self._info = await self._describe()
        return self._info

    async def aclose(self) -> None:
        self.ledger.close()
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    def health(self) -> Health:
        return self.ledger.health()

    @asynccontextmanager
    async def connect(self, what: What) -> AsyncIterator[Link]:
        """A connection on which `what` goes out; leaving closes it, so that the server stops."""
        with leaving(self._host or "localhost", what) as parcel:
            reader, writer = await self._opened()
            try:
                yield Link(self.place, reader, writer, parcel)
            finally:
                writer.transport.abort()  # nothing that is still unsent is wanted any more

    async def _opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            async with asyncio.timeout(CONNECT):
                if self._path:
                    return await asyncio.open_unix_connection(self._path, limit=events.LONGEST_LINE)
                return await asyncio.open_connection(self._host, self._port, limit=events.LONGEST_LINE)
        except TimeoutError:
            raise EngineError(f"{self.place} can't be reached within {CONNECT:g} s", retryable=True) from None
        except OSError as error:
            raise EngineError(f"{self.place} can't be reached: {error}", retryable=True) from error

    async def _describe(self) -> Info:
        until = asyncio.get_running_loop().time() + DESCRIBE
        async with self.connect("inquiry") as link:
            await link.send(messages.describe(), until)
            while (event := await link.receive(until)).type != "info":
                pass
        return messages.info_of(event)

    async def _ask(self) -> None:
        for pause in itertools.chain(ASK_AGAIN, itertools.repeat(ASK_AGAIN[-1])):
            try:
                await self.info()
            except EngineError as error:
                if not self.ledger.health().done:  # some servers work without describing themselves
                    self.ledger.fail(error)
            else:
                self.ledger.ready()
                return
            await asyncio.sleep(pause)


def _place(section: str, url: str) -> tuple[str, int, str]:
    """Host and port, or the path of a socket."""
    try:
        parts = urlsplit(url)
        if parts.scheme == "unix" and parts.path:
            return "", 0, parts.path
        if parts.scheme == "tcp" and parts.hostname and parts.port:
            return parts.hostname, parts.port, ""
    except ValueError:
        pass
    raise ConfigError(f"[{section}] url must be as tcp://127.0.0.1:10300 or unix:///run/speech.sock")
