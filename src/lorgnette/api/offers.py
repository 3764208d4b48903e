"""`/v1/offers`: what was found on this machine and may be used after one yes of the owner."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.core.errors import ConfigError, NotFound
from lorgnette.services.offers import ModelOffer, ModelOffers

log = logging.getLogger(__name__)

type Known = Callable[[Callable[[Request, Caller], Awaitable[Any]]], Callable[[Request], Awaitable[Response]]]


class Offering(Protocol):
    """A hub whose configuration can be written to; without `offers` it has nothing to offer."""

    @property
    def offers(self) -> ModelOffers | None: ...


class _Answer(msgspec.Struct):
    accept: bool


def offer_routes(hub: Offering, known: Known, *, local: bool) -> list[BaseRoute]:
    """For the owner. `local`: commands also have the hub read the configuration of its model anew."""

    def offers() -> ModelOffers:
        if hub.offers is None:
            raise NotFound("this hub has no configuration file that it may write")
        return hub.offers

    async def look(request: Request, who: Caller) -> Any:
        del request
        return await _found(hub.offers) if who.role == "owner" else []

    async def answer(request: Request, who: Caller) -> Any:
        who.require_owner()
        try:
            said = msgspec.json.decode(await request.body(), type=_Answer)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise HTTPException(400, str(error)) from None
        if said.accept:
            return {"used": await offers().take(request.path_params["id"])}
        await offers().decline()
        return {"used": None}

    async def reload(request: Request, who: Caller) -> Any:
        del request
        who.require_owner()
        return {"model": await offers().reload()}

    routes: list[BaseRoute] = [
        Route("/v1/offers", known(look)),
        Route("/v1/offers/{id}", known(answer), methods=["POST"]),
    ]
    if local:
        routes.append(Route("/v1/model", known(reload), methods=["POST"]))
    return routes


async def _found(offers: ModelOffers | None) -> list[ModelOffer]:
    """Nothing where the configuration can't be read: a page that asks has nothing to report."""
    try:
        return [] if offers is None else await offers.look()
    except ConfigError as error:
        log.warning("no model is offered: %s", error.detail)
        return []
