"""The hub's HTTP: pages, pairing, and what a companion page or a command asks for."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Protocol

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from lorgnette.api.access import Caller, caller
from lorgnette.api.body import MAX_NAME, body, named
from lorgnette.api.doorkeeper import Doorkeeper
from lorgnette.api.gallery import GalleryApi
from lorgnette.api.guard import Guard
from lorgnette.api.household import Household
from lorgnette.api.offers import Offering, offer_routes
from lorgnette.api.pairing import PairingDesk
from lorgnette.api.people import PeopleRoutes
from lorgnette.api.privacy import PrivacyApi
from lorgnette.api.probes import Observed, Probes
from lorgnette.api.qr import rows
from lorgnette.api.shell import Shell
from lorgnette.core.errors import Busy, Denied, LorgnetteError, NotFound
from lorgnette.core.lines import one_line
from lorgnette.core.people import Device
from lorgnette.store import Devices, Journal, People

log = logging.getLogger(__name__)

WEB = Path(__file__).resolve().parents[1] / "web"

type Handler = Callable[[Request, Caller], Awaitable[Any]]
type Known = Callable[[Handler], Callable[[Request], Awaitable[Response]]]
"""Makes an endpoint that only a wearer's device reaches; what the handler gives is sent as JSON."""


class Domain(Protocol):
    """Endpoints of a domain."""

    def routes(self, known: Known) -> Sequence[BaseRoute]: ...


