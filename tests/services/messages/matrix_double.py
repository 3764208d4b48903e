"""A Matrix home server with one account, as far as the client-server API documents what is asked of it."""

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ME = "@ada:example.org"
ANNA = "@anna:example.org"
ROOM = "!room:example.org"
TOKEN = "s3cret"


class MatrixDouble:
    """`sent`: what arrived, by transaction; `status`: what a send is answered with."""

    url = ""

    def __init__(self) -> None:
        self.sent: dict[str, dict[str, Any]] = {}
        self.sends = 0
        self.status: list[int] = []
        self.waiting: list[dict[str, Any]] = []
        self.created: list[dict[str, Any]] = []
        self.direct: dict[str, list[str]] = {ANNA: [ROOM]}
        self.came = asyncio.Event()
        self.syncs = 0

    def routes(self) -> list[Route]:
        base = "/_matrix/client/v3"
        return [
            Route(f"{base}/account/whoami", self._whoami),
            Route(f"{base}/sync", self._sync),
            Route(f"{base}/rooms/{{room}}/send/m.room.message/{{txn}}", self._send, methods=["PUT"]),
            Route(f"{base}/createRoom", self._create, methods=["POST"]),
            Route(f"{base}/user/{{user}}/account_data/m.direct", self._account, methods=["PUT"]),
        ]

    def write(self, text: str, event: str, *, sender: str = ANNA, type: str = "m.room.message") -> None:
        content = {"msgtype": "m.text", "body": text} if type == "m.room.message" else {"ciphertext": "x"}
        self.waiting.append(
            {
                "type": type,
                "sender": sender,
                "event_id": event,
                "origin_server_ts": 1_790_000_000_000,
                "content": content,
            }
        )
        self.came.set()

    def _refused(self, request: Request) -> Response | None:
        if request.headers.get("authorization") == f"Bearer {TOKEN}":
            return None
        error = {"errcode": "M_UNKNOWN_TOKEN", "error": "Unrecognised access token."}
        return JSONResponse(error, status_code=401)

    async def _whoami(self, request: Request) -> Response:
        return self._refused(request) or JSONResponse({"user_id": ME, "device_id": "D"})

    async def _sync(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        json.loads(request.query_params["filter"])
        self.syncs += 1
        if "since" in request.query_params and not self.waiting:
            self.came.clear()
            try:
                async with asyncio.timeout(min(5.0, int(request.query_params["timeout"]) / 1000)):
                    await self.came.wait()
            except TimeoutError:
                pass
        events, self.waiting = self.waiting, []
        member = {"type": "m.room.member", "state_key": ANNA, "content": {"displayname": "Anna Berg"}}
        name = {"type": "m.room.name", "state_key": "", "content": {"name": "Hiking club"}}
        joined = {
            ROOM: {
                "timeline": {"events": events, "limited": False, "prev_batch": "p"},
                "state": {"events": [member, name]},
            }
        }
        direct = {"type": "m.direct", "content": self.direct}
        return JSONResponse(
            {
                "next_batch": f"s{self.syncs}",
                "rooms": {"join": joined},
                "account_data": {"events": [direct]},
            }
        )

    async def _send(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        self.sends += 1
        status = self.status.pop(0) if self.status else 200
        if status != 200:
            return JSONResponse({"errcode": "M_UNKNOWN", "error": "no"}, status_code=status)
        content = await request.json()
        self.sent.setdefault(request.path_params["txn"], {"room": request.path_params["room"], **content})
        return JSONResponse({"event_id": "$e"})

    async def _create(self, request: Request) -> Response:
        self.created.append(await request.json())
        return JSONResponse({"room_id": "!new:example.org"})

    async def _account(self, request: Request) -> Response:
        self.direct = await request.json()
        return JSONResponse({})
