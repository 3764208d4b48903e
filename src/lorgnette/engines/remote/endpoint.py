"""One HTTP server with an OpenAI-shaped path: its client, the tries until it answers, and what it sends."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lorgnette.core.errors import Busy, ConfigError, EngineError
from lorgnette.core.outgoing import Parcel, What, leaving
from lorgnette.engines.remote.ledger import Ledger

if TYPE_CHECKING:
    import httpx

_log = logging.getLogger(__name__)

CONNECT = 5.0
LONGEST_RETRY_AFTER = 5.0
LONGEST_REFUSAL = 4000
MOST_REQUESTS = 64
"""Requests that are open at once; one more is Busy."""
PAUSES = (0.2, 0.6)
"""Seconds before the second and the third try; a server's Retry-After comes first."""
_SENT: Mapping[str, What] = {"asr": "speech", "tts": "sentences", "embed": "memories"}
"""What goes out, by the beginning of a section's name; else it is the conversation."""
RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


class BrokeOff(EngineError):
    """The connection ended within an answer."""


class Refused(EngineError):
    """The server answered, but with another status than 200."""

    def __init__(self, detail: str, status: int) -> None:
        super().__init__(detail, retryable=status in RETRIED)
        self.status = status


class Endpoint:
    """`open` posts to one path, and again up to twice where the server says 429 or 5xx or isn't reached.

    section: what the settings call it, for messages. url: the server's base, with or without `path`. The key
    is a bearer token, and to be found in no message and no log. Every wait ends at `until` (loop time).
    name: the engine's, for its health.
    """

    def __init__(self, section: str, url: str, path: str, key: str = "", *, name: str = "openai") -> None:
        if not url:
            raise ConfigError(f"[{section}] needs a url")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ConfigError(f"[{section}] url must begin with http:// or https://")
        if key and not (key.isascii() and key.isprintable() and " " not in key):
            raise ConfigError(f"[{section}] key holds characters that no header can carry")
        self.host = parts.hostname
        self.base = url.rstrip("/").removesuffix(path)
        self._url = self.base + path
        self.place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self.ledger = Ledger(name, MOST_REQUESTS)
        self.local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        self._key = key
        self._sends: What = _SENT.get(section.partition("_")[0], "conversation")
        self._client: asyncio.Task[httpx.AsyncClient] | None = None

    def start(self) -> None:
        """Load the HTTP library and the certificates, in a thread: 0.2 s that the loop doesn't feel."""
        if self._client is None:
            self._client = asyncio.create_task(asyncio.to_thread(self._make_client))
            self._client.add_done_callback(self._made)

    async def aclose(self) -> None:
        self.ledger.close()
        if self._client is not None:
            client = await self._client
            await client.aclose()

    def mask(self, text: str) -> str:
        return text.replace(self._key, "***") if self._key else text

    @asynccontextmanager
    async def open(self, until: float, **content: Any) -> AsyncIterator["Answer"]:
        """A 200 whose body is still to come; leaving drops the connection. `content`: what httpx posts."""
        self.start()
        assert self._client is not None
        client = await asyncio.shield(self._client)
        for pause in (*PAUSES, None):
            answer = Answer(self, client, client.build_request("POST", self._url, **content))
            with leaving(self.host, self._sends, answer.size) as parcel:
                try:
                    wait = await self._begin(answer, until, pause, parcel)
                    if wait is None:
                        yield answer
                        return
                finally:
                    await answer.aclose()
            self.ledger.retries += 1
            await asyncio.sleep(wait)

    async def _begin(
        self, answer: "Answer", until: float, pause: float | None, parcel: Parcel
    ) -> float | None:
        """None once it answers; else the seconds to wait before the next try. Raises when there is none."""
        import httpx

        retry_after = 0.0
        try:
            status = await answer.begin(until)
            if status == httpx.codes.OK:
                return None
            parcel.how = "refused"
            said = f"{self.place} answered {status}: {await answer.reason(until)}"
            error: EngineError = Refused(self.mask(said), status)
            retry_after = seconds_of(answer.headers.get("retry-after", ""))
        except TimeoutError:
            raise EngineError(f"{self.place} didn't answer in time", retryable=True) from None
        except httpx.PoolTimeout:
            parcel.size = 0
            raise Busy(f"{MOST_REQUESTS} requests to {self.place} are open already") from None
        except httpx.HTTPError as broken:
            parcel.how = "failed"
            if isinstance(broken, httpx.ConnectError | httpx.ConnectTimeout):
                parcel.size = 0
            said = f"{self.place}: {type(broken).__name__}: {broken}"
            error = EngineError(self.mask(said), retryable=True)
        if not error.retryable or pause is None or retry_after > LONGEST_RETRY_AFTER:
            raise error
        wait = max(pause, retry_after)
        if asyncio.get_running_loop().time() + wait > until:
            raise error
        _log.info("%s; next try in %.1f s", error.detail, wait)
        return wait

    def _made(self, client: "asyncio.Task[httpx.AsyncClient]") -> None:
        """Nobody is asked whether the server is there: it would cost, and mean nothing a minute later."""
        if not client.cancelled() and client.exception() is None:
            self.ledger.ready()

    def _make_client(self) -> "httpx.AsyncClient":
        import httpx

        headers = {"accept-encoding": "identity"}  # nothing may grow when it is unpacked
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        return httpx.AsyncClient(
            headers=headers,
            timeout=httpx.Timeout(None, connect=CONNECT, pool=CONNECT),
            limits=httpx.Limits(max_connections=MOST_REQUESTS, max_keepalive_connections=8),
            trust_env=not self.local,  # a proxy of the environment never hears what stays on this machine
        )


