"""What is done to the rows of one wearer's calendar; every function runs in a thread of the store."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, or_, select, update

from lorgnette.core.ids import new_id
from lorgnette.services.calendar.ics import Cut
from lorgnette.services.calendar.tables import calendars, entries
from lorgnette.store import clean

LOOKED_AT: Final = 2000
"""Entries that may take place in the time that is asked for."""

WAITING: Final = ("new", "changed", "gone")
AT_ONCE: Final = 500


def live(wearer: str) -> ColumnElement[bool]:
    """What isn't deleted."""
    return and_(entries.c.wearer == wearer, entries.c.deleted.is_(None), entries.c.state != "gone")


def of_account(wearer: str, account: str, calendar: str | None = None) -> ColumnElement[bool]:
    """All of an account, or of one of its calendars."""
    mine = and_(entries.c.wearer == wearer, entries.c.account == account)
    return mine if calendar is None else and_(mine, entries.c.calendar == calendar)


def overlapping(connection: Connection, wearer: str, begin: float, end: float) -> Sequence[Row[Any]]:
    """Which may take place then; the newest if there are too many."""
    query = select(entries).where(live(wearer), entries.c.first < end, entries.c.last > begin)
    return connection.execute(query.order_by(entries.c.first.desc()).limit(LOOKED_AT)).all()


def get(connection: Connection, wearer: str, id: str) -> Row[Any] | None:
    """Also a deleted one."""
    mine = and_(entries.c.wearer == wearer, entries.c.id == id)
    return connection.execute(select(entries).where(mine)).first()


def change(connection: Connection, id: str, **values: Any) -> None:
    """Write these values of an entry."""
    connection.execute(update(entries).where(entries.c.id == id).values(values))


def add(connection: Connection, wearer: str, cut: Cut, created: float, **values: Any) -> str:
    """A new entry; its id."""
    row = _row(wearer, cut, created) | values
    connection.execute(insert(entries).values(row))
    return str(row["id"])


def known(connection: Connection, wearer: str, account: str, calendar: str) -> dict[str, str]:
    """Address → etag of what a calendar had when it was last seen; what waits here is left out."""
    mine = and_(
        of_account(wearer, account, calendar), entries.c.state == "synced", entries.c.deleted.is_(None)
    )
    return {
        row.href: row.etag for row in connection.execute(select(entries.c.href, entries.c.etag).where(mine))
    }


def waiting(connection: Connection, wearer: str, account: str) -> Sequence[Row[Any]]:
    """What was changed here and the server doesn't know yet, oldest first."""
    mine = and_(of_account(wearer, account), entries.c.state.in_(WAITING))
    return connection.execute(select(entries).where(mine).order_by(entries.c.created)).all()


def drop(connection: Connection, wearer: str, account: str, calendar: str, hrefs: Iterable[str]) -> None:
    """These are gone on the server; what waits here stays."""
    gone = sorted(hrefs)
    for at in range(0, len(gone), AT_ONCE):
        mine = and_(of_account(wearer, account, calendar), entries.c.href.in_(gone[at : at + AT_ONCE]))
        connection.execute(
            delete(entries).where(mine, entries.c.state == "synced", entries.c.deleted.is_(None))
        )


def take(
    connection: Connection,
    wearer: str,
    account: str,
    calendar: str,
    found: Sequence[tuple[str, str, Cut]],
    now: float,
) -> None:
    """(address, etag, entry) as the server has them. What was made here stays so if it is the same."""
    hrefs = [href for href, _, _ in found]
    mine = and_(of_account(wearer, account, calendar), entries.c.href.in_(hrefs))
    before = {row.href: row for row in connection.execute(select(entries).where(mine))}
    new = []
    for href, etag, cut in found:
        old = before.get(href)
        if old is None:
            new.append(
                _row(wearer, cut, now)
                | {"account": account, "calendar": calendar, "href": href, "etag": etag}
            )
        elif old.state == "synced":
            own = bool(old.own) and old.title == clean(cut.title) and old.uid == cut.uid
            values = {
                "etag": etag,
                "uid": cut.uid,
                "title": clean(cut.title),
                "data": clean(cut.data),
                "first": cut.first,
                "last": cut.last,
            }
            change(connection, old.id, own=own, **values)
    if new:
        connection.execute(insert(entries), new)


