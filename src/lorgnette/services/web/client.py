"""A server that the settings name is asked over HTTP, and again where it is busy or isn't reached."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec

from lorgnette.core.errors import LorgnetteError
from lorgnette.core.outgoing import What, leaving
from lorgnette.engines.remote.endpoint import CONNECT, LONGEST_RETRY_AFTER, RETRIED, seconds_of
from lorgnette.services.web.body import read

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

PAUSES: Final = (0.3,)
"""Seconds before each further try: somebody waits for the answer."""
MOST_REQUESTS: Final = 32
AGENT: Final = "Lorgnette (self-hosted)"


class Unanswered(LorgnetteError):
    """The server isn't reached, is silent, broken, or answers what nobody understands."""

    phrase = "error-service"


class Refused(LorgnetteError):
    """The server answered, and not with what was asked for."""

    phrase = "error-service-refused"

    def __init__(self, detail: str, status: int) -> None:
        super().__init__(detail, phrase="error-service-busy" if status == 429 else None)
        self.status = status


@dataclass(frozen=True, slots=True)
class Got:
    """An answer. `url`: without its query, which may hold somebody's words."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json[T](self, kind: type[T]) -> T:
        """The body as this struct; other fields are left out. `Unanswered` if it doesn't fit."""
        try:
            return msgspec.json.decode(self.body, type=kind, strict=False)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Unanswered(f"{self.url} answered what can't be read: {error}") from None


class WebClient:
    """Requests, bounded in time, tries and size. `what`: that goes out, for the egress log.

    `headers` go with each request (a key), `auth` is httpx's; no message holds them, nor the query.
    """

    def __init__(
        self,
        *,
        what: What = "question",
        seconds: float = 8.0,
        longest: int = 2_000_000,
        headers: Mapping[str, str] | None = None,
        auth: Any = None,
    ) -> None:
        self._auth = auth
        self._what: What = what
        self._seconds = seconds
        self._longest = longest
        self._headers = dict(headers or {})
        self._client: asyncio.Task[httpx.AsyncClient] | None = None

    async def get(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        accept: frozenset[int] = frozenset({200}),
        what: What | None = None,
    ) -> Got:
        """The answer, if its status is one of `accept`. Raises `Unanswered` and `Refused`."""
        return await self.ask("GET", url, params, headers=headers, accept=accept, what=what)

    async def ask(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        *,
        json: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        accept: frozenset[int] = frozenset({200}),
        what: What | None = None,
        again: bool = True,
        seconds: float = 0.0,
    ) -> Got:
        """As `get`, with any method. `again`: it may be asked twice; `seconds`: other than the client's."""
        client = await self._made()
        until = asyncio.get_running_loop().time() + (seconds or self._seconds)
        place = urlsplit(url)
        plain = f"{place.scheme}://{place.hostname or ''}{place.path}"
        for pause in (*PAUSES, None) if again else (None,):
            request = client.build_request(
                method, url, params=params, headers=headers, json=json, content=content
            )
            size = len(str(request.url)) + int(request.headers.get("content-length", "0"))
            with leaving(place.hostname or "", what or self._what, size) as parcel:
                wait = pause
                try:
                    got = await self._once(client, request, plain, until)
                    if got.status in accept:
                        return got
                    parcel.how = "refused"
                    error: LorgnetteError = Refused(f"{plain} answered {got.status}", got.status)
                    after = seconds_of(got.headers.get("retry-after", ""))
                    again = got.status in RETRIED and after <= LONGEST_RETRY_AFTER
                    wait = max(pause, after) if pause is not None and again else None
                    if got.status >= 500:
                        error = Unanswered(error.detail)
                except Unanswered as broken:
                    parcel.how = "failed"
                    error = broken
                if wait is None or asyncio.get_running_loop().time() + wait > until:
                    raise error
            log.info("%s; next try in %.1f s", error.detail, wait)
            await asyncio.sleep(wait)
        raise AssertionError  # the last pause is None

    async def aclose(self) -> None:
        """Drop the connections."""
        if self._client is not None:
            client = await self._client
            self._client = None
            await client.aclose()

    async def _once(
        self, client: "httpx.AsyncClient", request: "httpx.Request", plain: str, until: float
    ) -> Got:
        import httpx

        try:
            async with asyncio.timeout_at(until):
                response = await client.send(request, stream=True)
                try:
                    body = await read(response, until, self._longest)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise Unanswered(f"{plain} didn't answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unanswered(f"{plain}: {type(error).__name__}") from error
        except ValueError as error:
            raise Unanswered(f"{plain}: {error}") from error
        return Got(plain, response.status_code, response.headers, body)

    async def _made(self) -> "httpx.AsyncClient":
        if self._client is None:
            self._client = asyncio.create_task(asyncio.to_thread(self._make))
        return await asyncio.shield(self._client)

    def _make(self) -> "httpx.AsyncClient":
        import httpx

        return httpx.AsyncClient(
            auth=self._auth,
            headers={"accept-encoding": "identity", "user-agent": AGENT, **self._headers},
            timeout=httpx.Timeout(None, connect=CONNECT, pool=CONNECT),
            limits=httpx.Limits(max_connections=MOST_REQUESTS, max_keepalive_connections=4),
        )
