"""Contacts by HTTP: looked up, put in and taken along as vCards; each wearer their own."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.api.app import Known
from lorgnette.api.whose import whose
from lorgnette.services.people import PeopleService, cards

MOST = 200


class ContactsApi:
    """See above."""

    def __init__(self, people: PeopleService) -> None:
        self._people = people

    def routes(self, known: Known) -> Sequence[BaseRoute]:
        """For the application."""
        return [
            Route("/v1/contacts", known(self._list)),
            Route("/v1/contacts", known(self._import), methods=["POST"]),
            Route("/v1/contacts/vcard", known(self._export)),
            Route("/v1/contacts/accounts", known(self._accounts)),
            Route("/v1/contacts/sync", known(self._sync), methods=["POST"]),
            Route("/v1/contacts/{id}", known(self._remove), methods=["DELETE"]),
        ]

    async def _list(self, request: Request, who: Caller) -> Any:
        """`find`: who is looked for; without it everybody, by name."""
        mine = self._people.of(whose(request, who))
        name = request.query_params.get("find", "")[:200]
        if name:
            found = await mine.find(name, 10)
            return [msgspec.to_builtins(one.person) | {"score": one.score} for one in found]
        return msgspec.to_builtins((await mine.everybody())[:MOST])

    async def _import(self, request: Request, who: Caller) -> Any:
        mine = self._people.of(whose(request, who))
        text = (await request.body()).decode("utf-8", "replace")
        found = await asyncio.to_thread(lambda: list(cards(text)))
        if not found:
            raise HTTPException(400, "no vCard with a name is in there")
        new, renewed = await mine.take(found)
        return {"new": new, "renewed": renewed}

    async def _export(self, request: Request, who: Caller) -> Any:
        return {"text": "".join(await self._people.of(whose(request, who)).cards())}

    async def _remove(self, request: Request, who: Caller) -> Any:
        await self._people.of(whose(request, who)).remove(request.path_params["id"])
        return {}

    async def _accounts(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(await self._people.status(whose(request, who)))

    async def _sync(self, request: Request, who: Caller) -> Any:
        wearer = whose(request, who)
        await self._people.sync(wearer)
        return msgspec.to_builtins(await self._people.status(wearer))
