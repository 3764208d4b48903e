"""One wearer's consents: what mind and skills get."""

from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, select, update

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.ids import new_id
from lorgnette.core.taint import Source
from lorgnette.sdk import Consent, Rule
from lorgnette.services.consent.tables import consents, rules
from lorgnette.store import Store, insert_new

MOST_RULES: Final = 200
MOST_TEXT: Final = 1000


class WearerConsents:
    """Implements `sdk.Consents`."""

    def __init__(self, store: Store, wearer: str) -> None:
        self._store = store
        self._wearer = wearer

    async def allows(self, tool: str, to: str) -> Rule | None:
        """The rule that covers it. One names a recipient, so that nothing without one is covered."""
        found = await self._rules(and_(rules.c.tool == tool, rules.c.recipient == to)) if to else []
        return found[0] if found else None

    async def allow(self, tool: str, to: str, who: str) -> Rule:
        """From now on; one that is there already has this name then."""
        if not to:
            raise SkillError("a rule needs a recipient")
        rule = Rule(id=new_id("r-"), tool=tool, to=to, who=who, at=self._store.clock.now().timestamp())
        mine = rules.c.wearer == self._wearer
        same = and_(mine, rules.c.tool == tool, rules.c.recipient == to)

        def work(connection: Connection) -> Rule:
            there = connection.execute(select(rules).where(same)).first()
            if there is not None:
                named = update(rules).where(same).values(who=who).returning(rules)
                return _rule(connection.execute(named).one())
            count = connection.execute(select(func.count()).select_from(rules).where(mine)).scalar_one()
            if count >= MOST_RULES:
                raise SkillError(f"there are {MOST_RULES} rules already")
            connection.execute(rules.insert().values(wearer=self._wearer, **_columns(rule)))
            return rule

        return await self._store.write(work, durable=True)

    async def rules(self) -> list[Rule]:
        """Newest first."""
        return await self._rules(rules.c.tool != "")

    async def revoke(self, id: str) -> Rule:
        """No longer; known by its id, or by whom it is for."""
        mine = and_(rules.c.wearer == self._wearer, rules.c.id == id)

        def work(connection: Connection) -> Rule:
            row = connection.execute(delete(rules).where(mine).returning(rules)).first()
            if row is None:
                raise NotFound("no such rule")
            return _rule(row)

        return await self._store.write(work, durable=True)

    async def log(self, limit: int = 20) -> list[Consent]:
        """Newest first."""
        query = select(consents).where(consents.c.wearer == self._wearer)
        query = query.order_by(consents.c.at.desc(), consents.c.id.desc()).limit(max(0, limit))
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        return [_consent(row) for row in rows]

    async def note(self, consent: Consent) -> None:
        """Keep it; again with the same id as more is known. Durable on return."""
        values = {"wearer": self._wearer, **_columns(consent)}
        values |= {name: values[name][:MOST_TEXT] for name in ("question", "result", "who", "recipient")}
        values["sources"] = msgspec.json.encode(consent.sources).decode()
        changed = {name: values[name] for name in ("answer", "how", "result")}

        def work(connection: Connection) -> None:
            row = insert_new(connection, consents).values(values)
            connection.execute(
                row.on_conflict_do_update(
                    index_elements=[consents.c.id],
                    set_=changed,
                    where=consents.c.wearer == self._wearer,
                )
            )

        await self._store.write(work, durable=True)

    async def _rules(self, condition: ColumnElement[bool]) -> list[Rule]:
        query = select(rules).where(and_(rules.c.wearer == self._wearer, condition))
        query = query.order_by(rules.c.at.desc(), rules.c.id)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        return [_rule(row) for row in rows]


def _columns(value: Rule | Consent) -> dict[str, Any]:
    columns = msgspec.structs.asdict(value)
    columns["recipient"] = columns.pop("to")
    return columns


def _rule(row: Row[Any]) -> Rule:
    return Rule(id=row.id, tool=row.tool, to=row.recipient, who=row.who, at=float(row.at))


def _consent(row: Row[Any]) -> Consent:
    return Consent(
        id=row.id,
        at=float(row.at),
        tool=row.tool,
        question=row.question,
        answer=row.answer,
        how=row.how,
        to=row.recipient,
        who=row.who,
        sources=msgspec.json.decode(row.sources, type=tuple[Source, ...]),
        result=row.result,
    )
