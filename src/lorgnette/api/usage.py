"""What a wearer used of the language model, by HTTP."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.core.errors import Denied

if TYPE_CHECKING:
    from lorgnette.api.app import Known
    from lorgnette.services.usage import Day, UsageSection


class Used(Protocol):
    """See `services.usage.UsageService`."""

    section: "UsageSection"

    async def days(self, wearer: str, since: float = 0.0) -> "list[Day]": ...

    async def spent(self, wearer: str) -> int: ...


class UsageApi:
    """`GET /v1/usage?since=`: by day and model, newest first, and the month so far."""

    def __init__(self, usage: Used) -> None:
        self._usage = usage

    def routes(self, known: "Known") -> Sequence[BaseRoute]:
        return (Route("/v1/usage", known(self._show)),)

    async def _show(self, request: Request, who: Caller) -> dict[str, Any]:
        query = request.query_params
        whose = query.get("wearer", "") or who.wearer
        if whose != who.wearer and not who.local:
            raise Denied("what somebody used is theirs alone")
        try:
            since = float(query.get("since", "0"))
        except ValueError:
            since = 0.0
        return await report(self._usage, whose, since)


async def report(usage: Used, wearer: str, since: float = 0.0) -> dict[str, Any]:
    """`month`: the money of this month, `limit` 0 without one, `currency`; `days`."""
    return {
        "month": await usage.spent(wearer) / 1_000_000,
        "limit": usage.section.limit,
        "currency": usage.section.currency,
        "days": [msgspec.to_builtins(one) for one in await usage.days(wearer, since)],
    }
