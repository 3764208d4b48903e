"""The calendar by HTTP: what takes place, accounts, and a look at them now; each wearer their own."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.api.app import Known
from lorgnette.api.whose import whose
from lorgnette.services.calendar import CalendarService
from lorgnette.store import People


class CalendarApi:
    """See above."""

    def __init__(self, calendar: CalendarService, people: People) -> None:
        self._calendar = calendar
        self._people = people

    def routes(self, known: Known) -> Sequence[BaseRoute]:
        """For the application."""
        return [
            Route("/v1/calendar", known(self._events)),
            Route("/v1/calendar/accounts", known(self._accounts)),
            Route("/v1/calendar/sync", known(self._sync), methods=["POST"]),
        ]

    async def _events(self, request: Request, who: Caller) -> Any:
        """`from`: a day; `days`: how many."""
        wearer = whose(request, who)
        zone = await self._calendar.zone(wearer)
        try:
            first = request.query_params.get("from", "")
            begin = datetime.fromisoformat(first) if first else self._calendar.now().astimezone(zone)
            days = min(max(int(request.query_params.get("days", 7)), 1), 366)
        except ValueError:
            raise HTTPException(400, "from is a day as 2026-11-28, days a number") from None
        start = datetime.combine(begin.date(), time(), zone)
        found = await self._calendar.of(wearer).between(start, start + timedelta(days=days))
        return [
            {
                "id": one.id,
                "title": one.title,
                "begin": datetime.fromtimestamp(one.begin, zone).isoformat(),
                "end": datetime.fromtimestamp(one.end, zone).isoformat(),
                "all_day": one.all_day,
                "place": one.place,
                "calendar": one.calendar,
                "own": not one.taint,
            }
            for one in found
        ]

    async def _accounts(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(await self._calendar.status(whose(request, who)))

    async def _sync(self, request: Request, who: Caller) -> Any:
        wearer = whose(request, who)
        await self._calendar.sync(wearer)
        return msgspec.to_builtins(await self._calendar.status(wearer))
