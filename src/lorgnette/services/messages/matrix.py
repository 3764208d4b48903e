"""Matrix: one account by its access token, in rooms that aren't encrypted (client-server API v3).

Encrypted rooms need a proxy that holds the keys, as Pantalaimon does: its address goes into `url`.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final
from urllib.parse import quote

import msgspec

from lorgnette.core.errors import EngineError, SkillError
from lorgnette.sdk import Recipient
from lorgnette.services.messages.way import Batch, Incoming
from lorgnette.services.web import Got, Refused, Unanswered, WebClient

NAME: Final = "matrix"
POLL_SECONDS: Final = 30.0
MOST_EVENTS: Final = 30
"""Events of a room in one answer."""
_FILTER: Final = json.dumps(
    {
        "presence": {"types": []},
        "account_data": {"types": ["m.direct"]},
        "room": {
            "timeline": {"limit": MOST_EVENTS, "types": ["m.room.message", "m.room.encrypted"]},
            "state": {"types": ["m.room.name", "m.room.member"], "lazy_load_members": True},
            "ephemeral": {"types": []},
            "account_data": {"types": []},
        },
    },
    separators=(",", ":"),
)


class _Event(msgspec.Struct):
    type: str = ""
    sender: str = ""
    event_id: str = ""
    state_key: str | None = None
    origin_server_ts: int = 0
    content: dict[str, Any] = {}


class _Events(msgspec.Struct):
    events: list[_Event] = []


class _Room(msgspec.Struct):
    timeline: _Events = msgspec.field(default_factory=_Events)
    state: _Events = msgspec.field(default_factory=_Events)


class _Rooms(msgspec.Struct):
    join: dict[str, _Room] = {}


class _Sync(msgspec.Struct):
    next_batch: str
    rooms: _Rooms = msgspec.field(default_factory=_Rooms)
    account_data: _Events = msgspec.field(default_factory=_Events)


class _Account(msgspec.Struct):
    user_id: str


class _Created(msgspec.Struct):
    room_id: str


class Matrix:
    """Implements `Way`. Addresses: "matrix:@anna:example.org" and "matrix:!room:example.org"."""

    name = NAME
    repeatable = True  # the server knows a message by its transaction id

    def __init__(self, url: str, token: str, *, poll: float = POLL_SECONDS) -> None:
        self._base = url.rstrip("/") + "/_matrix/client/v3"
        self._web = WebClient(
            what="message", seconds=15.0, longest=4_000_000, headers={"authorization": f"Bearer {token}"}
        )
        self._poll = poll
        self._user = ""
        self._names: dict[str, str] = {}
        self._rooms: dict[str, str] = {}
        self._direct: dict[str, list[str]] = {}
        self._ready = asyncio.Event()

    async def send(self, address: str, text: str, key: str) -> None:
        """To a room, or to somebody in the room that is only theirs; it is made if there is none."""
        to = address.partition(":")[2]
        room = to if to.startswith(("!", "#")) else await self._room_of(to)
        path = f"/rooms/{quote(room, safe='')}/send/m.room.message/{quote(key, safe='')}"
        await self._ask("PUT", path, {"msgtype": "m.text", "body": text}, what="message")

    async def find(self, who: str) -> list[Recipient]:
        """Rooms and people of this account by that name."""
        from rapidfuzz import fuzz, process, utils

        known = {f"{NAME}:{id}": name for id, name in (self._names | self._rooms).items() if id != self._user}
        found = process.extract(
            who, known, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=85, limit=3
        )
        return [
            Recipient(name=name, address=address, known=self._chosen(address)) for name, _, address in found
        ]

    async def listen(self, mark: str) -> AsyncGenerator[Batch]:
        """Long polls. The first answer without a mark only says where we are: old messages stay old."""
        self._user = (await self._get("/account/whoami", {}, _Account, 15.0)).user_id
        while True:
            wait = 0 if not self._ready.is_set() else int(self._poll * 1000)
            asked = {"filter": _FILTER, "timeout": wait} | ({"since": mark} if mark else {})
            sync = await self._get("/sync", asked, _Sync, self._poll + 15.0)
            items = tuple(self._learn(sync))
            yield Batch(sync.next_batch, items if mark else ())
            mark = sync.next_batch
            self._ready.set()

    async def close(self) -> None:
        await self._web.aclose()

    def _chosen(self, address: str) -> bool:
        """Whether the account lists them as somebody to talk to; who is in a room only may have any name."""
        id = address.partition(":")[2]
        return not id.startswith("@") or id in self._direct

    def _learn(self, sync: _Sync) -> list[Incoming]:
        for event in sync.account_data.events:
            if event.type == "m.direct":
                self._direct = {
                    user: [room for room in rooms if isinstance(room, str)]
                    for user, rooms in event.content.items()
                    if isinstance(rooms, list)
                }
        found = []
        for id, room in sync.rooms.join.items():
            for event in room.state.events:
                self._name(id, event)
            for event in room.timeline.events:
                if event.type == "m.room.encrypted" and event.sender != self._user:
                    found.append(self._incoming(id, event, ""))
                elif event.type == "m.room.message" and event.sender != self._user:
                    body = event.content.get("body")
                    found.append(self._incoming(id, event, body if isinstance(body, str) else ""))
        return found

    def _incoming(self, room: str, event: _Event, text: str) -> Incoming:
        name = self._names.get(event.sender, event.sender.lstrip("@").partition(":")[0])
        return Incoming(
            key=event.event_id,
            channel="Matrix",
            kind="message",
            sender=name,
            title=self._rooms.get(room, ""),
            text=text,
            address=f"{NAME}:{room}",
            at=event.origin_server_ts / 1000,
        )

    def _name(self, room: str, event: _Event) -> None:
        if event.type == "m.room.name" and isinstance(name := event.content.get("name"), str):
            self._rooms[room] = name[:120]
        elif event.type == "m.room.member" and event.state_key:
            name = event.content.get("displayname")
            if isinstance(name, str) and name:
                self._names[event.state_key] = name[:120]

    async def _room_of(self, user: str) -> str:
        if rooms := self._direct.get(user):
            return rooms[-1]
        content = {"is_direct": True, "invite": [user], "preset": "trusted_private_chat"}
        got = await self._ask("POST", "/createRoom", content, what="message", again=False)
        room = got.json(_Created).room_id
        self._direct[user] = [room]
        path = f"/user/{quote(self._user, safe='')}/account_data/m.direct"
        await self._ask("PUT", path, self._direct, what="inquiry")
        return room

    async def _get[T](self, path: str, params: Mapping[str, Any], kind: type[T], seconds: float) -> T:
        got = await self._request("GET", path, params=params, seconds=seconds, what="inquiry")
        return got.json(kind)

    async def _ask(self, method: str, path: str, content: object, **how: Any) -> Got:
        return await self._request(method, path, json=content, **how)

    async def _request(self, method: str, path: str, **how: Any) -> Got:
        try:
            return await self._web.ask(method, self._base + path, **how)
        except Refused as refused:
            if refused.status in {401, 403}:
                raise SkillError(refused.detail, phrase="error-message-account", way="Matrix") from None
            raise EngineError(refused.detail, retryable=refused.status == 429) from None
        except Unanswered as error:
            raise EngineError(error.detail, retryable=True) from None
