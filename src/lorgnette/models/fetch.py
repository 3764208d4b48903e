"""One file over HTTP into its part: side by side where the server gives ranges, again where a line breaks."""

import asyncio
import random
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from lorgnette.core.outgoing import leaving
from lorgnette.models.address import checked, host_of, is_local, mirrored
from lorgnette.models.errors import Mismatch, ModelError, Refused
from lorgnette.models.part import Part
from lorgnette.models.spans import Span, pieces

HOPS = 5
"""Redirects that are followed."""
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
PROGRESS = 1 << 20
"""Bytes that make a broken try count as progress, so that tries are counted anew."""

type Tell = Callable[[int], None]
"""Told how many bytes came; negative where some have to come once more."""


class Whole(Exception):
    """The server doesn't give ranges as asked: the file has to come in one piece."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How a server is treated, in seconds and bytes; a line below `slowest` bytes a second is given up."""

    mirror: str = ""
    connections: int = 4
    piece: int = 16 << 20
    connect: float = 10.0
    silence: float = 30.0
    tries: int = 6
    pause: float = 0.5
    longest: float = 30.0
    slowest: float = 512.0
    patience: float = 60.0


class Fetcher:
    """Fetches files by one client; a context."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        timeout = httpx.Timeout(manners.silence, connect=manners.connect)
        self._client = httpx.AsyncClient(timeout=timeout, headers={"Accept-Encoding": "identity"})
        self._here = httpx.AsyncClient(
            timeout=timeout, headers={"Accept-Encoding": "identity"}, trust_env=False
        )

    async def aclose(self) -> None:
        """Let go of every connection."""
        await self._client.aclose()
        await self._here.aclose()

    async def fetch(self, part: Part, tell: Tell) -> None:
        """Everything of the file that is missing; `ModelError` when the server can't or won't give it."""
        url = checked(mirrored(part.file.url, self._manners.mirror), local=True)
        try:
            await self._ranges(url, part, tell)
        except Whole:
            await self._whole(url, part, tell)

    async def _ranges(self, url: str, part: Part, tell: Tell) -> None:
        """Stretches side by side; the first one shows whether the server gives them at all."""
        waiting = deque(pieces(part.missing(), self._manners.piece))
        if self._manners.connections == 1 and not part.done:
            raise Whole
        if waiting:
            await self._piece(url, waiting.popleft(), part, tell)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self._manners.connections, len(waiting))):
                    group.create_task(self._pieces(url, waiting, part, tell))
        except ExceptionGroup as errors:
            raise _first(errors) from None

    async def _pieces(self, url: str, waiting: deque[Span], part: Part, tell: Tell) -> None:
        while waiting:
            await self._piece(url, waiting.popleft(), part, tell)

    async def _piece(self, url: str, piece: Span, part: Part, tell: Tell) -> None:
        tries = _Tries(self._manners, host_of(url))
        at, end = piece
        while at < end:
            began = at
            try:
                async with self._asked(url, {"Range": f"bytes={at}-{end - 1}"}) as answer:
                    _is_range(answer, at, end, part.file.bytes)
                    async for data in self._stream(answer):
                        if at + len(data) > end:
                            raise Whole
                        part.write(at, data)
                        at += len(data)
                        tell(len(data))
                if at < end:
                    raise Refused("the connection was cut", again=True)
            except (Refused, httpx.TransportError, httpx.StreamError) as error:
                await tries.after(error, at - began)

    async def _whole(self, url: str, part: Part, tell: Tell) -> None:
        tries = _Tries(self._manners, host_of(url))
        size = part.file.bytes
        while True:
            tell(-part.done)
            part.forget()
            at = 0
            try:
                async with self._asked(url, {}) as answer:
                    _is_whole(answer, part)
                    async for data in self._stream(answer):
                        if at + len(data) > size:
                            raise _wrong_length(part, f"more than {size}")
                        part.write(at, data)
                        at += len(data)
                        tell(len(data))
                if at == size:
                    return
                if "content-length" not in answer.headers:
                    raise _wrong_length(part, str(at))
                raise Refused("the connection was cut", again=True)
            except (Refused, httpx.TransportError, httpx.StreamError) as error:
                await tries.after(error, 0)

    @asynccontextmanager
    async def _asked(self, url: str, headers: dict[str, str]) -> AsyncIterator[httpx.Response]:
        """The answer behind all redirects. Whoever began with https stays there."""
        local = is_local(url)
        for _ in range(HOPS + 1):
            try:
                httpx.URL(url)
            except httpx.InvalidURL as error:
                raise Refused(f"{url!r} is no address: {error}") from error
            client = self._here if is_local(url) else self._client
            with leaving(httpx.URL(url).host, "model") as parcel:
                async with client.stream("GET", url, headers=headers) as answer:
                    if answer.has_redirect_location:
                        try:
                            url = checked(urljoin(url, answer.headers["location"]), local=local)
                        except (ModelError, ValueError) as error:
                            raise Refused(f"redirected to where models don't come from: {error}") from error
                        continue
                    if answer.is_error:
                        parcel.how = "refused"
                        raise _refusal(answer, host_of(url))
                    yield answer
                    return
        raise Refused(f"{host_of(url)} redirects more than {HOPS} times")

    async def _stream(self, answer: httpx.Response) -> AsyncIterator[bytes]:
        """The body; a `Refused` that may be tried again where it only trickles."""
        since, came = time.monotonic(), 0
        async for data in answer.aiter_raw():
            yield data
            came += len(data)
            took = time.monotonic() - since
            if took >= self._manners.patience:
                if came < took * self._manners.slowest:
                    raise Refused("the server is too slow", again=True)
                since, came = time.monotonic(), 0


class _Tries:
    """Counts tries without progress, and waits between them."""

    def __init__(self, manners: Manners, host: str) -> None:
        self._manners = manners
        self._host = host
        self._failed = 0

    async def after(self, error: Exception, came: int) -> None:
        """Raises what can't be helped, else waits longer each time, or as long as the server asked."""
        wanted: float | None = None
        if isinstance(error, Refused):
            if not error.again:
                raise error
            wanted = error.after
        self._failed = 1 if came >= PROGRESS else self._failed + 1
        if self._failed >= self._manners.tries:
            why = str(error) or type(error).__name__
            raise ModelError(
                f"{self._host}: {why}; given up after {self._failed} tries. "
                "What is here is kept: the same command goes on from there"
            ) from error
        pause = min(self._manners.pause * 2.0 ** (self._failed - 1), self._manners.longest)
        pause *= 0.75 + random.random() / 2  # noqa: S311 - not all at the same moment
        await asyncio.sleep(min(wanted, self._manners.longest) if wanted is not None else pause)


