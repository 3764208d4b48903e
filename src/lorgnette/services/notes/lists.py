"""One wearer's lists: what a skill gets."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, update

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.ids import new_id
from lorgnette.sdk import ListItem
from lorgnette.services.notes.folding import fold
from lorgnette.services.notes.sound import checked, keep
from lorgnette.services.notes.tables import items
from lorgnette.store import Store, clean

LIKE_ENOUGH = 70.0
"""Of 100: what is named must resemble an item this much."""

NAME = 80
LONGEST = 500
"""Items a list."""


class WearerLists:
    """Implements `sdk.Lists`."""

    def __init__(self, store: Store, wearer: str) -> None:
        self._store = store
        self._wearer = wearer

    async def add(self, list: str, text: str, audio: bytes | None = None) -> ListItem:
        """Behind the others; the list is made if there is none of this name."""
        text = checked(text, audio)
        said = clean(list).strip()[:NAME]
        key = fold(said)
        if not key:
            raise SkillError("a list needs a name", phrase="error-list-name")
        name, seconds = await keep(self._store, self._wearer, audio)
        created = self._store.clock.now().timestamp()

        def work(connection: Connection) -> ListItem:
            here = and_(items.c.wearer == self._wearer, items.c.key == key)
            kept = and_(here, items.c.deleted.is_(None))
            if connection.execute(select(func.count()).where(kept)).scalar_one() >= LONGEST:
                raise SkillError(f"{said} is full", phrase="error-list-full", limit=LONGEST)
            spelt = connection.execute(select(items.c.list).where(kept).order_by(items.c.position).limit(1))
            last = connection.execute(select(func.max(items.c.position)).where(here)).scalar()
            values: dict[str, Any] = {
                "id": new_id("i-"),
                "wearer": self._wearer,
                "list": spelt.scalar() or said,
                "key": key,
                "position": (last or 0) + 1,
                "text": text,
                "audio": name,
                "seconds": seconds,
                "done": False,
                "created": created,
            }
            return _item(connection.execute(items.insert().values(values).returning(items)).one())

        return await self._store.write(work)

    async def items(self, list: str) -> "list[ListItem]":
        """In the order they were added; empty for a list that isn't there."""
        query = select(items).where(self._kept(list)).order_by(items.c.position)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        return [_item(row) for row in rows]

    async def names(self) -> "list[str]":
        """Of the lists that hold something, oldest first."""
        kept = and_(items.c.wearer == self._wearer, items.c.deleted.is_(None))
        query = select(func.min(items.c.list)).where(kept).group_by(items.c.key)
        query = query.order_by(func.min(items.c.created), items.c.key)
        return await self._store.read(lambda connection: [*connection.execute(query).scalars()])

    async def find(self, list: str, text: str) -> ListItem:
        """The open item most like `text`; `NotFound` names the list's open items in `items`."""
        open_items = [item for item in await self.items(list) if not item.done and item.text]
        best = _likest(fold(text), open_items)
        if best is None:
            raise NotFound(f"nothing like {text!r} on {list}", items=[item.text for item in open_items])
        return best

    async def check(self, id: str, *, done: bool = True) -> ListItem:
        """Strike it, or take the stroke back."""
        return await self._change(id, items.c.deleted.is_(None), done=done)

    async def remove(self, id: str) -> ListItem:
        """It can come back by `restore` until retention takes it."""
        now = self._store.clock.now().timestamp()
        return await self._change(id, items.c.deleted.is_(None), deleted=now)

    async def restore(self, id: str) -> ListItem:
        """To where it stood. One that wasn't removed stays as it is."""
        return await self._change(id, None, deleted=None)

    async def clear(self, list: str) -> int:
        """Remove everything from the list; how many items that was."""
        change = update(items).where(self._kept(list)).values(deleted=self._store.clock.now().timestamp())
        return await self._store.write(lambda connection: connection.execute(change).rowcount)

    def _kept(self, list: str) -> ColumnElement[bool]:
        mine = and_(items.c.wearer == self._wearer, items.c.key == fold(clean(list).strip()[:NAME]))
        return and_(mine, items.c.deleted.is_(None))

    async def _change(self, id: str, condition: ColumnElement[bool] | None, **values: Any) -> ListItem:
        mine = and_(items.c.wearer == self._wearer, items.c.id == id)
        if condition is not None:
            mine = and_(mine, condition)

        def work(connection: Connection) -> ListItem:
            row = connection.execute(update(items).where(mine).values(values).returning(items)).first()
            if row is None:
                raise NotFound(f"no item {id}")
            return _item(row)

        return await self._store.write(work)


def _item(row: Row[Any]) -> ListItem:
    return ListItem(id=row.id, list=row.list, text=row.text, seconds=float(row.seconds), done=bool(row.done))


def _likest(wanted: str, among: list[ListItem]) -> ListItem | None:
    from rapidfuzz import fuzz

    best, best_score = None, LIKE_ENOUGH
    for item in among:
        text = fold(item.text)
        # "milk" names "two litres of milk": all the words count more than the length
        score = max(fuzz.ratio(wanted, text), 0.95 * fuzz.token_set_ratio(wanted, text))
        if wanted and wanted in text:
            score = max(score, 90.0)
        if score > best_score:
            best, best_score = item, score
    return best
