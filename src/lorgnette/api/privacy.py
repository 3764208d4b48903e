"""Privacy by HTTP: what is kept and what went out; taking it along, forgetting it. Each wearer their own.

Whoever sits at the hub's machine may act for any wearer, by `?wearer=`: they could read the files anyway.
Over the network nobody can, the owner neither (docs/decisions/0061).
"""

import asyncio
import math
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Protocol

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from lorgnette.api.access import Caller, caller
from lorgnette.api.doorkeeper import Doorkeeper
from lorgnette.core.errors import Denied
from lorgnette.core.outgoing import Parcel
from lorgnette.core.people import Wearer
from lorgnette.services.privacy import CHUNK, Bundle, PrivacyService
from lorgnette.store import People, Span

LISTED: Final = 1000
MOST_KINDS: Final = 64


class Listener(Protocol):
    """An engine or service in use and who hears it (`doctor.egress`)."""

    @property
    def kind(self) -> str: ...
    @property
    def engine(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def reach(self) -> str: ...
    @property
    def contents(self) -> tuple[str, ...] | None: ...
    @property
    def encrypted(self) -> bool: ...


class _Wanted(msgspec.Struct):
    """`since`: epoch seconds; 0: ever."""

    what: Annotated[list[str], msgspec.Meta(min_length=1, max_length=MOST_KINDS)]
    since: float = 0.0
    until: float = 0.0

    @property
    def span(self) -> Span:
        return Span(self.since or -math.inf, self.until or math.inf)


class _Choice(msgspec.Struct):
    """`days`: null as the hub does."""

    what: str
    days: float | None


class PrivacyApi:
    """`exported(wearer)`: told when somebody at the machine took another wearer's things along.

    `guests`: days that things of a guest are kept, by holding.
    """

    def __init__(
        self,
        privacy: PrivacyService,
        doorkeeper: Doorkeeper,
        people: People,
        listeners: Callable[[], Iterable[Listener]],
        exported: Callable[[Wearer], Awaitable[None]],
        guests: Callable[[], Mapping[str, float]],
    ) -> None:
        self._guests = guests
        self._privacy = privacy
        self._doorkeeper = doorkeeper
        self._people = people
        self._listeners = listeners
        self._exported = exported

    def routes(self) -> list[Route]:
        """For the application."""
        return [
            Route("/v1/privacy", self._known(self._overview)),
            Route("/v1/privacy/keeping", self._known(self._choose), methods=["PUT"]),
            Route("/v1/privacy/preview", self._known(self._preview), methods=["POST"]),
            Route("/v1/privacy/forget", self._known(self._forget), methods=["POST"]),
            Route("/v1/privacy/export", self._known(self._export), methods=["POST"]),
            Route("/v1/egress", self._known(self._egress)),
            Route("/v1/egress", self._known(self._note), methods=["POST"]),
        ]

    def _known(
        self, handler: Callable[[Request, Caller, Wearer], Awaitable[Any]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def call(request: Request) -> Response:
            who = await caller(request, self._doorkeeper, self._people)
            whose = request.query_params.get("wearer", "")
            if whose and whose != who.wearer and not who.local:
                raise Denied("what is kept of somebody is theirs alone")
            found = await handler(request, who, await self._people.wearer(whose or who.wearer))
            if isinstance(found, Response):
                return found
            body = msgspec.json.encode(found)
            return Response(body, media_type="application/json", headers={"cache-control": "no-store"})

        return call

    async def _own(self, request: Request, who: Caller) -> None:
        """What many have in their hands neither takes along nor forgets."""
        if who.local:
            return
        token = request.headers.get("authorization", "").partition(" ")[2].strip()
        device = await self._doorkeeper.device(token)
        if device is None or device.shared:
            raise Denied("not from a shared device; use one of your own")

    # ── what is kept ───────────────────────────────────────────────────────────────────────────────────

    async def _overview(self, request: Request, who: Caller, wearer: Wearer) -> Any:
        del request
        privacy = self._privacy
        chosen = await privacy.keeping.of(wearer.id)
        kept = await privacy.estate.kept(wearer.id)
        return {
            "wearer": {"name": wearer.name, "language": wearer.language, "zone": wearer.zone},
            "owner": who.role == "owner",
            "kept": [
                msgspec.to_builtins(one) | self._terms(wearer, one.name, chosen.get(one.name)) for one in kept
            ],
            "copies": privacy.copies,
            "listeners": [_listener(one, owner=who.role == "owner") for one in self._listeners()],
        }

    def _terms(self, wearer: Wearer, name: str, chosen: float | None) -> dict[str, Any]:
        """`days`: after so many it goes by itself, null: not; `choosable`: the wearer may want shorter."""
        limit = self._privacy.keeping.limits.get(name)
        terms = [limit, self._guests().get(name) if wearer.role == "guest" else None]
        days = min((one for one in terms if one is not None), default=None)
        return {"days": days, "chosen": chosen, "choosable": limit is not None}

    async def _choose(self, request: Request, who: Caller, wearer: Wearer) -> Any:
        choice = await _body(request, _Choice)
        await self._own(request, who)
        await self._privacy.choose(wearer.id, choice.what, choice.days)
        return {"chosen": await self._privacy.keeping.of(wearer.id)}

    # ── forgetting ─────────────────────────────────────────────────────────────────────────────────────

    async def _preview(self, request: Request, who: Caller, wearer: Wearer) -> Any:
        del who
        wanted = await _body(request, _Wanted)
        estate = self._privacy.estate
        return {"kept": await estate.kept(wearer.id, estate.named(wanted.what), wanted.span)}

    async def _forget(self, request: Request, who: Caller, wearer: Wearer) -> Any:
        wanted = await _body(request, _Wanted)
        await self._own(request, who)
        gone = await self._privacy.estate.forget(wearer.id, wanted.what, wanted.span)
        return {"forgotten": gone, "copies": self._privacy.copies}

    # ── taking along ───────────────────────────────────────────────────────────────────────────────────

    async def _export(self, request: Request, who: Caller, wearer: Wearer) -> Response:
        await self._own(request, who)
        bundle = await self._privacy.estate.export(wearer)
        if wearer.id != who.wearer:
            await self._exported(wearer)
        name = f"lorgnette-{datetime.now(UTC):%Y%m%d}.zip"
        headers = {
            "content-length": str(bundle.size),
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "no-store",
        }
        return StreamingResponse(_poured(bundle), media_type="application/zip", headers=headers)

    # ── what went out ──────────────────────────────────────────────────────────────────────────────────

    async def _egress(self, request: Request, who: Caller, wearer: Wearer) -> Any:
        query = request.query_params
        try:
            since, limit = float(query.get("since", "0")), int(query.get("limit", "100"))
        except ValueError:
            raise HTTPException(400, "since is a number of seconds, limit one from 1 to 1000") from None
        if not math.isfinite(since) or not 0 < limit <= LISTED:
            raise HTTPException(400, "since is a number of seconds, limit one from 1 to 1000")
        own, log = who.role == "owner", self._privacy.log
        return {
            "days": self._privacy.keeping.limits["outgoing"],
            "totals": await log.totals(wearer.id, own=own, since=since),
            "entries": await log.entries(wearer.id, own=own, since=since, limit=limit),
        }

    async def _note(self, request: Request, who: Caller, wearer: Wearer) -> Any:
        """A command of this machine fetched something: the hub's own."""
        del wearer
        if not who.local:
            raise Denied("only commands at the hub's machine write this log")
        parcels = await _body(request, list[Parcel])
        for parcel in parcels[:LISTED]:
            parcel.wearer = ""
            self._privacy.log.note(parcel)
        return {"noted": len(parcels)}


def _listener(one: Listener, *, owner: bool) -> dict[str, Any]:
    """`setting`: where the owner changes it."""
    named = {"llm": "model", "service": one.engine}
    section = named.get(one.kind) or f"{one.kind}_{one.engine}"
    return {
        "kind": one.kind,
        "engine": one.engine,
        "host": one.host,
        "reach": one.reach,
        "contents": None if one.contents is None else list(one.contents),
        "encrypted": one.encrypted,
        "setting": section if owner else "",
    }


async def _body[T](request: Request, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HTTPException(400, str(error)) from None


async def _poured(bundle: Bundle) -> AsyncGenerator[bytes]:
    try:
        while chunk := await asyncio.to_thread(bundle.file.read, CHUNK):
            yield chunk
    finally:
        bundle.file.close()
