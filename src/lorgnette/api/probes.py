"""`/healthz`, `/readyz` and `/metrics`: what a service manager, a balancer and Prometheus ask for."""

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Protocol
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lorgnette.api.access import caller
from lorgnette.api.doorkeeper import Doorkeeper
from lorgnette.api.exposition import OPENMETRICS, TEXT, rendered, wants_openmetrics
from lorgnette.api.process import process_families
from lorgnette.api.reading import Reading, hub_families
from lorgnette.core.errors import Denied
from lorgnette.store import People

FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
OWN_NAMES: Final = ("localhost", "127.0.0.1", "::1")
FRESH: Final = {"cache-control": "no-store"}


class Observed(Protocol):
    """The hub, as probes see it."""

    def unready(self) -> Mapping[str, str]:
        """What keeps the hub from taking new wearers: part → starting, failing, missing or draining."""
        ...

    def reading(self) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Probes:
    """`token`: what Prometheus shows from another machine; without one only the owner's devices may read."""

    hub: Observed
    doorkeeper: Doorkeeper
    people: People
    token: str = ""

    def routes(self) -> list[Route]:
        """They come before every other route."""
        return [
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            Route("/metrics", self.metrics),
        ]

    async def alive(self, request: Request) -> Response:
        """The event loop turns; nothing else is asked."""
        del request
        return PlainTextResponse("ok\n", headers=FRESH)

    async def ready(self, request: Request) -> Response:
        """503 with the reasons while new wearers had better go elsewhere or wait."""
        del request
        unready = self.hub.unready()
        body = {
            "ready": not unready,
            "reasons": [{"part": part, "why": why} for part, why in unready.items()],
        }
        return Response(
            msgspec.json.encode(body), 503 if unready else 200, FRESH, media_type="application/json"
        )

    async def metrics(self, request: Request) -> Response:
        """`Denied` for whoever is neither on this machine nor the operator."""
        await self._admit(request)
        families = [*hub_families(self.hub.reading()), *await asyncio.to_thread(process_families)]
        openmetrics = wants_openmetrics(request.headers.get("accept", ""))
        body = rendered(families, openmetrics=openmetrics)
        return Response(body, headers=FRESH | {"content-type": OPENMETRICS if openmetrics else TEXT})

    async def _admit(self, request: Request) -> None:
        scheme, _, shown = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            if request.scope.get("lorgnette.local") or _on_this_machine(request):
                return
            raise Denied("metrics need a token from elsewhere: metrics.token, or one of the owner's devices")
        right = self.token.encode()
        if right and scheme.lower() == "bearer" and hmac.compare_digest(shown.strip().encode(), right):
            return
        (await caller(request, self.doorkeeper, self.people)).require_owner()


def _on_this_machine(request: Request) -> bool:
    """From a loopback address, under a loopback name, and through no proxy, behind which anybody may be."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        name = urlsplit(f"//{request.headers.get('host', '')}").hostname
        address = ip_address(request.client.host)
    except ValueError:
        return False
    return name in OWN_NAMES and (getattr(address, "ipv4_mapped", None) or address).is_loopback