def leave(connection: Connection, wearer: str, accounts: Sequence[str]) -> None:
    """Accounts other than these are no more: what they keep goes, what they never got stays here."""
    others = and_(entries.c.wearer == wearer, entries.c.account != "", entries.c.account.not_in(accounts))
    connection.execute(
        update(entries)
        .where(others, entries.c.state == "new")
        .values(account="", calendar="", href="", etag="", state="synced")
    )
    connection.execute(delete(entries).where(others, entries.c.state != "new"))
    connection.execute(
        delete(calendars).where(calendars.c.wearer == wearer, calendars.c.account.not_in(accounts))
    )


def keep_calendars(
    connection: Connection, wearer: str, account: str, found: Sequence[tuple[str, str, bool]], now: float
) -> dict[str, str]:
    """(address, name, writable) as the server has them; gives address → tag as it was last seen."""
    mine = and_(calendars.c.wearer == wearer, calendars.c.account == account)
    before = {row.href: row for row in connection.execute(select(calendars).where(mine))}
    hrefs = [href for href, _, _ in found]
    gone = [href for href in before if href not in hrefs]
    if gone:
        connection.execute(delete(calendars).where(mine, calendars.c.href.in_(gone)))
        theirs = and_(of_account(wearer, account), entries.c.calendar.in_(gone))
        connection.execute(delete(entries).where(theirs, entries.c.state == "synced"))
    for href, name, writable in found:
        if href in before:
            same = and_(mine, calendars.c.href == href)
            connection.execute(update(calendars).where(same).values(name=clean(name), writable=writable))
        else:
            row = {
                "id": new_id("k-"),
                "wearer": wearer,
                "account": account,
                "href": href,
                "name": clean(name),
                "tag": "",
                "writable": writable,
                "created": now,
            }
            connection.execute(insert(calendars).values(row))
    return {href: row.tag for href, row in before.items()}


def tagged(connection: Connection, wearer: str, account: str, href: str, tag: str) -> None:
    """Everything in this calendar is here as it was under this tag."""
    mine = and_(calendars.c.wearer == wearer, calendars.c.account == account, calendars.c.href == href)
    connection.execute(update(calendars).where(mine).values(tag=tag))


def names(connection: Connection, wearer: str) -> dict[str, str]:
    """Address → name of the wearer's calendars."""
    query = select(calendars.c.href, calendars.c.name).where(calendars.c.wearer == wearer)
    return {row.href: row.name for row in connection.execute(query)}


def _row(wearer: str, cut: Cut, created: float) -> dict[str, Any]:
    return {
        "id": new_id("v-"),
        "wearer": wearer,
        "account": "",
        "calendar": "",
        "href": "",
        "etag": "",
        "uid": clean(cut.uid),
        "title": clean(cut.title),
        "data": clean(cut.data),
        "before": "",
        "state": "synced",
        "first": cut.first,
        "last": cut.last,
        "own": False,
        "taint": "",
        "created": created,
        "deleted": None,
    }


def is_writable(connection: Connection, wearer: str, href: str) -> bool:
    """Whether a calendar takes changes."""
    mine = and_(calendars.c.wearer == wearer, calendars.c.href == href)
    return bool(connection.execute(select(calendars.c.writable).where(mine)).scalar())


def prune(connection: Connection, before: float) -> None:
    """Really delete what was deleted before then and waits for nobody."""
    over = and_(entries.c.deleted < before, or_(entries.c.account == "", entries.c.state == "synced"))
    connection.execute(delete(entries).where(over))


def settle(connection: Connection, id: str, sent: tuple[str, str], values: dict[str, Any]) -> None:
    """The server knows it as it was `sent` (state, text); what was changed here meanwhile still waits."""
    state, data = sent
    same = and_(entries.c.id == id, entries.c.state == state, entries.c.data == data)
    settled = update(entries).where(same).values({"state": "synced"} | values)
    if connection.execute(settled).rowcount:
        return
    values = {name: value for name, value in values.items() if name != "data"}
    # deleted or restored while it was on its way: what comes next starts from what the server has now
    later = values | {"state": "changed"} if state == "new" else values
    still = and_(entries.c.id == id, entries.c.state != "gone")
    if not connection.execute(update(entries).where(still).values(later)).rowcount:
        connection.execute(update(entries).where(entries.c.id == id).values(values))


def counts(connection: Connection, wearer: str, account: str) -> dict[str, int]:
    """`entries` that are here, and `waiting` for the server."""
    mine = of_account(wearer, account)
    here = select(func.count()).where(mine, entries.c.deleted.is_(None))
    pending = select(func.count()).where(mine, entries.c.state.in_(WAITING))
    return {
        "entries": connection.execute(here).scalar_one(),
        "waiting": connection.execute(pending).scalar_one(),
    }
