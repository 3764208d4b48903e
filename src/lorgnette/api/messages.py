"""What came in, by HTTP: newest first, marked as read, deleted. Each wearer their own."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.api.app import Domain, Known
from lorgnette.api.body import body
from lorgnette.api.whose import whose
from lorgnette.sdk import Received
from lorgnette.services.messages import WearerMessages

SHOWN: Final = 30
MOST: Final = 500


class _Change(msgspec.Struct, forbid_unknown_fields=True):
    read: bool


class MessagesApi:
    """`address` stays here: nobody is written to by HTTP. `notices`: the way in, served beside it."""

    def __init__(self, of: Callable[[str], WearerMessages], notices: Domain) -> None:
        self._of = of
        self._notices = notices

    def routes(self, known: Known) -> Sequence[BaseRoute]:
        return (
            *self._notices.routes(known),
            Route("/v1/messages", known(self._list)),
            Route("/v1/messages/read", known(self._read), methods=["POST"]),
            Route("/v1/messages/{id}", known(self._change), methods=["PATCH"]),
            Route("/v1/messages/{id}", known(self._remove), methods=["DELETE"]),
        )

    async def _list(self, request: Request, who: Caller) -> Any:
        unread = request.query_params.get("unread", "") in {"1", "true"}
        limit = _limit(request.query_params.get("limit", ""))
        found = await self._of(whose(request, who)).received(unread=unread, limit=limit)
        return [_told(one) for one in found]

    async def _read(self, request: Request, who: Caller) -> Any:
        await self._of(whose(request, who)).mark_all()
        return {}

    async def _change(self, request: Request, who: Caller) -> Any:
        wanted = await body(request, _Change)
        mine = self._of(whose(request, who))
        return _told(await mine.change(request.path_params["id"], read=wanted.read))

    async def _remove(self, request: Request, who: Caller) -> Any:
        return _told(await self._of(whose(request, who)).remove(request.path_params["id"]))


def _limit(text: str) -> int:
    if not text:
        return SHOWN
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= MOST):
        raise HTTPException(400, f"limit is 1 to {MOST}")
    return int(text)


def _told(one: Received) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(one)
    del told["address"]
    return told
