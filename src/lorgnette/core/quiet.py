"""Quiet hours: a stretch of the day in which the hub says nothing that nobody asked for. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final, Literal

import msgspec

Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
Clock = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]

DAYS: Final[tuple[Day, ...]] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class QuietHours(msgspec.Struct, frozen=True, rename={"begin": "from", "end": "until"}):
    """From one time of the wall clock until another, which may be past midnight.

    The same time twice is a whole day. `days`: on which they begin, empty = every day.
    """

    begin: Clock
    end: Clock
    days: Annotated[tuple[Day, ...], msgspec.Meta(max_length=7)] = ()

    def until(self, now: datetime) -> datetime | None:
        """When they end, in UTC, if it is quiet at `now` (aware, in the wearer's zone); else None."""
        end: datetime | None = None
        moment = now
        for _ in range(2 * len(DAYS)):  # quiet hours that follow each other are one silence
            following = self._end_of(moment)
            if following is None:
                break
            end = following
            moment = following.astimezone(now.tzinfo)
        return end

    def _end_of(self, now: datetime) -> datetime | None:
        for back in (0, 1):
            day = now.date() - timedelta(days=back)
            if not self.days or DAYS[day.weekday()] in self.days:
                first, last = self._on(day, now)
                if first <= now.astimezone(UTC) < last:
                    return last
        return None

    def _on(self, day: date, now: datetime) -> tuple[datetime, datetime]:
        begin, end = time.fromisoformat(self.begin), time.fromisoformat(self.end)
        over = day + timedelta(days=1) if end <= begin else day
        # of an hour that comes twice the first; one that is left out counts as before the clocks were set
        first, last = (datetime.combine(on, at, now.tzinfo) for on, at in ((day, begin), (over, end)))
        return first.astimezone(UTC), last.astimezone(UTC)