class Live(Observed, Offering, Protocol):
    """The running hub, as pages and commands see it."""

    def online(self, device: str) -> bool: ...

    def reached(self) -> dict[str, str]:
        """Where other devices reach the hub: `url`, and `trust` and `fingerprint` of a home certificate."""
        ...

    def chime(self, wearer: str, device: str) -> bool:
        """A short sound on this device of theirs; False if it isn't on or can't be heard."""
        ...

    def examples(self, language: str) -> list[dict[str, str]]:
        """What one can say to each skill: `skill`, `does`, `example`."""
        ...

    def status(self) -> dict[str, Any]:
        """Numbers without text: sessions, connections, lag, engines' health."""
        ...

    async def turn(self, wearer: str, work: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Run a typed or recorded turn for `say` and `hear`."""
        ...

    async def snapshot(self) -> Path:
        """A copy of the store at this moment, beside it; who asked deletes it."""
        ...

    async def simulated(self, devices: int) -> list[str]:
        """Tokens of so many devices, each of a temporary wearer of its own."""
        ...

    async def forget_simulated(self) -> int:
        """Hang up on every temporary wearer and delete them; gives their number."""
        ...


@dataclass(frozen=True, slots=True)
class Api:
    """Everything the endpoints need."""

    live: Live
    people: People
    devices: Devices
    journal: Journal
    desk: PairingDesk
    doorkeeper: Doorkeeper
    household: Household
    metrics_token: str = ""
    gallery: GalleryApi | None = None
    privacy: PrivacyApi | None = None
    domains: Sequence[Domain] = ()

    def app(self, *, local: bool = False, more: Sequence[BaseRoute] = ()) -> ASGIApp:
        """The ASGI application; `local` for the unix socket, `more` before the pages."""
        routes: list[BaseRoute] = [
            *Probes(self.live, self.doorkeeper, self.people, self.metrics_token).routes(),
            Route("/v1/pair", self._pair, methods=["POST"]),
            *PeopleRoutes(self.people, self.devices, self.household, self._known).routes(),
            Route("/v1/devices", self._known(self._list)),
            Route("/v1/devices/{id}", self._known(self._revoke), methods=["DELETE"]),
            Route("/v1/devices/{id}", self._known(self._rename), methods=["PATCH"]),
            Route("/v1/pairing", self._known(self._new_code), methods=["POST"]),
            Route("/v1/chime", self._known(self._chime), methods=["POST"]),
            Route("/v1/examples", self._known(self._examples)),
            Route("/v1/turns", self._known(self._turns)),
            Route("/v1/turns/{id}", self._known(self._turn)),
            Route("/v1/status", self._known(self._status)),
            *offer_routes(self.live, self._known, local=local),
            *(self.gallery.routes() if self.gallery is not None else ()),
            *(self.privacy.routes() if self.privacy is not None else ()),
            *(route for domain in self.domains for route in domain.routes(self._known)),
            *more,
        ]
        if local:
            routes += [
                Route("/v1/run", self._known(self._run), methods=["POST"]),
                Route("/v1/snapshot", self._known(self._snapshot), methods=["POST"]),
                Route("/v1/simulate", self._known(self._simulate), methods=["POST"]),
                Route("/v1/simulate", self._known(self._forget_simulated), methods=["DELETE"]),
            ]
        else:
            routes += [*Shell(WEB).routes(), Mount("/", _Pages(directory=WEB, html=True))]
        starlette = Starlette(
            routes=routes,
            exception_handlers={LorgnetteError: _refused, HTTPException: _turned_down, Exception: _broken},
        )
        return Guard(starlette, self.doorkeeper, local=local)

    def _known(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def call(request: Request) -> Response:
            who = await caller(request, self.doorkeeper, self.people)
            return _json(await handler(request, who))

        return call

    # ── pairing and devices ────────────────────────────────────────────────────────────────────────────

    async def _pair(self, request: Request) -> Response:
        wanted = await body(request, _PairRequest)
        wearer, shared = self.desk.redeem(wanted.code)
        name = one_line(wanted.name) or "glasses"
        if shared:
            device, token = await self.household.pair_shared(wearer, name)
        else:
            device, token = await self.devices.pair(wearer, name)
        log.info("paired %s", device.id)
        return _json({"token": token, "device": device.id, "wearer": device.wearer})

    async def _new_code(self, request: Request, who: Caller) -> Any:
        wanted = await body(request, _CodeRequest)
        wearer = who.wearer
        if who.role == "guest":
            raise Denied("a guest pairs no devices")
        if wanted.shared or (wanted.wearer and wanted.wearer != wearer):
            who.require_owner()
        if wanted.wearer and wanted.wearer != wearer:
            wearer = (await self.people.named(wanted.wearer)).id
        code = self.desk.code(wearer, shared=wanted.shared)
        reached = self.live.reached()
        url = f"{reached['url']}#first={code}"
        return {"code": code, "wearer": wearer, "seconds": 300} | reached | {"url": url, "qr": rows(url)}

    async def _list(self, request: Request, who: Caller) -> Any:
        del request
        found = await self.devices.devices(who.wearer)
        if who.role == "owner":
            found += await self.household.shared()
        return [msgspec.to_builtins(one) | {"online": self.live.online(one.id)} for one in found]

    async def _revoke(self, request: Request, who: Caller) -> Any:
        shared = await self._shared(request, who)
        if shared is not None:
            return await self.household.revoke_shared(shared)
        return await self.devices.revoke(who.wearer, request.path_params["id"])

    async def _rename(self, request: Request, who: Caller) -> Any:
        name = named((await body(request, _Rename)).name)
        shared = await self._shared(request, who)
        if shared is not None:
            await self.household.change(shared.wearer, name=name)
        wearer = who.wearer if shared is None else shared.wearer
        return await self.devices.rename(wearer, request.path_params["id"], name)

    async def _shared(self, request: Request, who: Caller) -> Device | None:
        """The shared device of the path, if an owner asks."""
        if who.role == "owner":
            for one in await self.household.shared():
                if one.id == request.path_params["id"]:
                    return one
        return None

    async def _chime(self, request: Request, who: Caller) -> Any:
        del request
        return {"sounded": self.live.chime(who.wearer, who.device)}

    async def _examples(self, request: Request, who: Caller) -> Any:
        wearer = await self.people.wearer(who.wearer)
        return self.live.examples(request.query_params.get("language") or wearer.language)

    # ── turns ──────────────────────────────────────────────────────────────────────────────────────────

    async def _turns(self, request: Request, who: Caller) -> Any:
        try:
            limit = min(200, max(1, int(request.query_params.get("limit", "20"))))
        except ValueError:
            raise HTTPException(400, "limit is a number from 1 to 200") from None
        return await self.journal.turns(who.wearer, limit)

    async def _turn(self, request: Request, who: Caller) -> Any:
        turn = await self.journal.turn(who.wearer, request.path_params["id"])
        if turn is None:
            raise NotFound("no such turn")
        return turn

    async def _run(self, request: Request, who: Caller) -> Any:
        try:
            work = msgspec.msgpack.decode(await request.body(), type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise HTTPException(400, str(error)) from None
        return await self.live.turn(who.wearer, work)

    async def _snapshot(self, request: Request, who: Caller) -> Any:
        del request
        who.require_owner()
        return {"path": str(await self.live.snapshot())}

    async def _simulate(self, request: Request, who: Caller) -> Any:
        who.require_owner()
        wanted = await body(request, _Simulated)
        return {"tokens": await self.live.simulated(wanted.devices)}

    async def _forget_simulated(self, request: Request, who: Caller) -> Any:
        del request
        who.require_owner()
        return {"forgotten": await self.live.forget_simulated()}

    # ── the hub itself ─────────────────────────────────────────────────────────────────────────────────

    async def _status(self, request: Request, who: Caller) -> Any:
        del request
        who.require_owner()
        return self.live.status()


class _PairRequest(msgspec.Struct):
    code: Annotated[str, msgspec.Meta(max_length=128)]
    name: Annotated[str, msgspec.Meta(max_length=MAX_NAME)] = ""


class _CodeRequest(msgspec.Struct):
    wearer: str = ""
    shared: bool = False


class _Rename(msgspec.Struct):
    name: Annotated[str, msgspec.Meta(max_length=MAX_NAME)]


class _Simulated(msgspec.Struct):
    devices: Annotated[int, msgspec.Meta(ge=1, le=2000)]


class _Pages(StaticFiles):
    """The browser glasses; revalidated on every load, so that an upgrade is seen at once."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        response = super().file_response(*args, **more)
        response.headers.setdefault("cache-control", "no-cache")
        return response


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


def _status_of(error: LorgnetteError) -> int:
    if isinstance(error, Denied):
        return 403
    if isinstance(error, NotFound):
        return 404
    return 429 if isinstance(error, Busy) else 400


async def _refused(request: Request, error: Exception) -> Response:
    del request
    detail = error.detail if isinstance(error, LorgnetteError) else "unexpected"
    status = _status_of(error) if isinstance(error, LorgnetteError) else 500
    return Response(msgspec.json.encode({"error": detail}), status, media_type="application/json")


async def _turned_down(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if not request.url.path.startswith("/v1/"):
        return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)
    return Response(
        msgspec.json.encode({"error": error.detail}),
        error.status_code,
        error.headers,
        media_type="application/json",
    )


async def _broken(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return Response(
        b'{"error":"something went wrong here; the log says what"}', 500, media_type="application/json"
    )
