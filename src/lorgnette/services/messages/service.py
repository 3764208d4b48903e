"""One wearer's messages: what a skill gets."""

from collections.abc import Iterable
from typing import Final, Protocol

from lorgnette.core.errors import SkillError
from lorgnette.sdk import Received, Recipient
from lorgnette.services.messages import received
from lorgnette.services.messages.post import Post
from lorgnette.store import Store

ALIKE: Final = 75.0
"""Of 100: how much a name that was said must resemble a sender's."""


class Book(Protocol):
    """The wearer's contacts."""

    async def reachable(self, wearer: str, who: str) -> list[Recipient]:
        """Those that `who` may mean, likeliest first, by every address that a message can go to."""
        ...


class WearerMessages:
    """Implements `sdk.Messages`."""

    def __init__(self, store: Store, post: Post, book: Book, wearer: str) -> None:
        self._store = store
        self._post = post
        self._book = book
        self._wearer = wearer

    async def received(
        self, *, sender: str = "", unread: bool = False, kind: str = "", limit: int = 10
    ) -> list[Received]:
        found = await self._store.read(
            lambda connection: received.newest(connection, self._wearer, unread=unread, kind=kind)
        )
        return [one for one in found if not sender or _is(sender, one)][:limit]

    async def mark(self, ids: Iterable[str], *, read: bool = True) -> None:
        wanted = list(ids)
        await self._store.write(lambda connection: received.mark(connection, self._wearer, wanted, read=read))

    async def mark_all(self) -> None:
        """Everything as read."""
        await self._store.write(lambda connection: received.mark_all(connection, self._wearer))

    async def change(self, id: str, *, read: bool) -> Received:
        """One of them, as read or not. `NotFound`."""
        return await self._store.write(
            lambda connection: received.change(connection, self._wearer, id, read=read)
        )

    async def remove(self, id: str) -> Received:
        """For good. `NotFound`."""
        return await self._store.write(lambda connection: received.remove(connection, self._wearer, id))

    async def recipients(self, who: str) -> list[Recipient]:
        ways = self._post.ways(self._wearer)
        if not ways:
            raise SkillError("no account is set up", phrase="error-message-unset")
        schemes = {way.name for way in ways}
        found = [one for way in ways for one in await way.find(who)]
        found += await self._book.reachable(self._wearer, who)
        found += await self._answered(who)
        found = [one for one in found if one.address.partition(":")[0] in schemes]
        if any(one.known and who.casefold() in one.name.casefold() for one in found):
            found = [one for one in found if one.known]  # nobody takes a friend's place by taking their name
        by_name: dict[str, Recipient] = {}
        for one in sorted(found, key=lambda one: not one.known):
            by_name.setdefault(one.name.casefold(), one)
        return list(by_name.values())

    async def send(self, to: Recipient, text: str, key: str) -> None:
        await self._post.send(self._wearer, to, text, key)

    async def _answered(self, who: str) -> list[Recipient]:
        """Those who wrote before."""
        wrote = await self.received(sender=who, kind="message", limit=50)
        return [
            Recipient(name=one.sender, address=one.address, known=False)
            for one in wrote
            if one.sender and one.address
        ]


def _is(said: str, one: Received) -> bool:
    from rapidfuzz import fuzz

    wanted = said.casefold()
    names = [name.casefold() for name in (one.sender, one.channel) if name]
    return any(
        max(fuzz.ratio(wanted, name), 0.95 * fuzz.token_set_ratio(wanted, name)) >= ALIKE for name in names
    )
