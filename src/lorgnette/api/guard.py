"""What every HTTP request passes first: Host and Origin, size, and on the way out the security headers."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lorgnette.api.doorkeeper import Doorkeeper

MAX_BODY: Final = 2 * 1024 * 1024
POLICY: Final = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws: wss:; "
    "worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(self), geolocation=(self), xr-spatial-tracking=(self)",
}
PROBES: Final = ("/healthz", "/readyz")
"""Answered under any name: who probes knows only an address, and nothing private is in them."""
METRICS: Final = "/metrics"
"""Likewise for whoever brings a token, which no web page that stole a name has."""


class Guard:
    """ASGI middleware. `local`: behind the unix socket, where only this user can be."""

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper, *, local: bool = False) -> None:
        self._app = app
        self._doorkeeper = doorkeeper
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope["lorgnette.local"] = self._local
        path = scope["path"]
        known = self._local or path in PROBES or (path == METRICS and bool(headers.get("authorization")))
        if not known and not self._doorkeeper.welcomes(headers):
            await PlainTextResponse("This host or origin is not allowed here.\n", 403)(scope, receive, send)
            return
        limit = (64 if self._local else 1) * MAX_BODY
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > limit:
            await PlainTextResponse("Too large.\n", 413)(scope, receive, send)
            return
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise HTTPException(413, "Too large.")
            return message

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out.setdefault(name, value)
            await send(message)

        await self._app(scope, bounded, sealed)
