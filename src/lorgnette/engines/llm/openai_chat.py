"""Any OpenAI-compatible chat endpoint by URL and key, streaming: Qwen's own, vLLM, llama.cpp, Ollama."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lorgnette.core.errors import Busy, ConfigError, EngineError
from lorgnette.engines.health import EngineState, Health
from lorgnette.engines.llm.assembly import Answer
from lorgnette.engines.llm.sse import EventReader
from lorgnette.engines.protocols import ChatDelta
from lorgnette.engines.remote.endpoint import told

if TYPE_CHECKING:
    import httpx

_log = logging.getLogger(__name__)

CONNECT = 5.0
LONGEST_RETRY_AFTER = 5.0
_PAUSES = (0.2, 0.6)
"""Seconds before the second and the third try; a server's Retry-After comes first."""
_RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_CONNECTIONS = 64
_LONGEST_BODY = 2_000_000


class OpenAIChat:
    """`ChatModel` over HTTP.

    url: the endpoint's base ("http://127.0.0.1:8080/v1"). model: empty = the first that the server lists.
    key: sent as a bearer token, and to be found in no message and no log. first_token, between_tokens:
    seconds until the answer counts as failed. options: more fields of the request ("temperature", …).

    Until the first token has come a request is tried up to three times, where the server says 429 or 5xx or
    can't be reached, all within `first_token` seconds. After that nothing is repeated: an EngineError is
    raised, retryable where a new turn may work.
    """

    def __init__(
        self,
        url: str,
        model: str = "",
        key: str = "",
        *,
        first_token: float = 20.0,
        between_tokens: float = 15.0,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ConfigError("the chat endpoint's url must begin with http:// or https://")
        if key and not (key.isascii() and key.isprintable() and " " not in key):
            raise ConfigError("the chat endpoint's key holds characters that no header can carry")
        self._base = url.rstrip("/").removesuffix("/chat/completions")
        self._place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self._local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        self._model = model
        self._key = key
        self._first_token = first_token
        self._between_tokens = between_tokens
        self._options = dict(options or {})
        self._client: asyncio.Task[httpx.AsyncClient] | None = None
        self._state: EngineState = "starting"
        self._running = self._done = self._failed = self._retries = 0
        self._last_error = ""

    @property
    def name(self) -> str:
        return self._model or "openai"

    # ── life ────────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Load the HTTP library and the certificates, in a thread: 0.2 s that the loop doesn't feel."""
        if self._client is None:
            self._client = asyncio.create_task(asyncio.to_thread(self._make_client))

    async def aclose(self) -> None:
        self._state = "closed"
        if self._client is not None:
            client = await self._client
            await client.aclose()

    def health(self) -> Health:
        return Health(
            engine=self.name,
            state=self._state,
            running=self._running,
            done=self._done,
            failed=self._failed,
            restarts=self._retries,
            last_error=self._last_error,
        )

    def _make_client(self) -> "httpx.AsyncClient":
        import httpx

        headers = {"accept": "text/event-stream, application/json"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        return httpx.AsyncClient(
            headers=headers,
            timeout=httpx.Timeout(None, connect=CONNECT, write=10.0, pool=CONNECT),
            limits=httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=8),
            trust_env=not self._local,  # a proxy of the environment never hears what stays on this machine
        )

    # ── work ────────────────────────────────────────────────────────────────────────────────────────────

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]:
        self._running += 1
        try:
            async with (
                self._response(messages, tools) as response,
                aclosing(self._deltas(response)) as deltas,
            ):
                async for delta in deltas:
                    yield delta
        except (EngineError, Busy) as error:
            self._failed += 1
            self._last_error = error.detail
            self._state = "failing"
            raise
        else:
            self._done += 1
            self._state = "ready"
        finally:
            self._running -= 1

    async def _deltas(self, response: "_Response") -> AsyncGenerator[ChatDelta]:
        answer, reader = Answer(), EventReader()
        try:
            async with aclosing(response.payloads(reader, self._between_tokens)) as payloads:
                async for payload in payloads:
                    text = answer.push(payload)
                    if text:
                        yield ChatDelta(text)
                    if answer.closed:
                        break
            yield answer.finish()
        except EngineError as error:
            raise self._masked(error) from error.__cause__

    @asynccontextmanager
    async def _response(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]]
    ) -> AsyncIterator["_Response"]:
        """An answer whose first bytes have come; closing it drops the connection."""
        self.start()
        assert self._client is not None
        client = await asyncio.shield(self._client)
        until = asyncio.get_running_loop().time() + self._first_token
        body = await self._body(client, messages, tools)
        for pause in (*_PAUSES, None):
            response = _Response(client, f"{self._base}/chat/completions", body, until)
            try:
                wait = await self._begin(response, pause)
                if wait is None:
                    yield response
                    return
            finally:
                await response.aclose()
            self._retries += 1
            await asyncio.sleep(wait)

    async def _begin(self, response: "_Response", pause: float | None) -> float | None:
        """None once it answers; else the seconds to wait before the next try. Raises when there is none."""
        import httpx

        retry_after = 0.0
        try:
            status = await response.begin()
            if status == httpx.codes.OK:
                return None
            detail = f"{self._place} answered {status}: {await response.text()}"
            retryable = status in _RETRIED
            retry_after = response.retry_after
        except TimeoutError:
            detail, retryable, pause = f"{self._place} said nothing for {self._first_token:g} s", True, None
        except httpx.PoolTimeout:
            raise Busy(f"{_CONNECTIONS} requests to {self._place} are open already") from None
        except httpx.HTTPError as error:
            detail, retryable = f"{self._place}: {type(error).__name__}: {error}", True
        detail = self._mask(detail)
        if not retryable or pause is None or retry_after > LONGEST_RETRY_AFTER:
            raise EngineError(detail, retryable=retryable)
        wait = max(pause, retry_after)
        if asyncio.get_running_loop().time() + wait > response.until:
            raise EngineError(detail, retryable=True)
        _log.info("chat model: %s; next try in %.1f s", detail, wait)
        return wait

    async def _body(
        self,
        client: "httpx.AsyncClient",
        messages: Sequence[Mapping[str, Any]],
        tools: Sequence[Mapping[str, Any]],
    ) -> dict[str, Any]:
        if not self._model:
            self._model = await self._first_model(client)
        body: dict[str, Any] = {
            **self._options,
            "model": self._model,
            "messages": list(messages),
            "stream": True,
        }
        if tools:
            body["tools"] = list(tools)
        return body

    async def _first_model(self, client: "httpx.AsyncClient") -> str:
        import httpx

        try:
            async with asyncio.timeout(CONNECT):
                answer = await client.get(f"{self._base}/models")
            return str(answer.raise_for_status().json()["data"][0]["id"])
        except (httpx.HTTPError, TimeoutError, ValueError, LookupError, TypeError) as error:
            detail = f"{self._place} doesn't list its models, so name one: {type(error).__name__}"
            raise EngineError(detail, retryable=isinstance(error, httpx.TransportError)) from None

    def _masked(self, error: EngineError) -> EngineError:
        return EngineError(self._mask(error.detail), retryable=error.retryable)

    def _mask(self, text: str) -> str:
        return text.replace(self._key, "***") if self._key else text


