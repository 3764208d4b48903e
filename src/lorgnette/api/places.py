"""Named places by HTTP; each wearer their own."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.api.app import Known
from lorgnette.api.body import body
from lorgnette.api.whose import whose
from lorgnette.services.places import PlacesService


class _New(msgspec.Struct):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    radius: Annotated[float, msgspec.Meta(ge=30, le=5000)] = 100.0


class PlacesApi:
    """See above."""

    def __init__(self, places: PlacesService) -> None:
        self._places = places

    def routes(self, known: Known) -> Sequence[BaseRoute]:
        """For the application."""
        return [
            Route("/v1/places", known(self._list)),
            Route("/v1/places", known(self._add), methods=["POST"]),
            Route("/v1/places/{id}", known(self._remove), methods=["DELETE"]),
            Route("/v1/places/{id}/restore", known(self._restore), methods=["POST"]),
        ]

    async def _list(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(await self._places.of(whose(request, who)).all())

    async def _add(self, request: Request, who: Caller) -> Any:
        new = await body(request, _New)
        mine = self._places.of(whose(request, who))
        return msgspec.to_builtins(await mine.add(new.name, new.latitude, new.longitude, new.radius))

    async def _remove(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(
            await self._places.of(whose(request, who)).remove(request.path_params["id"])
        )

    async def _restore(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(
            await self._places.of(whose(request, who)).restore(request.path_params["id"])
        )
