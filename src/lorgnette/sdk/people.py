"""People whom the wearer knows, as a skill sees them."""

from typing import Literal, Protocol

import msgspec

Way = Literal["phone", "mail", "address", "birthday"]


class Reach(msgspec.Struct, frozen=True):
    """A number or an address. `kind`: home, work, mobile, or what the contact says; may be empty."""

    value: str
    kind: str = ""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A contact. `birthday`: ISO 8601, `--05-03` where the year isn't known."""

    id: str
    name: str
    nicknames: tuple[str, ...] = ()
    organisation: str = ""
    phones: tuple[Reach, ...] = ()
    mails: tuple[Reach, ...] = ()
    addresses: tuple[Reach, ...] = ()
    birthday: str = ""
    related: tuple[Reach, ...] = ()
    """Names of others, and what they are to this one: ("Eva Berg", "sister")."""
    source: str = ""
    """The account it comes from; empty: it was put in here."""


class Candidate(msgspec.Struct, frozen=True):
    """Somebody who may be meant. `score`: 0–100."""

    person: Person
    score: float


class People(Protocol):
    """Bound to one wearer."""

    async def find(self, name: str, limit: int = 5) -> list[Candidate]:
        """Who may be meant by a name, a nickname, its sound, or "my sister"; the likeliest first."""
        ...

    async def get(self, id: str) -> Person: ...

    async def birthdays(self) -> list[Person]:
        """Everybody whose birthday is known."""
        ...


CLEAR = 6.0
"""Points by which the likeliest must lead to be the one who is meant."""


def meant(found: list[Candidate]) -> Person | None:
    """The one who is meant, if that is clear: everybody else is far less likely."""
    if not found:
        return None
    first, *rest = found
    if first.score == 100 and all(one.score < 100 for one in rest):
        return first.person  # the very name
    return first.person if not rest or first.score - rest[0].score >= CLEAR else None
