"""One account on a DAV server: where its collections are, what is in them, and changes to it."""

import logging
from collections.abc import AsyncIterator, Generator, Iterable, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final, Literal
from urllib.parse import urljoin, urlsplit

from lorgnette.config import Secret
from lorgnette.core.outgoing import What
from lorgnette.services.dav import xml
from lorgnette.services.dav.xml import CALDAV, CARDDAV, DAV, SERVER, Answered, plain
from lorgnette.services.web import Got, Refused, Unanswered, WebClient

log = logging.getLogger(__name__)

SECONDS: Final = 20.0
LONGEST: Final = 32_000_000
AT_ONCE: Final = 50
MOST: Final = 20_000
"""Resources of a collection; what is beyond isn't read."""
MOST_COLLECTIONS: Final = 50
HOPS: Final = 5
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_WELL: Final = frozenset({207})
_XML: Final = {"content-type": "application/xml; charset=utf-8"}

type Kind = Literal["calendar", "contacts"]


@dataclass(frozen=True, slots=True)
class Collection:
    """A calendar or an address book. `tag` is another one when something in it changed, if there is one."""

    href: str
    name: str
    tag: str = ""
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Resource:
    """One file in a collection."""

    href: str
    etag: str
    data: str


class DavClient:
    """Everything raises `Unanswered`, or `Refused` with the server's status (401: a wrong password)."""

    def __init__(self, kind: Kind, url: str, user: str, password: Secret) -> None:
        self.kind = kind
        self._url = url.replace("webcal://", "https://", 1)
        self._what: What = "calendar" if kind == "calendar" else "contacts"
        self._user = user
        self._password = password
        self._client: WebClient | None = None

    async def aclose(self) -> None:
        """Drop the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def collections(self) -> list[Collection]:
        """By the principal and its home, as RFC 6764 finds them; or the one that the address itself is."""
        start = await self._at(self._url)
        found = await self._principal(start)
        here = [one for one in found if one.found]
        if not here:
            raise Unanswered(f"{self._host} is no {self.kind} server")
        if self._is_mine(here[0]):
            return [self._collection(here[0])]
        name = f"{CALDAV}calendar-home-set" if self.kind == "calendar" else f"{CARDDAV}addressbook-home-set"
        home = here[0].href_in(name)
        principal = here[0].href_in(f"{DAV}current-user-principal")
        if not home and principal:
            name_in_short = "c:calendar-home-set" if self.kind == "calendar" else "a:addressbook-home-set"
            got = await self._ask("PROPFIND", self._join(principal), xml.propfind(name_in_short), depth="0")
            home = next((href for one in xml.multistatus(got.body) if (href := one.href_in(name))), "")
        inner = await self._listed(self._join(home or here[0].href))
        mine = [self._collection(one) for one in inner if self._is_mine(one)]
        if not mine:
            raise Unanswered(f"{self._host} has no {self.kind} for this user")
        return mine[:MOST_COLLECTIONS]

    async def etags(self, collection: str) -> dict[str, str]:
        """Address → etag of everything in it."""
        body = xml.propfind("d:getetag", "d:resourcetype")
        got = await self._ask("PROPFIND", collection, body, depth="1")
        return {
            plain(urljoin(collection, one.href)): one.text(f"{DAV}getetag")
            for one in xml.multistatus(got.body)[: MOST + 1]
            if one.status == 200
            and f"{DAV}collection" not in one.names_in(f"{DAV}resourcetype")
            and one.text(f"{DAV}getetag")
        }

    async def fetch(self, collection: str, hrefs: Iterable[str]) -> AsyncIterator[Resource]:
        """The resources under these addresses; one that is gone meanwhile is left out."""
        from urllib.parse import quote

        data = f"{CALDAV}calendar-data" if self.kind == "calendar" else f"{CARDDAV}address-data"
        for some in batched(hrefs, AT_ONCE):
            paths = [quote(urlsplit(href).path, safe="/@:!$&'()*+,;=~") for href in some]
            body = xml.multiget("c" if self.kind == "calendar" else "a", paths)
            got = await self._ask("REPORT", collection, body, depth="1")
            for one in xml.multistatus(got.body):
                if one.text(data):
                    yield Resource(
                        plain(urljoin(collection, one.href)), one.text(f"{DAV}getetag"), one.text(data)
                    )

    async def put(self, href: str, data: str, etag: str = "") -> str:
        """Write; a new one must be new, an old one as it was with `etag`. Its new etag, where that is told.

        `Refused` with 412: somebody else was faster.
        """
        condition = {"if-match": etag} if etag else {"if-none-match": "*"}
        headers = {"content-type": "text/calendar; charset=utf-8"} | condition
        accept = frozenset({200, 201, 204})
        got = await self._client_().ask(
            "PUT", _quoted(href), content=data.encode(), headers=headers, accept=accept, what=self._what
        )
        return got.headers.get("etag", "")

    async def delete(self, href: str, etag: str = "") -> None:
        """Delete what has this etag; what isn't there any more is deleted."""
        headers = {"if-match": etag} if etag else {}
        accept = frozenset({200, 202, 204, 404, 410})
        await self._client_().ask("DELETE", _quoted(href), headers=headers, accept=accept, what=self._what)

    async def feed(self, etag: str = "") -> tuple[str, str] | None:
        """(text, etag) of an address that is one file; None: it is as it was."""
        headers = {"if-none-match": etag} if etag else {}
        accept = frozenset({200, 304}) | _MOVED
        url = self._url
        for _ in range(HOPS):
            got = await self._client_().ask("GET", url, headers=headers, accept=accept, what=self._what)
            if got.status == 304:
                return None
            if got.status not in _MOVED:
                return got.body.decode("utf-8", "replace"), got.headers.get("etag", "")
            url = self._beside(urljoin(url, got.headers.get("location", "")))
        raise Unanswered(f"{self._host} sends from one address to the next")

    # ── asking ─────────────────────────────────────────────────────────────────────────────────────────

    async def _at(self, url: str) -> str:
        """The address itself, or where the server's well-known one leads."""
        if urlsplit(url).path not in {"", "/"}:
            return url
        known = urljoin(url, "/.well-known/caldav" if self.kind == "calendar" else "/.well-known/carddav")
        for _ in range(HOPS):
            try:
                got = await self._ask(
                    "PROPFIND", known, xml.propfind("d:resourcetype"), depth="0", moved=True
                )
            except Refused as error:
                if error.status in {401, 403}:
                    raise
                return url
            if got.status not in _MOVED:
                return known
            known = self._beside(urljoin(known, got.headers.get("location", "")))
        raise Unanswered(f"{self._host} sends from one address to the next")

    async def _principal(self, url: str) -> list[Answered]:
        body = xml.propfind(
            "d:resourcetype",
            "d:displayname",
            "d:current-user-principal",
            "d:current-user-privilege-set",
            "c:calendar-home-set",
            "a:addressbook-home-set",
            "s:getctag",
        )
        got = await self._ask("PROPFIND", url, body, depth="0")
        return [Answered(urljoin(url, one.href), one.status, one.found) for one in xml.multistatus(got.body)]

    async def _listed(self, url: str) -> list[Answered]:
        body = xml.propfind(
            "d:resourcetype",
            "d:displayname",
            "d:current-user-privilege-set",
            "s:getctag",
            "c:supported-calendar-component-set",
        )
        got = await self._ask("PROPFIND", url, body, depth="1")
        return [Answered(urljoin(url, one.href), one.status, one.found) for one in xml.multistatus(got.body)]

    async def _ask(self, method: str, url: str, body: bytes, *, depth: str, moved: bool = False) -> Got:
        accept = _WELL | _MOVED if moved else _WELL
        headers: Mapping[str, str] = _XML | {"depth": depth}
        return await self._client_().ask(
            method, _quoted(url), content=body, headers=headers, accept=accept, what=self._what
        )

    def _client_(self) -> WebClient:
        if self._client is None:
            password = self._password.reveal() if self._password else ""
            auth = _auth(self._user, password) if self._user or password else None
            self._client = WebClient(what=self._what, seconds=SECONDS, longest=LONGEST, auth=auth)
        return self._client

    def _is_mine(self, one: Answered) -> bool:
        kinds = one.names_in(f"{DAV}resourcetype")
        if self.kind == "contacts":
            return f"{CARDDAV}addressbook" in kinds
        holds = one.found.get(f"{CALDAV}supported-calendar-component-set")
        events = holds is None or any(comp.get("name", "").upper() == "VEVENT" for comp in holds)
        return f"{CALDAV}calendar" in kinds and events

    def _collection(self, one: Answered) -> Collection:
        rights = one.names_in(f"{DAV}current-user-privilege-set")
        may = not rights or bool(rights & {f"{DAV}all", f"{DAV}write", f"{DAV}write-content", f"{DAV}bind"})
        href = self._beside(one.href)
        name = one.text(f"{DAV}displayname") or plain(href).rstrip("/").rpartition("/")[2]
        return Collection(href, name[:200], one.text(f"{SERVER}getctag"), may)

    def _join(self, href: str) -> str:
        return self._beside(urljoin(self._url, href))

    def _beside(self, url: str) -> str:
        """An address that the server names: its own or one beside it, and no less encrypted."""
        own, other = urlsplit(self._url), urlsplit(url)
        if other.scheme not in {"https", own.scheme} or other.scheme not in {"http", "https"}:
            raise Unanswered(f"{self._host} sends to an address that isn't encrypted")
        host, mine = other.hostname or "", own.hostname or ""
        parent = mine.partition(".")[2]
        if host == mine or host.endswith(f".{mine}") or ("." in parent and host.endswith(f".{parent}")):
            return url
        raise Unanswered(f"{self._host} sends to another server, {host}")

    @property
    def _host(self) -> str:
        return urlsplit(self._url).hostname or ""


def _auth(user: str, password: str) -> Any:
    """Basic, and Digest where the server wants that."""
    import httpx

    basic = httpx.BasicAuth(user, password)

    class Either(httpx.DigestAuth):
        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
            response = yield next(basic.auth_flow(request))
            asked = response.headers.get("www-authenticate", "").lower()
            if response.status_code == httpx.codes.UNAUTHORIZED and asked.startswith("digest"):
                del request.headers["authorization"]
                yield from super().auth_flow(request)

    return Either(user, password)


def _quoted(url: str) -> str:
    from urllib.parse import quote, urlunsplit

    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=quote(plain(parts.path), safe="/@:!$&'()*+,;=~")))
