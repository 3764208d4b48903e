"""One wearer's facts: what a skill, a page or a command gets."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, func, select, update

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.ids import new_id
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk import Fact, Recalled, Remembered
from lorgnette.services.memory.clause import sentence_of
from lorgnette.services.memory.lately import Lately
from lorgnette.services.memory.meaning import Meaning
from lorgnette.services.memory.private import is_private
from lorgnette.services.memory.ranking import BESIDE, SURE, fused
from lorgnette.services.memory.rows import SOURCES, fact_of, find_by, hide, holding, mine, revive
from lorgnette.services.memory.searching import search, touching
from lorgnette.services.memory.tables import facts
from lorgnette.services.memory.terms import terms as terms_of
from lorgnette.services.memory.topic import affirmed, denies, topic_of
from lorgnette.services.memory.wishes import Wishes
from lorgnette.services.memory.wording import wording_of
from lorgnette.services.notes.folding import fold
from lorgnette.store import Store, clean, sources_written

MOST: Final = 2_000
"""Facts of a wearer that hold."""
LONGEST: Final = 500
"""Characters of a fact."""
VERSIONS: Final = 20
"""Former versions that are kept of one."""
PARKING: Final = "parking"


class WearerFacts:
    """Implements `sdk.Facts`."""

    def __init__(self, store: Store, wearer: str, lately: Lately, wishes: Wishes, meaning: Meaning) -> None:
        self._store = store
        self._wearer = wearer
        self._lately = lately
        self._wishes = wishes
        self._meaning = meaning

    async def remember(self, text: str, language: str, *, taint: Taint = CLEAN) -> Remembered:
        return await self._keep(sentence_of(checked(text), wording_of(language)), language, taint)

    async def correct(self, value: str, *, taint: Taint = CLEAN) -> Remembered:
        former = await self._spoken_of()
        topic = topic_of(former.text, wording_of(former.language))
        if not topic.before:
            raise SkillError("its sentence has no value to exchange", phrase="memory-correct-whole")
        text = checked(f"{topic.before}{clean(value).strip()}{topic.after}")
        return await self._keep(text, former.language, taint | former.taint, former.id)

    async def edit(self, id: str, text: str) -> Remembered:
        """In the wearer's own words now; what it said is kept as its former version."""
        former = await self.get(id)
        return await self._keep(checked(text), former.language, CLEAN, id)

    async def recall(
        self, about: str, language: str, *, where: bool = False, private: bool = True, limit: int = 3
    ) -> list[Recalled]:
        asked = terms_of(clean(about)[: 2 * LONGEST], wording_of(language))
        hits = await self._store.read(lambda one: search(one, self._wearer, asked, where=where))
        best = hits[0].score if hits else 0.0
        sure = [hit.fact for hit in hits if hit.cover >= SURE and hit.score >= BESIDE * best]
        order = sure
        if not sure:  # words don't tell: then meanings, where there is somebody to compare them
            alike = await self._meaning.alike(self._wearer, about)
            order = fused([hit.fact for hit in hits if hit.score >= BESIDE * best], alike)
        found = await self._those(order, private=private)
        found = found[: max(0, limit)]
        if found and private:
            self._lately.note(self._wearer, found[0].id)
        return [Recalled(fact=fact, near=fact.id not in sure) for fact in found]

    async def fitting(self, text: str, language: str, limit: int = 5) -> list[Fact]:
        """What may help to answer a text: facts that share two words with it, or a third of their own.

        By words alone, since every turn of a model waits for it; none that is private.
        """
        asked = terms_of(clean(text)[: 2 * LONGEST], wording_of(language))
        ids = await self._store.read(lambda one: touching(one, self._wearer, asked, 4 * limit))
        found = []
        for fact in await self._those(ids, private=False):
            own = set(terms_of(fact.text, wording_of(fact.language)))
            shared = len(own & set(asked))
            if shared >= 2 or 3 * shared >= len(own):
                found.append(fact)
        return found[:limit]

    async def get(self, id: str) -> Fact:
        """`NotFound` for one that is deleted."""
        return fact_of(await self._row(mine(self._wearer) & (facts.c.id == id)))

    async def page(self, search: str = "", limit: int = 60, before: str = "") -> tuple[list[Fact], str]:
        """Those that hold, newest or best first; and what to give as `before` for the next ones."""
        limit = min(max(limit, 1), 200)
        if search.strip():
            found = await self._matching(search, limit)
            return found, ""
        condition = holding(self._wearer)
        if before:
            created, _, id = before.partition("~")
            at = _number(created)
            older = (facts.c.created < at) | ((facts.c.created == at) & (facts.c.id < id))
            condition = condition & older
        query = select(facts).where(condition).order_by(facts.c.created.desc(), facts.c.id.desc())
        rows = await self._store.read(lambda one: one.execute(query.limit(limit + 1)).all())
        more = f"{rows[limit - 1].created!r}~{rows[limit - 1].id}" if len(rows) > limit else ""
        return [fact_of(row) for row in rows[:limit]], more

    async def history(self, id: str) -> list[Fact]:
        """What it said before, newest first."""
        row = await self._row(mine(self._wearer) & (facts.c.id == id))
        former = mine(self._wearer) & (facts.c.thread == row.thread) & (facts.c.id != id)
        query = select(facts).where(former).order_by(facts.c.created.desc())
        return [fact_of(one) for one in await self._store.read(lambda one: one.execute(query).all())]

    async def all(self) -> list[Fact]:
        """With former versions, oldest first."""
        query = select(facts).where(mine(self._wearer)).order_by(facts.c.created, facts.c.id)
        return [fact_of(row) for row in await self._store.read(lambda one: one.execute(query).all())]

    async def forget(self, id: str) -> Fact:
        now = self._store.clock.now().timestamp()

        def work(connection: Connection) -> Fact:
            row = _only(connection, mine(self._wearer) & (facts.c.id == id))
            versions = mine(self._wearer) & (facts.c.thread == row.thread)
            gone = update(facts).where(versions).values(deleted=now).returning(facts.c.id)
            hide(connection, list(connection.execute(gone).scalars()))
            return fact_of(row)

        fact = await self._store.write(work)
        self._changed()
        return fact

    async def restore(self, id: str) -> Fact:
        def work(connection: Connection) -> Fact:
            row = _only(connection, and_(facts.c.wearer == self._wearer, facts.c.id == id))
            if row.deleted is not None:
                versions = (facts.c.wearer == self._wearer) & (facts.c.thread == row.thread)
                back = update(facts).where(versions, facts.c.deleted == row.deleted).values(deleted=None)
                for one in connection.execute(back.returning(facts)).all():
                    if one.replaced is None:
                        find_by(connection, one)
            return fact_of(row)

        fact = await self._store.write(work)
        self._changed()
        return fact

    async def take_back(self, id: str) -> Fact:
        def work(connection: Connection) -> Fact:
            row = _only(connection, and_(facts.c.wearer == self._wearer, facts.c.id == id))
            connection.execute(delete(facts).where(facts.c.wearer == self._wearer, facts.c.id == id))
            revive(connection, self._wearer, (row.thread,))
            return fact_of(row)

        fact = await self._store.write(work)
        self._changed()
        return fact

    async def park(self, text: str, language: str, place: tuple[float, float] | None = None) -> Fact:
        text = clean(text).strip()
        if len(text) > LONGEST:
            raise SkillError("too long to remember", phrase="memory-long", limit=LONGEST)
        kept = await self._keep(text, language, CLEAN, kind=PARKING, place=place)
        return kept.fact

    async def parked(self) -> Fact | None:
        query = select(facts).where(holding(self._wearer), facts.c.kind == PARKING).limit(1)
        row = await self._store.read(lambda one: one.execute(query).first())
        return None if row is None else fact_of(row)

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────

    async def _keep(
        self,
        text: str,
        language: str,
        taint: Taint,
        corrects: str = "",
        *,
        kind: str = "fact",
        place: tuple[float, float] | None = None,
    ) -> Remembered:
        if not await self._wishes.facts(self._wearer):
            raise SkillError("memory is switched off", phrase="memory-off")
        wording = wording_of(language)
        topic = topic_of(text, wording)
        key = PARKING if kind == PARKING else topic.key or f"={fold(text)}"
        values: dict[str, Any] = {
            "id": (id := new_id("f-")),
            "wearer": self._wearer,
            "kind": kind,
            "text": text,
            "language": language,
            "subject": topic.subject if kind != PARKING else "",
            "topic": key,
            "taint": sources_written(taint, SOURCES),
            "private": is_private(text),
            "latitude": None if place is None else place[0],
            "longitude": None if place is None else place[1],
            "created": self._store.clock.now().timestamp(),
            "thread": id,
        }
        same: Callable[[Row[Any]], bool] = lambda row: kind != PARKING and _same(row, text, language)  # noqa: E731

        def work(connection: Connection) -> Remembered:
            mine_now = holding(self._wearer)
            one = facts.c.id == corrects if corrects else facts.c.topic == key
            row = connection.execute(select(facts).where(mine_now, one).limit(1)).first()
            if corrects and row is None:
                raise NotFound("what is corrected isn't there any more")
            if row is not None and same(row):
                if row.taint and not taint:  # the wearer says so, too
                    cleared = update(facts).where(facts.c.id == row.id).values(taint="").returning(facts)
                    row = connection.execute(cleared).one()
                return Remembered(fact=fact_of(row), how="known")
            # others' words never take the place of the wearer's own, unless the wearer says which are wrong
            takes = row is not None and (bool(corrects) or not taint or bool(row.taint))
            count = connection.execute(select(func.count()).select_from(facts).where(mine_now)).scalar_one()
            if not takes and count >= MOST:
                raise SkillError("memory is full", phrase="memory-full", limit=MOST)
            if takes and row is not None:
                values["thread"] = row.thread
                replaced = update(facts).where(facts.c.id == row.id).values(replaced=values["created"])
                connection.execute(replaced)
                hide(connection, [row.id])
                _thin(connection, self._wearer, row.thread)
            new = connection.execute(facts.insert().values(values).returning(facts)).one()
            if text:
                find_by(connection, new)
            if takes and row is not None:
                return Remembered(fact=fact_of(new), how="replaced", former=fact_of(row))
            return Remembered(fact=fact_of(new))

        kept = await self._store.write(work)
        self._lately.note(self._wearer, kept.fact.id)
        self._changed()
        return kept

    async def _matching(self, about: str, limit: int) -> list[Fact]:
        """For a list that somebody looks through: whatever holds the words, in any part."""
        wanted = fold(about)
        query = select(facts).where(holding(self._wearer)).order_by(facts.c.created.desc())
        rows = await self._store.read(lambda one: one.execute(query).all())
        exact = [fact_of(row) for row in rows if wanted in fold(row.text)]
        if exact:
            return exact[:limit]
        alike = await self.recall(about, rows[0].language if rows else "en", private=True, limit=limit)
        return [one.fact for one in alike]

    async def _those(self, ids: list[str], *, private: bool) -> list[Fact]:
        if not ids:
            return []
        query = select(facts).where(holding(self._wearer), facts.c.id.in_(ids[:200]))
        rows = await self._store.read(lambda one: one.execute(query).all())
        found = {row.id: fact_of(row) for row in rows if private or not row.private}
        return [found[id] for id in ids if id in found]

    async def _spoken_of(self) -> Fact:
        id = self._lately.of(self._wearer)
        if not id:
            raise SkillError("nothing was remembered just now", phrase="memory-correct-what")
        try:
            return await self.get(id)
        except NotFound:
            raise SkillError("it is gone", phrase="memory-correct-what") from None

    async def _row(self, condition: Any) -> Row[Any]:
        return await self._store.read(lambda connection: _only(connection, condition))

    def _changed(self) -> None:
        self._meaning.changed(self._wearer)


