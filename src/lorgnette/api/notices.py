"""Notifications in: `POST /v1/notify`, from whatever the wearer lets speak to them."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Protocol

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.api.app import Known
from lorgnette.api.body import body, named
from lorgnette.core.errors import Busy, Denied
from lorgnette.sdk import Priority, Received
from lorgnette.services.messages import Incoming

AT_ONCE: Final = 30
MINUTE: Final = 60.0
"""So many notifications a wearer and minute; more are refused (429), and whoever sends them tries later."""


class _Notice(msgspec.Struct, forbid_unknown_fields=True):
    """`app`: what it is from; `key`: its name there: the same again replaces it, told if it differs."""

    app: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    text: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    title: Annotated[str, msgspec.Meta(max_length=200)] = ""
    sender: Annotated[str, msgspec.Meta(max_length=120)] = ""
    key: Annotated[str, msgspec.Meta(max_length=200)] = ""
    priority: Priority = "normal"


class Taking(Protocol):
    """The post."""

    async def take(self, wearer: str, item: Incoming) -> Received: ...


class NoticeApi:
    """A device may tell its own wearer; whoever sits at the hub's machine anybody, by `?wearer=`."""

    def __init__(self, post: Taking, steady: Callable[[], float]) -> None:
        self._post = post
        self._steady = steady
        self._lately: dict[str, deque[float]] = {}

    def routes(self, known: Known) -> Sequence[BaseRoute]:
        return (Route("/v1/notify", known(self._notify), methods=["POST"]),)

    async def _notify(self, request: Request, who: Caller) -> Any:
        wearer = request.query_params.get("wearer", "") or who.wearer
        if wearer != who.wearer and not who.local:
            raise Denied("a device tells its own wearer and nobody else")
        notice = await body(request, _Notice)
        self._count(wearer)
        kept = await self._post.take(
            wearer,
            Incoming(
                key=notice.key,
                channel=named(notice.app),
                sender=notice.sender,
                title=notice.title,
                text=notice.text,
                priority=notice.priority,
            ),
        )
        return {"id": kept.id, "at": kept.at}

    def _count(self, wearer: str) -> None:
        now = self._steady()
        lately = self._lately.setdefault(wearer, deque(maxlen=AT_ONCE))
        if len(lately) == AT_ONCE and now - lately[0] < MINUTE:
            raise Busy(f"{AT_ONCE} notifications within a minute")
        lately.append(now)
