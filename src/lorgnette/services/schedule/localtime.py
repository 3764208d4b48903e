"""Wall-clock times of a zone as instants, over the days when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone, UTC if this machine doesn't know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local_of(epoch: float, zone: ZoneInfo) -> datetime:
    """What the clocks of the zone show (naive)."""
    return datetime.fromtimestamp(epoch, zone).replace(tzinfo=None, fold=0)


def instant_of(local: datetime, zone: ZoneInfo) -> float:
    """The epoch second of a naive local time.

    One that the clocks skip is the end of the gap, one that comes twice its first coming.
    """
    early = local.replace(tzinfo=zone, fold=0)
    instant = early.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None, fold=0) == local.replace(fold=0):
        return instant.timestamp()
    # in a gap fold=0 counts with the offset before it and lands behind it; fold=1 the other way round
    behind, ahead = instant.timestamp(), local.replace(tzinfo=zone, fold=1).astimezone(UTC).timestamp()
    offset = datetime.fromtimestamp(behind, zone).utcoffset() or timedelta()
    while behind - ahead > 1:
        middle = (behind + ahead) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            behind = middle
        else:
            ahead = middle
    return float(behind // 1)
