"""Messages and notifications as a skill sees them: what came in, whom one can write to, and writing."""

from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

Priority = Literal["low", "normal", "urgent"]
"""low: kept and not said; normal: said when it fits, after quiet hours; urgent: in quiet hours too."""


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Something that came in. All of its words are others' (`core.taint`).

    `channel`: the application or way it came by ("Signal", "mail"); `address`: where an answer goes, empty
    where none can; `at`: epoch seconds; `kind`: a person's message, or a program's notification.
    """

    id: str
    channel: str
    kind: Literal["message", "notification"] = "notification"
    sender: str = ""
    title: str = ""
    text: str = ""
    address: str = ""
    priority: Priority = "normal"
    at: float = 0.0
    read: bool = False


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to write to: `address` as "mailto:anna@example.org" or "matrix:@anna:example.org".

    `known`: the wearer has them by this name; else it is what they call themselves, and anybody may do so.
    """

    name: str
    address: str
    known: bool = True


class Messages(Protocol):
    """Bound to one wearer."""

    async def received(
        self, *, sender: str = "", unread: bool = False, kind: str = "", limit: int = 10
    ) -> list[Received]:
        """Newest first. `sender`: who or which application, by name, as somebody says it."""
        ...

    async def mark(self, ids: Iterable[str], *, read: bool = True) -> None: ...

    async def recipients(self, who: str) -> list[Recipient]:
        """Whom `who` may mean, likeliest first, one address each; empty if none by that name is reachable.

        `SkillError` where no way of sending is set up.
        """
        ...

    async def send(self, to: Recipient, text: str, key: str) -> None:
        """Hand it over, once for each `key` whatever happens meanwhile. `SkillError` when it can't be sent.

        It is kept before it goes; where the server can't be reached now it goes later (`SkillError` says so).
        """
        ...