def _first(errors: ExceptionGroup[Exception]) -> Exception:
    """What ended all of them: a fault before an answer that only asks for another way."""
    found: Exception = min(errors.exceptions, key=lambda error: isinstance(error, Whole))
    return _first(found) if isinstance(found, ExceptionGroup) else found


_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)")


def _is_range(answer: httpx.Response, start: int, end: int, size: int) -> None:
    """`Whole` for a server without ranges or one that lies about them; `Mismatch` for another file."""
    encoding = answer.headers.get("content-encoding", "identity")
    found = _RANGE.fullmatch(answer.headers.get("content-range", "").strip())
    if answer.status_code != httpx.codes.PARTIAL_CONTENT or encoding != "identity" or not found:
        raise Whole
    if found[3] != "*" and int(found[3]) != size:
        raise Mismatch(
            f"{host_of(str(answer.url))} has a file of {found[3]} bytes, the catalogue names {size}"
        )
    if (int(found[1]), int(found[2])) != (start, end - 1):
        raise Whole


def _is_whole(answer: httpx.Response, part: Part) -> None:
    if answer.status_code != httpx.codes.OK:
        raise Refused(f"{host_of(str(answer.url))} answers {answer.status_code}")
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise Refused(f"{host_of(str(answer.url))} sends the file packed, which wasn't asked for")
    length = answer.headers.get("content-length", "")
    if length and int(length) != part.file.bytes:
        raise _wrong_length(part, length)


def _wrong_length(part: Part, found: str) -> Mismatch:
    return Mismatch(f"{part.file.path}: the server has {found} bytes, the catalogue names {part.file.bytes}")


def _refusal(answer: httpx.Response, host: str) -> Refused:
    code = answer.status_code
    if code == httpx.codes.NOT_FOUND:
        return Refused(f"{host} hasn't got the file any more (404): {answer.url}")
    if code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        return Refused(f"{host} has a shorter file than the catalogue names (416)")
    after = answer.headers.get("retry-after", "")
    seconds = float(after) if after.isascii() and after.isdigit() else None
    return Refused(
        f"it answers {code}" if code in AGAIN else f"{host} answers {code}",
        again=code in AGAIN,
        after=seconds,
    )