class Answer:
    """One HTTP exchange, whose waiting is bounded everywhere."""

    def __init__(self, endpoint: Endpoint, client: "httpx.AsyncClient", request: "httpx.Request") -> None:
        self._endpoint = endpoint
        self._client = client
        self._request = request
        self._response: httpx.Response | None = None
        self._chunks: AsyncIterator[bytes] | None = None

    @property
    def size(self) -> int:
        """Bytes of the request's body."""
        return int(self._request.headers.get("content-length", "0"))

    @property
    def headers(self) -> Mapping[str, str]:
        assert self._response is not None
        return self._response.headers

    @property
    def type(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def begin(self, until: float) -> int:
        """Send, and wait for the status."""
        async with asyncio.timeout_at(until):
            self._response = await self._client.send(self._request, stream=True)
        self._chunks = self._response.aiter_raw()
        return self._response.status_code

    async def next(self, until: float) -> bytes:
        """The next bytes as they came, empty at the end."""
        import httpx

        assert self._chunks is not None
        try:
            async with asyncio.timeout_at(until):
                return await anext(self._chunks, b"")
        except TimeoutError:
            raise EngineError(f"{self._endpoint.place} fell silent", retryable=True) from None
        except httpx.HTTPError as error:
            detail = self._endpoint.mask(f"{self._endpoint.place} broke off: {error}")
            raise BrokeOff(detail, retryable=True) from error

    async def read(self, until: float, longest: int) -> bytes:
        """The whole body; EngineError beyond `longest` bytes."""
        body = bytearray()
        while chunk := await self.next(until):
            body += chunk
            if len(body) > longest:
                raise EngineError(f"{self._endpoint.place} sent more than {longest} bytes")
        return bytes(body)

    async def reason(self, until: float) -> str:
        """What a refusal says, for the log: at most a second is waited for it."""
        text = b""
        until = min(until, asyncio.get_running_loop().time() + 1.0)
        with contextlib.suppress(EngineError):
            while len(text) < LONGEST_REFUSAL and (chunk := await self.next(until)):
                text += chunk
        return self._endpoint.mask(told(text[:LONGEST_REFUSAL]))

    async def aclose(self) -> None:
        if self._chunks is not None and isinstance(self._chunks, AsyncGenerator):
            await self._chunks.aclose()
        if self._response is not None:
            await self._response.aclose()


def told(body: bytes) -> str:
    """The message within a refusal: OpenAI's shape, FastAPI's two, or short plain text.

    Never the rest: servers repeat the request in it, and nobody's words belong in a log.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        text = body.decode("utf-8", "replace")
        return "" if text.lstrip()[:1] in {"{", "[", "<"} else " ".join(text.split())[:300]
    if isinstance(answer, dict):
        answer = next((answer[key] for key in ("error", "detail", "message") if answer.get(key)), "")
    if isinstance(answer, list) and answer:
        answer = answer[0]
    if isinstance(answer, dict):
        answer = answer.get("message") or answer.get("msg") or ""
    return " ".join(answer.split())[:300] if isinstance(answer, str) else ""


def seconds_of(retry_after: str) -> float:
    """Seconds or a date (RFC 9110, §10.2.3); what is neither counts as too long, nothing as none."""
    if not retry_after:
        return 0.0
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        due = parsedate_to_datetime(retry_after)
    except ValueError:
        return LONGEST_RETRY_AFTER + 1
    return max(0.0, (due.replace(tzinfo=due.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
