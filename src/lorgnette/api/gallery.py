"""The gallery by HTTP: listed, looked at, saved, deleted and brought back; each wearer their own."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from lorgnette.api.access import Caller, caller
from lorgnette.api.doorkeeper import Doorkeeper
from lorgnette.core.errors import Denied, NotFound
from lorgnette.core.events import GalleryChanged
from lorgnette.sdk import Shot
from lorgnette.services.gallery import GalleryService, WearerGallery
from lorgnette.services.gallery.endings import ENDINGS
from lorgnette.store import People

LINK_SECONDS: Final = 600
PAGE: Final = 60
SEALED: Final = {
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, no-store",
}
"""What a camera sent is a picture or a film and never a page; nothing of it stays in a browser's cache."""
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class _Wishes(msgspec.Struct):
    places: bool


class GalleryApi:
    """`told(wearer, event)`: the wearer's devices hear of a change."""

    def __init__(
        self,
        gallery: GalleryService,
        doorkeeper: Doorkeeper,
        people: People,
        told: Callable[[str, GalleryChanged], None],
    ) -> None:
        self._gallery = gallery
        self._doorkeeper = doorkeeper
        self._people = people
        self._told = told
        self._secret = secrets.token_bytes(32)

    def routes(self) -> list[Route]:
        """For the application."""
        return [
            Route("/v1/gallery", self._known(self._list)),
            Route("/v1/gallery/wishes", self._known(self._wishes)),
            Route("/v1/gallery/wishes", self._known(self._wish), methods=["PATCH"]),
            Route("/v1/gallery/{id}", self._known(self._one)),
            Route("/v1/gallery/{id}", self._known(self._delete), methods=["DELETE"]),
            Route("/v1/gallery/{id}/restore", self._known(self._restore), methods=["POST"]),
            Route("/v1/gallery/{id}/link", self._known(self._link), methods=["POST"]),
            Route("/v1/gallery/{id}/thumb", self._known(self._thumb)),
            Route("/v1/gallery/{id}/original", self._original),
        ]

    def _known(
        self, handler: Callable[[Request, Caller], Awaitable[Any]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def call(request: Request) -> Response:
            who = await caller(request, self._doorkeeper, self._people)
            found = await handler(request, who)
            if isinstance(found, Response):
                return found
            return Response(msgspec.json.encode(found), media_type="application/json")

        return call

    def _of(self, who: Caller) -> WearerGallery:
        return self._gallery.of(who.wearer)

    async def _list(self, request: Request, who: Caller) -> Any:
        try:
            limit = int(request.query_params.get("limit", PAGE))
        except ValueError:
            raise HTTPException(400, "limit is a number from 1 to 200") from None
        found, following = await self._of(who).page(limit, request.query_params.get("before", "")[:200])
        return {"items": found, "next": following}

    async def _one(self, request: Request, who: Caller) -> Any:
        return await self._of(who).get(_id(request))

    async def _delete(self, request: Request, who: Caller) -> Any:
        shot = await self._of(who).delete(_id(request))
        self._told(who.wearer, GalleryChanged(shot.id, "deleted"))
        return msgspec.to_builtins(shot) | {"undo_hours": self._gallery.settings.undo_hours}

    async def _restore(self, request: Request, who: Caller) -> Any:
        shot = await self._of(who).restore(_id(request))
        self._told(who.wearer, GalleryChanged(shot.id, "restored"))
        return shot

    async def _thumb(self, request: Request, who: Caller) -> Response:
        small = await self._of(who).thumbnail(_id(request))
        if small is None:
            raise NotFound("it has no thumbnail")
        return Response(small, media_type="image/jpeg", headers=SEALED)

    async def _wishes(self, request: Request, who: Caller) -> Any:
        del request
        return {"places": await self._of(who).places()}

    async def _wish(self, request: Request, who: Caller) -> Any:
        try:
            wish = msgspec.json.decode(await request.body(), type=_Wishes)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise HTTPException(400, str(error)) from None
        await self._of(who).want_places(wanted=wish.places)
        return wish

    # ── originals ──────────────────────────────────────────────────────────────────────────────────────

    async def _link(self, request: Request, who: Caller) -> Any:
        """A player can't send a token: an address that only this hub could have made, for ten minutes."""
        shot = await self._of(who).get(_id(request))
        until = int(datetime.now(UTC).timestamp()) + LINK_SECONDS
        key = self._key(shot.id, who.wearer, until)
        query = f"wearer={who.wearer}&until={until}&key={key}"
        return {"url": f"/v1/gallery/{shot.id}/original?{query}", "seconds": LINK_SECONDS}

    async def _original(self, request: Request) -> Response:
        """The file itself, in parts if a player asks so; `save=1`: to be kept, under a name."""
        id = _id(request)
        if "key" in request.query_params:
            wearer = self._bearer(request, id)
        else:
            wearer = (await caller(request, self._doorkeeper, self._people)).wearer
        shot, path = await self._gallery.of(wearer).original(id)
        zone = (await self._people.wearer(wearer)).zone
        save = request.query_params.get("save") == "1"
        return _file(shot, path, zone, save=save)

    def _bearer(self, request: Request, id: str) -> str:
        asked = request.query_params
        try:
            until = int(asked.get("until", ""))
        except ValueError:
            until = 0
        wearer = asked.get("wearer", "")
        right = hmac.compare_digest(asked["key"].encode(), self._key(id, wearer, until).encode())
        if not right or until < datetime.now(UTC).timestamp():
            raise Denied("this link isn't valid, or no longer")
        return wearer

    def _key(self, id: str, wearer: str, until: int) -> str:
        return hmac.new(self._secret, f"{id}\n{wearer}\n{until}".encode(), hashlib.sha256).hexdigest()


def _file(shot: Shot, path: Path, zone: str, *, save: bool) -> FileResponse:
    return FileResponse(
        path,
        media_type=shot.mime,
        filename=file_name(shot, zone),
        content_disposition_type="attachment" if save else "inline",
        headers=SEALED,
    )


def file_name(shot: Shot, zone: str) -> str:
    """As one finds it again: by the wearer's clock, `2026-11-24 13.05.09.jpg`."""
    at = datetime.fromtimestamp(shot.taken, ZoneInfo(zone))
    return f"{at:%Y-%m-%d %H.%M.%S}.{ENDINGS.get(shot.mime, 'bin')}"


def _id(request: Request) -> str:
    id: str = request.path_params["id"]
    if not _ID.fullmatch(id):
        raise NotFound("no such picture or film")
    return id