def checked(text: str) -> str:
    """As it is kept; `SkillError` for nothing and for too much."""
    text = " ".join(clean(text).split()).strip(" ,;:.。，")
    if not text:
        raise SkillError("nothing to remember", phrase="memory-what")
    if len(text) > LONGEST:
        raise SkillError("too long to remember", phrase="memory-long", limit=LONGEST)
    return text


def _same(row: Row[Any], text: str, language: str) -> bool:
    """The same was said before, perhaps in other small words."""
    mine, other = wording_of(language), wording_of(row.language)
    if fold(row.text) == fold(text):
        return True
    about = set(affirmed(text, mine))
    return (
        bool(about)
        and about == set(affirmed(row.text, other))
        and denies(text, mine) == denies(row.text, other)
    )


def _thin(connection: Connection, wearer: str, thread: str) -> None:
    """No endless history of one fact."""
    versions = select(facts.c.id).where(facts.c.wearer == wearer, facts.c.thread == thread)
    old = list(connection.execute(versions.order_by(facts.c.created.desc()).offset(VERSIONS)).scalars())
    if old:
        connection.execute(delete(facts).where(facts.c.id.in_(old)))


def _only(connection: Connection, condition: Any) -> Row[Any]:
    row = connection.execute(select(facts).where(condition)).first()
    if row is None:
        raise NotFound("no such fact")
    return row


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise NotFound("no such page") from None
