"""What answers at `/trust`, and the plain door beside HTTPS that answers nothing else."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from cryptography.x509.oid import NameOID
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from lorgnette.api.doorkeeper import LOOPBACK, host_name
from lorgnette.api.trust.page import WEB, chosen, page, style
from lorgnette.lan import Authority

FILE: Final = "lorgnette-ca.crt"
FRESH: Final = {"cache-control": "no-cache"}
SAFE: Final = ("GET", "HEAD")
OTHERS: Final = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS")

type Reached = Callable[[], Mapping[str, str]]


def trust_routes(authority: Authority | None, reached: Reached) -> Sequence[BaseRoute]:
    """The page, its style and the certificate; nothing where devices need no trust."""
    if authority is None:
        return ()
    names = authority.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(names[0].value) if names else "Lorgnette"

    async def shown(request: Request) -> Response:
        headers = request.headers
        language = chosen(request.query_params.get("lang", ""), headers.get("accept-language", ""))
        text = page(language, reached(), name, headers.get("user-agent", ""))
        return HTMLResponse(text, headers=FRESH | {"vary": "accept-language, user-agent"})

    async def certificate(request: Request) -> Response:
        """As PEM under the type and the ending that every system offers to install."""
        del request
        return Response(authority.pem, media_type="application/x-x509-ca-cert")

    async def sheet(request: Request) -> Response:
        del request
        return Response(style(), media_type="text/css", headers=FRESH)

    async def icon(request: Request) -> Response:
        del request
        return FileResponse(WEB / "icon.svg", media_type="image/svg+xml")

    return (
        Route("/trust", shown),
        Route(f"/trust/{FILE}", certificate),
        Route("/trust/style.css", sheet),
        Route("/trust/icon.svg", icon),
    )


def front_door(authority: Authority | None, reached: Reached) -> ASGIApp:
    """The application of the plain listener: no pairing, no token, no device gets in here."""

    async def elsewhere(request: Request) -> Response:
        if request.method not in SAFE:  # what was sent is on the wire already; don't send it again
            return PlainTextResponse("This hub speaks HTTPS only.\n", 403)
        front = reached()["url"].rstrip("/")
        host = host_name(request.headers.get("host", ""))
        if host not in LOOPBACK:  # the guard knows it as one of the hub's own
            front = f"https://{host}:{front.rpartition(':')[2]}"
        path, query = request.scope.get("raw_path") or b"/", request.scope.get("query_string")
        asked = (path + (b"?" + query if query else b"")).decode("ascii", "ignore")
        return RedirectResponse(front + asked, 307, headers={"cache-control": "no-store"})

    everything = Route("/{path:path}", elsewhere, methods=[*SAFE, *OTHERS])
    return Starlette(routes=[*trust_routes(authority, reached), everything])