class _Response:
    """One HTTP exchange, whose waiting is bounded everywhere."""

    def __init__(self, client: "httpx.AsyncClient", url: str, body: Mapping[str, Any], until: float) -> None:
        self.until = until
        self._client = client
        self._request = client.build_request("POST", url, json=body)
        self._response: httpx.Response | None = None
        self._chunks: AsyncIterator[bytes] | None = None

    async def begin(self) -> int:
        """Send and wait for the status, until the first token is due."""
        async with asyncio.timeout_at(self.until):
            self._response = await self._client.send(self._request, stream=True)
        self._chunks = self._response.aiter_bytes()
        return self._response.status_code

    @property
    def retry_after(self) -> float:
        """Seconds; a date, which no chat server sends, counts as too long."""
        assert self._response is not None
        value = self._response.headers.get("retry-after", "0")
        try:
            return max(0.0, float(value))
        except ValueError:
            return LONGEST_RETRY_AFTER + 1

    async def text(self) -> str:
        """What a refusal says, for the log; never the request that some servers repeat in it."""
        text = b""
        try:
            while len(text) < 2000 and (chunk := await self._next()):
                text += chunk
        except EngineError:
            pass
        return told(text[:2000])

    async def payloads(self, reader: EventReader, between: float) -> AsyncGenerator[str]:
        """The events' data; a server that doesn't stream gives its whole answer as one."""
        assert self._response is not None
        if self._response.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
            whole = b""
            while chunk := await self._next():
                whole += chunk
                if len(whole) > _LONGEST_BODY:
                    raise EngineError("the model's server sent an endless answer", retryable=True)
            yield whole.decode("utf-8", "replace")
            return
        loop = asyncio.get_running_loop()
        while chunk := await self._next():
            for payload in reader.push(chunk):
                self.until = loop.time() + between
                yield payload
        for payload in reader.end():
            yield payload

    async def _next(self) -> bytes:
        """The next bytes, empty at the end."""
        import httpx

        assert self._chunks is not None
        try:
            async with asyncio.timeout_at(self.until):
                return await anext(self._chunks, b"")
        except TimeoutError:
            raise EngineError("the model's server fell silent", retryable=True) from None
        except httpx.HTTPError as error:
            raise EngineError(f"the model's server broke off: {error}", retryable=True) from error

    async def aclose(self) -> None:
        if self._response is not None:
            await self._response.aclose()
