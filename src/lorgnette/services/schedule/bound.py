"""One wearer's view of the schedule: what a skill gets."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from lorgnette.core.errors import SkillError
from lorgnette.sdk import Item
from lorgnette.sdk.schedule import Kind
from lorgnette.services.schedule.ledger import Entry, Ledger
from lorgnette.services.schedule.localtime import instant_of, local_of, zone_of
from lorgnette.services.schedule.recurrence import next_after, parse
from lorgnette.store import clean

LONGEST_S = 366 * 86_400.0
LABEL = 200


class Writing(Protocol):
    """How the service lets a change happen and learns of it."""

    ledger: Ledger

    async def change(self, work: Callable[[Connection], Entry]) -> Item: ...

    async def changes(self, work: Callable[[Connection], list[Entry]]) -> list[Item]: ...

    async def look[T](self, work: Callable[[Connection], T]) -> T: ...

    async def zone(self, wearer: str) -> str: ...

    def now(self) -> datetime: ...


class WearerSchedule:
    """Implements `sdk.Schedule`."""

    def __init__(self, service: Writing, wearer: str) -> None:
        self._service = service
        self._wearer = wearer

    async def start(self, duration: timedelta, label: str = "") -> Item:
        """A timer on the steady clock."""
        seconds = _seconds(duration)
        return await self._change(
            lambda ledger, connection: ledger.add(
                connection, self._wearer, kind="timer", label=_label(label), total=seconds
            )
        )

    async def alarm(self, at: datetime, label: str = "", rule: str = "", *, kind: Kind = "alarm") -> Item:
        """Rings at a wall-clock time; the zone is that of `at` if it names one, else the wearer's."""
        if at.tzinfo is None or kind == "timer":
            raise ValueError("an alarm needs an aware time, and a timer is made by start()")
        zone = at.tzinfo if isinstance(at.tzinfo, ZoneInfo) and at.tzinfo.key != "UTC" else None
        if zone is None:
            zone = zone_of(await self._service.zone(self._wearer))
            at = at.astimezone(zone)
        start = at.replace(tzinfo=None, fold=0, microsecond=0)
        due = _instant(at, zone)
        now = self._service.now().timestamp()
        if rule:
            due = _first(rule, start, zone, max(due - 1, now))
        elif due < now - 1:
            raise SkillError(f"{at} is past", phrase="error-schedule-past")
        if due - now > 10 * LONGEST_S:
            raise SkillError(f"{at} is too far away", phrase="error-schedule-duration")
        return await self._change(
            lambda ledger, connection: ledger.add(
                connection,
                self._wearer,
                kind=kind,
                label=_label(label),
                due=due,
                rule=rule,
                zone=zone.key,
                start=start.isoformat(),
            )
        )

    async def items(self, kind: Kind | None = None) -> list[Item]:
        """Live ones, soonest first, paused last."""
        ledger = self._service.ledger
        return await self._service.look(lambda connection: ledger.live(connection, self._wearer, kind))

    async def get(self, id: str) -> Item:
        """Also one that ended lately."""
        ledger = self._service.ledger
        return await self._service.look(lambda connection: ledger.get(connection, self._wearer, id))

    async def pause(self, id: str) -> Item:
        """Timers only."""
        return await self._change(lambda ledger, connection: ledger.pause(connection, self._wearer, id))

    async def resume(self, id: str) -> Item:
        """Timers only."""
        return await self._change(lambda ledger, connection: ledger.resume(connection, self._wearer, id))

    async def add(self, id: str, more: timedelta) -> Item:
        """Lengthen or shorten a timer."""
        seconds = more.total_seconds()
        return await self._change(
            lambda ledger, connection: ledger.lengthen(connection, self._wearer, id, seconds, LONGEST_S)
        )

    async def cancel(self, id: str) -> Item:
        """End a live one."""
        return await self._change(lambda ledger, connection: ledger.cancel(connection, self._wearer, id))

    async def restore(self, id: str) -> Item:
        """Bring a cancelled one back."""
        return await self._change(lambda ledger, connection: ledger.restore(connection, self._wearer, id))

    async def dismiss(self) -> list[Item]:
        """Silence what rings."""
        ledger = self._service.ledger
        return await self._service.changes(lambda connection: ledger.silence(connection, self._wearer))

    async def snooze(self, duration: timedelta) -> list[Item]:
        """Let what rings ring again later."""
        ledger, seconds = self._service.ledger, _seconds(duration)
        return await self._service.changes(
            lambda connection: ledger.snooze(connection, self._wearer, seconds)
        )

    async def _change(self, work: Callable[[Ledger, Connection], Entry]) -> Item:
        ledger = self._service.ledger
        return await self._service.change(lambda connection: work(ledger, connection))


def _seconds(duration: timedelta) -> float:
    seconds = duration.total_seconds()
    if not 1 <= seconds <= LONGEST_S:
        raise SkillError(f"{seconds} s isn't between a second and a year", phrase="error-schedule-duration")
    return seconds


def _label(label: str) -> str:
    return clean(label).strip()[:LABEL]


def _instant(at: datetime, zone: ZoneInfo) -> float:
    """A time that exists keeps the fold it came with; one in a gap rings at the gap's end."""
    local = at.replace(tzinfo=None, fold=0)
    exists = local_of(at.timestamp(), zone) == local.replace(microsecond=local.microsecond)
    return at.timestamp() if exists else instant_of(local, zone)


def _first(rule: str, start: datetime, zone: ZoneInfo, after: float) -> float:
    try:
        due = next_after(parse(rule), start, zone, after)
    except ValueError as error:
        raise SkillError(str(error), phrase="error-schedule-rule") from error
    if due is None:
        raise SkillError(f"{rule} never happens", phrase="error-schedule-rule")
    return due
