"""Memory by HTTP: listed, searched, told, corrected, forgotten, taken along; each wearer their own."""

import re
from collections.abc import Sequence
from typing import Annotated, Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.api.app import Known
from lorgnette.api.body import body
from lorgnette.core.errors import NotFound
from lorgnette.sdk import Fact
from lorgnette.services.memory import MemoryService, Summary, Wish

PAGE: Final = 60
UNDO_HOURS: Final = 24
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class _Told(msgspec.Struct):
    text: Annotated[str, msgspec.Meta(max_length=4000)]
    language: Annotated[str, msgspec.Meta(max_length=35)] = "en"


class _Text(msgspec.Struct):
    text: Annotated[str, msgspec.Meta(max_length=4000)]


class _Wishes(msgspec.Struct):
    facts: bool | None = None
    summaries: bool | None = None


class MemoryApi:
    """Implements `api.app.Domain`."""

    def __init__(self, memory: MemoryService) -> None:
        self._memory = memory

    def routes(self, known: Known) -> Sequence[BaseRoute]:
        """For the application, and for commands without a hub."""
        return [
            Route("/v1/memory", known(self._list)),
            Route("/v1/memory", known(self._tell), methods=["POST"]),
            Route("/v1/memory/all", known(self._all)),
            Route("/v1/memory/wishes", known(self._wishes)),
            Route("/v1/memory/wishes", known(self._wish), methods=["PATCH"]),
            Route("/v1/memory/summaries", known(self._summaries)),
            Route("/v1/memory/summaries/{id}", known(self._drop), methods=["DELETE"]),
            Route("/v1/memory/{id}", known(self._one)),
            Route("/v1/memory/{id}", known(self._correct), methods=["PATCH"]),
            Route("/v1/memory/{id}", known(self._forget), methods=["DELETE"]),
            Route("/v1/memory/{id}/restore", known(self._restore), methods=["POST"]),
        ]

    async def _list(self, request: Request, who: Caller) -> Any:
        asked = request.query_params
        try:
            limit = int(asked.get("limit", PAGE))
        except ValueError:
            raise HTTPException(400, "limit is a number from 1 to 200") from None
        facts = self._memory.facts_of(who.wearer)
        found, following = await facts.page(
            asked.get("search", "")[:500], limit, asked.get("before", "")[:200]
        )
        return {"facts": [shown(fact) for fact in found], "next": following}

    async def _tell(self, request: Request, who: Caller) -> Any:
        told = await body(request, _Told)
        kept = await self._memory.facts_of(who.wearer).remember(told.text, told.language)
        former = None if kept.former is None else shown(kept.former)
        return shown(kept.fact) | {"how": kept.how, "former": former}

    async def _all(self, request: Request, who: Caller) -> Any:
        """With former versions: for an export."""
        del request
        facts = await self._memory.facts_of(who.wearer).all()
        return {
            "facts": [shown(fact) for fact in facts],
            "summaries": [summed(one) for one in await self._memory.summaries.recent(who.wearer, 200)],
        }

    async def _one(self, request: Request, who: Caller) -> Any:
        facts = self._memory.facts_of(who.wearer)
        fact, former = await facts.get(_id(request)), await facts.history(_id(request))
        return shown(fact) | {"history": [shown(one) for one in former]}

    async def _correct(self, request: Request, who: Caller) -> Any:
        text = (await body(request, _Text)).text
        kept = await self._memory.facts_of(who.wearer).edit(_id(request), text)
        return shown(kept.fact) | {"how": kept.how}

    async def _forget(self, request: Request, who: Caller) -> Any:
        fact = await self._memory.facts_of(who.wearer).forget(_id(request))
        return shown(fact) | {"undo_hours": UNDO_HOURS}

    async def _restore(self, request: Request, who: Caller) -> Any:
        return shown(await self._memory.facts_of(who.wearer).restore(_id(request)))

    async def _summaries(self, request: Request, who: Caller) -> Any:
        del request
        return [summed(one) for one in await self._memory.summaries.recent(who.wearer, PAGE)]

    async def _drop(self, request: Request, who: Caller) -> Any:
        await self._memory.summaries.delete(who.wearer, _id(request))
        return {}

    async def _wishes(self, request: Request, who: Caller) -> Any:
        del request
        return await self._wished(who)

    async def _wish(self, request: Request, who: Caller) -> Any:
        change = await body(request, _Wishes)
        now = await self._memory.wishes.of(who.wearer)
        facts = now.facts if change.facts is None else change.facts
        summaries = now.summaries if change.summaries is None else change.summaries
        await self._memory.choose(who.wearer, Wish(facts=facts, summaries=summaries))
        return await self._wished(who)

    async def _wished(self, who: Caller) -> dict[str, Any]:
        """What holds, and what the hub allows at all."""
        return {
            **msgspec.to_builtins(await self._memory.wishes.of(who.wearer)),
            "hub": msgspec.to_builtins(self._memory.wishes.hub),
        }


def shown(fact: Fact) -> dict[str, Any]:
    """As pages and commands get it; `others`: whose words it is made of."""
    table: dict[str, Any] = msgspec.structs.asdict(fact)
    table["others"] = sorted({one.name or one.kind for one in table.pop("taint")})
    return table


def summed(one: Summary) -> dict[str, Any]:
    """A summary likewise."""
    table: dict[str, Any] = msgspec.structs.asdict(one)
    table["others"] = sorted({one.name or one.kind for one in table.pop("taint")})
    return table


def _id(request: Request) -> str:
    id: str = request.path_params["id"]
    if not _ID.fullmatch(id):
        raise NotFound("no such fact")
    return id
