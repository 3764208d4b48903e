"""Numbers as they stand on a small display: time left, distance, percent."""

from math import ceil, isfinite

from lorgnette.render.speakable import language_rules

_LONGEST = 99 * 86_400


def time_left(seconds: float) -> str:
    """4:32, 1:05:20, from two days on 3 d 4 h; never negative."""
    whole = min(max(ceil(seconds), 0), _LONGEST) if isfinite(seconds) else 0
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24} d {hours % 24} h"
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def distance(metres: float, language: str) -> str:
    """45 m, 120 m, 1.2 km, 14 km: as fine as one walks; empty for what is no distance."""
    if not isfinite(metres) or metres < 0 or metres > 1e9:
        return ""
    if metres < 950:
        step = 1 if metres < 20 else 5 if metres < 100 else 10
        return f"{round(metres / step) * step} m"
    if metres < 9_950:
        return f"{metres / 1000:.1f} km".replace(".", language_rules(language).decimal)
    return f"{round(metres / 1000)} km"


def percent(fraction: float, language: str) -> str:
    """0.4 is 40 % (40% but in German)."""
    share = round(min(max(fraction, 0.0), 1.0) * 100) if isfinite(fraction) else 0
    return f"{share} %" if language_rules(language).language == "de" else f"{share}%"
