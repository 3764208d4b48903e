"""The wire to a server elsewhere: the SDK's streamable HTTP, with a bound on what is read of an answer."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any, Final

from lorgnette.core.outgoing import leaving

LONGEST: Final = 8 * 1024 * 1024
"""Bytes of one answer, or of one event in a stream of them."""
CONNECT: Final = 10.0
READ: Final = 310.0
"""Seconds without a byte; a call has an end of its own before."""


@asynccontextmanager
async def address(url: str, headers: Mapping[str, str], login: Any = None) -> AsyncIterator[tuple[Any, Any]]:
    """The SDK's `Transport`. `login`: its OAuth provider."""
    import httpx2
    from mcp.client.streamable_http import streamable_http_client

    timeout = httpx2.Timeout(READ, connect=CONNECT, pool=CONNECT)
    plain = {"accept-encoding": "identity", **headers}  # nothing that unpacks to more than was counted
    bounded = _bounded(httpx2.URL(url).host)
    async with (
        httpx2.AsyncClient(transport=bounded, headers=plain, timeout=timeout, auth=login) as client,
        streamable_http_client(url, http_client=client, max_sse_event_size=LONGEST) as streams,
    ):
        yield streams


def _bounded(host: str) -> Any:
    """A transport that counts what comes; requests to others than the host (a login) go to the egress log."""
    import httpx2

    class Counted(httpx2.AsyncByteStream):
        def __init__(self, inner: Any) -> None:
            self._inner = inner

        async def __aiter__(self) -> AsyncIterator[bytes]:
            taken = 0
            async for part in self._inner:
                taken += len(part)
                if taken > LONGEST:
                    raise httpx2.ReadError(f"an answer of more than {LONGEST} bytes")
                yield part

        async def aclose(self) -> None:
            await self._inner.aclose()

    class Bounded(httpx2.AsyncHTTPTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            with contextlib.nullcontext() if request.url.host == host else _told(request.url):
                response = await super().handle_async_request(request)
            if not response.headers.get("content-type", "").startswith("text/event-stream"):
                response.stream = Counted(response.stream)
            return response

    return Bounded(limits=httpx2.Limits(max_connections=16))


def _told(url: Any) -> AbstractContextManager[Any]:
    return leaving(url.host, "inquiry", len(str(url)))
