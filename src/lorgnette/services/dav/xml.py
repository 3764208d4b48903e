"""WebDAV's XML: a few bodies to send, and answers that are read without believing in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from xml.sax.saxutils import escape

from lorgnette.services.web import Unanswered

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DAV: Final = "{DAV:}"
CALDAV: Final = "{urn:ietf:params:xml:ns:caldav}"
CARDDAV: Final = "{urn:ietf:params:xml:ns:carddav}"
SERVER: Final = "{http://calendarserver.org/ns/}"

_HEAD: Final = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<d:{0} xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" '
    'xmlns:a="urn:ietf:params:xml:ns:carddav" xmlns:s="http://calendarserver.org/ns/">'
)


@dataclass(frozen=True, slots=True)
class Answered:
    """One resource of a multistatus. `found`: property → its element."""

    href: str
    status: int
    found: dict[str, "Element"] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Of a property; empty if it isn't there."""
        element = self.found.get(name)
        return "" if element is None else (element.text or "").strip()

    def href_in(self, name: str) -> str:
        """The address within a property."""
        element = self.found.get(name)
        inner = None if element is None else element.find(f"{DAV}href")
        return "" if inner is None else (inner.text or "").strip()

    def names_in(self, name: str) -> set[str]:
        """The elements within a property."""
        element = self.found.get(name)
        return set() if element is None else {one.tag for one in element.iter()}


def propfind(*names: str) -> bytes:
    """Properties by prefix: `d:getetag`, `c:calendar-home-set`."""
    inner = "".join(f"<{name}/>" for name in names)
    return f"{_HEAD.format('propfind')}<d:prop>{inner}</d:prop></d:propfind>".encode()


def multiget(kind: str, hrefs: Iterable[str]) -> bytes:
    """`kind`: c (calendars) or a (address books)."""
    report, data = (
        ("c:calendar-multiget", "c:calendar-data")
        if kind == "c"
        else ("a:addressbook-multiget", "a:address-data")
    )
    head = _HEAD.format("x").replace("<d:x", f"<{report}", 1)
    wanted = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    return f"{head}<d:prop><d:getetag/><{data}/></d:prop>{wanted}</{report}>".encode()


def multistatus(body: bytes) -> list[Answered]:
    """What a server says of each resource; `Unanswered` for anything else."""
    from xml.etree import ElementTree as ET

    try:
        text = body.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise Unanswered("the server sent XML with a document type")
        root = ET.fromstring(text)  # noqa: S314
    except (UnicodeDecodeError, ET.ParseError, ValueError, RecursionError) as error:
        raise Unanswered(f"the server sent no XML: {error}") from None
    if root.tag != f"{DAV}multistatus":
        raise Unanswered(f"the server sent {root.tag[:60]!r} where a multistatus belongs")
    return list(_responses(root))


def _responses(root: "Element") -> Iterator[Answered]:
    for response in root.iter(f"{DAV}response"):
        href = (response.findtext(f"{DAV}href") or "").strip()
        if not href:
            continue
        status = _status(response.findtext(f"{DAV}status") or "")
        found: dict[str, Element] = {}
        for part in response.findall(f"{DAV}propstat"):
            if _status(part.findtext(f"{DAV}status") or "200") == 200:
                for prop in part.findall(f"{DAV}prop"):
                    found.update({element.tag: element for element in prop})
        yield Answered(href, status or 200, found)


def _status(line: str) -> int:
    """Of `HTTP/1.1 404 Not Found`; 0 if there is none."""
    return next((int(word) for word in line.split() if word.isdecimal()), 0)


def plain(href: str) -> str:
    """An address as it is compared: servers quote as they like."""
    return unquote(href)
