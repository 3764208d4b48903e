"""Who hears what while an engine works: said beside its factory, read without making the engine.

`@sends("conversation")` on a factory: it goes to the host in the setting `url`. `@stays`: nothing leaves.
"""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

type Content = Literal[
    "speech",
    "sentences",
    "conversation",
    "pictures",
    "question",
    "place",
    "message",
    "calendar",
    "contacts",
    "inquiry",
    "memories",
]
"""`speech`: the sound of what is said; `sentences`: what the hub says; `conversation`: both in words;
`question`: what somebody wants to know; `place`: where about somebody is; `message`: what
somebody writes to others; `inquiry`: nobody's words;
`memories`: what somebody wanted to be remembered, and what they ask of it."""

type Reach = Literal["machine", "network", "beyond"]

_SAFE = frozenset({"https", "wss", "smtps", "imaps"})
_HOME = (".local", ".lan", ".internal", ".home.arpa")
_ATTRIBUTE = "lorgnette_egress"

UNSET = "an address that isn't set"
"""The host of an engine that has none yet."""


@dataclass(frozen=True, slots=True)
class Egress:
    """`host`: who hears it, empty: nothing leaves the process. `secret`: nobody on the way can read it."""

    host: str = ""
    sends: tuple[Content, ...] = ()
    secret: bool = False

    @property
    def reach(self) -> Reach:
        """How far away the host is, as far as its name tells."""
        return reach(self.host)


def sends[F: Callable[..., Any]](*what: Content, to: str = "url", default: str = "") -> Callable[[F], F]:
    """For a factory: its engine sends `what` to the address in its setting `to`, or to `default`."""

    def told(settings: Mapping[str, Any]) -> Egress:
        host, secret = place_of(str(settings.get(to) or default))
        return Egress(host or UNSET, what, secret)

    def mark(factory: F) -> F:
        setattr(factory, _ATTRIBUTE, told)
        return factory

    return mark


def stays[F: Callable[..., Any]](factory: F) -> F:
    """For a factory: nothing leaves this machine."""
    setattr(factory, _ATTRIBUTE, lambda _: Egress())
    return factory


def declared(factory: Any, settings: Mapping[str, Any]) -> Egress | None:
    """What the factory's engine would send with these settings; None: it doesn't say."""
    told = getattr(factory, _ATTRIBUTE, None)
    if told is None:
        return None
    found = told(settings)
    return found if isinstance(found, Egress) else None


def reach(host: str) -> Reach:
    """By the name alone; nobody is asked. A name with dots may still be a machine in the next room."""
    if not host or host == "localhost" or host.endswith(".localhost"):
        return "machine"
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return "network" if ("." not in host and " " not in host) or host.endswith(_HOME) else "beyond"
    if address.is_loopback:
        return "machine"
    return "network" if address.is_private or address.is_link_local else "beyond"


def place_of(address: str) -> tuple[str, bool]:
    """Host, and whether the way there is encrypted, of a URL or `host:port`. No user, key or path."""
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        if parts.scheme == "unix":
            return "localhost", True
        return parts.hostname or "", parts.scheme in _SAFE
    except ValueError:
        return "", False
