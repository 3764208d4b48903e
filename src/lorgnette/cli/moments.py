"""A moment in the past as one types it: today, 2h, 7d, 2026-11-20, 2026-11-20T18:00."""

import re
from datetime import datetime, timedelta

import typer

_AGO = re.compile(r"(\d{1,6})\s*(m|min|h|d|w)")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def since(text: str, now: datetime) -> float:
    """Epoch seconds; empty is 0. `now`: aware, in the zone in which days begin."""
    text = text.strip().lower()
    if not text or text in {"ever", "all"}:
        return 0.0
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if text == "today":
        return midnight.timestamp()
    if text == "yesterday":
        return (midnight - timedelta(days=1)).timestamp()
    if match := _AGO.fullmatch(text):
        return (now - timedelta(**{_UNITS[match[2]]: int(match[1])})).timestamp()
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no moment; try today, yesterday, 2h, 7d or 2026-11-20"
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)).timestamp()
