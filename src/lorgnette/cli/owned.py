"""What belongs to a wearer, for commands: asked of the running hub, else of the store itself."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from lorgnette.cli.local import RunningHub

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lorgnette.api.access import Caller
    from lorgnette.api.app import Domain
    from lorgnette.cli.settings import Loaded
    from lorgnette.store import Store

type Made = Callable[["Store", "Loaded"], Awaitable["Domain"]]
"""The endpoints over a store that no hub has."""


async def ask(
    method: str,
    path: str,
    made: Made,
    config: Any,
    *,
    person: str = "",
    body: bytes | None = None,
    **query: str,
) -> Any:
    """The answer's JSON. A `LorgnetteError` says what was refused."""
    from lorgnette.cli.records import named, records
    from lorgnette.cli.settings import load

    loaded = load(config, [], quiet=True)
    if person:
        async with records(loaded) as found:
            query["wearer"] = (await named(found, person))["id"]
    target = f"{path}{'&' if '?' in path else '?'}{urlencode(query)}" if query else path
    running = RunningHub(loaded.socket)
    if running.present():
        return await running.ask(method, target, body)
    from lorgnette.core.clock import SystemClock
    from lorgnette.store import Store

    store = await Store.open(loaded.settings.store, SystemClock())
    try:
        return await _ask_store(store, await made(store, loaded), method, target, body)
    finally:
        await store.close()


async def _ask_store(store: "Store", domain: "Domain", method: str, target: str, body: bytes | None) -> Any:
    import httpx
    import msgspec
    from starlette.applications import Starlette
    from starlette.responses import Response

    from lorgnette.api.access import Caller
    from lorgnette.core.errors import LorgnetteError
    from lorgnette.store import People

    owner = await People(store).owner()

    def known(
        handler: "Callable[[Request, Caller], Awaitable[Any]]",
    ) -> "Callable[[Request], Awaitable[Response]]":
        async def call(request: "Request") -> Response:
            found = await handler(request, Caller(owner.id, owner.role, local=True))
            return found if isinstance(found, Response) else Response(msgspec.json.encode(found))

        return call

    transport = httpx.ASGITransport(Starlette(routes=list(domain.routes(known))))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.request(method, target, content=body)
    if answer.is_error:
        raise LorgnetteError(answer.text)
    return msgspec.json.decode(answer.content)
