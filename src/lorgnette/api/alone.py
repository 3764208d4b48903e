"""The household of a hub that isn't running, for commands: the same answers, from the store alone."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from lorgnette.api.access import Caller
from lorgnette.api.app import Known
from lorgnette.api.people import PeopleRoutes
from lorgnette.core.errors import LorgnetteError, NotFound
from lorgnette.core.people import Wearer
from lorgnette.store import Devices, People, Store
from lorgnette.store.pins import Pins

BAD_STATUS = 400


class Alone:
    """Implements `api.people.Household`: nobody is here."""

    def __init__(self, people: People, pins: Pins) -> None:
        self._people = people
        self._pins = pins

    def present(self, wearer: str) -> bool:
        del wearer
        return False

    def online(self, device: str) -> bool:
        del device
        return False

    def worn(self, device: str) -> str:
        del device
        return ""

    async def change(self, wearer: str, **settings: Any) -> Wearer:
        if settings.get("role") == "guest":
            settings["shareable"] = False
        return await self._people.change(wearer, **settings)

    async def set_pin(self, wearer: str, pin: str) -> Wearer:
        return await self._pins.set(wearer, pin)

    async def remove(self, wearer: str) -> None:
        await self._people.forget(wearer)

    async def take(self, device: str, wearer: str) -> None:
        del device, wearer
        raise NotFound("no hub runs here; start it with: lorgnette up")

    async def give_back(self, device: str) -> None:
        del device


async def ask_store(store: Store, method: str, path: str, body: bytes | None = None) -> Any:
    """What the hub would answer its owner at a path of the household; what it refuses is raised."""
    people = People(store)
    house = Alone(people, Pins(people, store.clock.steady))

    def routes(known: Known) -> Sequence[BaseRoute]:
        return PeopleRoutes(people, Devices(store), house, known).routes()

    return await ask_routes(store, routes, method, path, body)


async def ask_routes(
    store: Store,
    routes: Callable[[Known], Sequence[BaseRoute]],
    method: str,
    path: str,
    body: bytes | None = None,
) -> Any:
    """What these routes would answer the owner."""
    import httpx

    owner = await People(store).owner()

    def known(
        handler: Callable[[Request, Caller], Awaitable[Any]],
    ) -> Callable[[Request], Awaitable[Response]]:
        async def call(request: Request) -> Response:
            who = Caller(owner.id, owner.role, local=True)
            return Response(msgspec.json.encode(await handler(request, who)))

        return call

    transport = httpx.ASGITransport(Starlette(routes=list(routes(known))))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.request(method, path, content=body)
    if answer.status_code >= BAD_STATUS:
        raise LorgnetteError(answer.text)
    return msgspec.json.decode(answer.content)
