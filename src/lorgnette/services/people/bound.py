"""One wearer's contacts: what a skill gets."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, func, select

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.ids import new_id
from lorgnette.sdk.people import Candidate, Person
from lorgnette.services.people.names import Known, find
from lorgnette.services.people.tables import contacts
from lorgnette.services.people.vcard import MOST, Card
from lorgnette.store import Store, clean

AT_ONCE: Final = 500


class WearerPeople:
    """Implements `sdk.People`. `everybody`: the wearer's contacts, ready to be looked through."""

    def __init__(
        self,
        store: Store,
        wearer: str,
        everybody: Callable[[str], Awaitable[list[Known]]],
        me: Callable[[str], Awaitable[str]],
        changed: Callable[[str], None],
    ) -> None:
        self._store = store
        self._wearer = wearer
        self._everybody = everybody
        self._me = me
        self._changed = changed

    async def find(self, name: str, limit: int = 5) -> list[Candidate]:
        """Of the wearer's own contacts."""
        everybody = await self._everybody(self._wearer)
        me = await self._me(self._wearer)
        if len(everybody) < AT_ONCE:
            return find(name, everybody, me, limit)
        return await asyncio.to_thread(find, name, everybody, me, limit)

    async def get(self, id: str) -> Person:
        """By the id that `find` gave."""
        for one in await self._everybody(self._wearer):
            if one.person.id == id:
                return one.person
        raise NotFound(f"no contact {id}")

    async def everybody(self) -> list[Person]:
        """By name."""
        found = [one.person for one in await self._everybody(self._wearer)]
        return sorted(found, key=lambda person: person.name.casefold())

    async def birthdays(self) -> list[Person]:
        """Everybody whose is known."""
        return [one.person for one in await self._everybody(self._wearer) if one.person.birthday]

    async def take(self, cards: list[Card], account: str = "", collection: str = "") -> tuple[int, int]:
        """Put cards in; one with the UID of another replaces it. How many are new, how many were there."""
        now = self._store.clock.now().timestamp()

        def work(connection: Connection) -> tuple[int, int]:
            mine = (contacts.c.wearer == self._wearer) & (contacts.c.account == account)
            before = {
                row.uid: row.id
                for row in connection.execute(select(contacts.c.uid, contacts.c.id).where(mine))
            }
            wanted = {clean(card.uid): card for card in cards}
            count = select(func.count()).where(contacts.c.wearer == self._wearer)
            if connection.execute(count).scalar_one() + len(wanted.keys() - before.keys()) > MOST:
                raise SkillError(f"more than {MOST} contacts", phrase="contact-full", limit=MOST)
            same = [before[uid] for uid in wanted if uid in before]
            for at in range(0, len(same), AT_ONCE):
                gone = contacts.c.id.in_(same[at : at + AT_ONCE])
                connection.execute(delete(contacts).where(mine, gone))
            rows = [
                _row(self._wearer, card, now, before.get(uid, ""))
                | {"account": account, "collection": collection}
                for uid, card in wanted.items()
            ]
            for at in range(0, len(rows), AT_ONCE):
                connection.execute(contacts.insert(), rows[at : at + AT_ONCE])
            return len(rows) - len(same), len(same)

        found = await self._store.write(work)
        self._changed(self._wearer)
        return found

    async def cards(self) -> list[str]:
        """All of them as text."""
        query = select(contacts.c.card).where(contacts.c.wearer == self._wearer).order_by(contacts.c.name)
        return await self._store.read(lambda connection: [*connection.execute(query).scalars()])

    async def remove(self, id: str) -> None:
        """One that was put in here, for good."""
        mine = (contacts.c.wearer == self._wearer) & (contacts.c.id == id) & (contacts.c.account == "")
        change = delete(contacts).where(mine)
        if not await self._store.write(lambda connection: connection.execute(change).rowcount):
            raise NotFound(f"no contact {id} was put in here")
        self._changed(self._wearer)


def _row(wearer: str, card: Card, created: float, id: str = "") -> dict[str, object]:
    return {
        "id": id or new_id("c-"),
        "wearer": wearer,
        "account": "",
        "collection": "",
        "href": "",
        "etag": "",
        "uid": clean(card.uid),
        "name": clean(card.person.name),
        "person": clean(msgspec.json.encode(card.person).decode()),
        "card": clean(card.text),
        "created": created,
    }
