"""Pages of strangers: fetched so that no name and no redirect leads to this machine or this network.

A name is resolved once, every address that it has is judged, and the connection goes to an address that was
judged: what the name means a moment later (DNS rebinding) doesn't matter. Each redirect is judged anew.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from lorgnette.core.errors import LorgnetteError
from lorgnette.core.outgoing import What, leaving
from lorgnette.services.web.addresses import Address, is_public
from lorgnette.services.web.body import read
from lorgnette.services.web.client import AGENT, Refused, Unanswered

if TYPE_CHECKING:
    import ssl

MOST_REDIRECTS: Final = 4
SECONDS: Final = 10.0
LONGEST: Final = 2_000_000
LONGEST_URL: Final = 2000
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PORTS: Final = {"http": 80, "https": 443}

type Resolve = Callable[[str, int], Awaitable[list[Address]]]


class Forbidden(LorgnetteError):
    """That address is none of the internet's."""

    phrase = "error-address-forbidden"


@dataclass(frozen=True, slots=True)
class Page:
    """What came. `url`: where it was in the end; `type`: media type without parameters."""

    url: str
    status: int
    type: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def host(self) -> str:
        """Whose words these are."""
        return urlsplit(self.url).hostname or ""


class Strangers:
    """`get` fetches. `trusted`: hosts named by the settings, which may be at home.

    `resolve` (name, port → addresses) and `allowed` are for tests.
    """

    def __init__(
        self,
        *,
        what: What = "question",
        seconds: float = SECONDS,
        longest: int = LONGEST,
        trusted: frozenset[str] = frozenset(),
        resolve: Resolve | None = None,
        allowed: Callable[[Address], bool] = is_public,
    ) -> None:
        self._what: What = what
        self._seconds = seconds
        self._longest = longest
        self._trusted = trusted
        self._resolve = resolve or _resolved
        self._allowed = allowed
        self._tls: asyncio.Task[ssl.SSLContext] | None = None

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        accept: frozenset[int] = frozenset({200}),
    ) -> Page:
        """The page, over at most four redirects. Raises `Forbidden`, `Unanswered`, `Refused`."""
        until = asyncio.get_running_loop().time() + self._seconds
        for _ in range(MOST_REDIRECTS + 1):
            page = await self._hop(url, headers or {}, until, accept)
            if page.status in accept:
                return page
            there = page.headers.get("location", "")
            if page.status not in _REDIRECTS or not there:
                raise Refused(f"{page.host} answered {page.status}", page.status)
            try:
                url = urljoin(url, there)
            except ValueError:
                raise Unanswered(f"{page.host} redirects to no address") from None
        raise Unanswered(f"{page.host} redirects again and again")

    async def judged(self, url: str, until: float) -> tuple[str, str, int, Address]:
        """(scheme, host, port, an address to connect to) of a URL that may be fetched. `Forbidden` if not."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").encode("idna").decode(), parts.port
        except ValueError:
            raise Forbidden("that is no address") from None
        if parts.scheme not in _PORTS or not host or len(url) > LONGEST_URL:
            raise Forbidden(f"{parts.scheme or 'no scheme'} isn't fetched")
        if parts.username is not None or parts.password is not None:
            raise Forbidden("an address with a name and a password in it isn't fetched")
        port = port or _PORTS[parts.scheme]
        try:
            async with asyncio.timeout_at(until):
                found = await self._resolve(host, port)
        except TimeoutError:
            raise Unanswered(f"the name {host} wasn't found in time") from None
        except (OSError, UnicodeError):
            raise Unanswered(f"the name {host} isn't known") from None
        if not found:
            raise Unanswered(f"the name {host} has no address")
        if host not in self._trusted:
            for address in found:  # one that is at home spoils them all: which is asked may be chance
                if not self._allowed(address):
                    raise Forbidden(f"{host} is {address}, which is none of the internet's")
        return parts.scheme, host, port, found[0]

    async def _hop(self, url: str, headers: Mapping[str, str], until: float, accept: frozenset[int]) -> Page:
        import httpx

        scheme, host, port, address = await self.judged(url, until)
        parts = urlsplit(url)
        at = f"[{address}]" if address.version == 6 else str(address)
        usual = port == _PORTS[scheme]
        named = f"[{host}]" if ":" in host else host
        pinned = f"{scheme}://{at}:{port}{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        sent = {
            "accept-encoding": "identity",
            "user-agent": AGENT,
            **headers,
            "host": named if usual else f"{named}:{port}",
        }
        with leaving(host, self._what, len(url)) as parcel:
            try:
                async with (
                    asyncio.timeout_at(until),
                    httpx.AsyncClient(verify=await self._context(scheme), trust_env=False) as client,
                ):
                    request = client.build_request(
                        "GET", pinned, headers=sent, extensions={"sni_hostname": host}
                    )
                    response = await client.send(request, stream=True)
                    try:
                        good = response.status_code in accept  # what a redirect says isn't read
                        body = await read(response, until, self._longest) if good else b""
                    finally:
                        await response.aclose()
            except TimeoutError:
                raise Unanswered(f"{host} didn't answer in time") from None
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                raise Unanswered(f"{host}: {type(error).__name__}") from error
            except ValueError as error:
                raise Unanswered(f"{host}: {error}") from error
            if not good and response.status_code not in _REDIRECTS:
                parcel.how = "refused"
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Page(url, response.status_code, kind, response.headers, body)

    async def _context(self, scheme: str) -> "ssl.SSLContext | bool":
        """Made once, in a thread: certificates take 0.1 s to load."""
        if scheme == "http":
            return False
        if self._tls is None:
            import httpx

            self._tls = asyncio.create_task(asyncio.to_thread(httpx.create_ssl_context))
        return await asyncio.shield(self._tls)


async def _resolved(host: str, port: int) -> list[Address]:
    try:
        return [ipaddress.ip_address(host.strip("[]"))]
    except ValueError:
        pass
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
