"""What a simulated crowd does: how much it speaks, what its lines lose, and what its microphones hear."""

import re
from dataclasses import dataclass
from typing import Final, Self

from lorgnette.core.errors import ConfigError
from lorgnette.core.forms import EchoControl

MAX_SECONDS: Final = 4 * 3600.0
"""A simulation always ends."""
OWN_CANCELLER_DB: Final = -40.0
"""What a device that removes its echo itself (`aec: device`) leaves of it."""

_ECHO = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*dB\s*,\s*(\d+(?:\.\d+)?)\s*ms\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EchoPath:
    """From the speaker to the microphone: a gain in dB, at most 0, and a delay in ms."""

    db: float
    delay_ms: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """`-20dB,120ms`; `ConfigError` for anything else."""
        match = _ECHO.fullmatch(text)
        if match is None:
            raise ConfigError(f"an echo is written as -20dB,120ms, not {text!r}")
        path = cls(float(match[1]), float(match[2]))
        if not -80 <= path.db <= 0 or not 0 <= path.delay_ms <= 1000:
            raise ConfigError("an echo has -80 to 0 dB and 0 to 1000 ms")
        return path


@dataclass(frozen=True, slots=True)
class Plan:
    """The conduct of every device. Shares are 0 to 1, times seconds; 0 switches a thing off."""

    share: float = 0.25
    """Part of the time that is speech."""
    echo: EchoPath | None = None
    aec: EchoControl = "device"
    loss: float = 0.0
    """Microphone frames that never arrive."""
    jitter: float = 0.0
    """A frame leaves up to this much late; order is kept."""
    reconnect: float = 0.0
    """The line drops this often, for `away` seconds, and the device resumes."""
    away: float = 0.5
    stay: float = 0.0
    """The device leaves for good after about this time and comes again as a new connection."""
    barge_in: float = 0.0
    """Part of the replies that the wearer talks over."""
    ask: str = ""
    """Typed whenever the hub is silent, so that it speaks most of the time."""
    seed: int = 1


def number(text: str, unit: str) -> float:
    """`2%` with the unit `%`, `40ms` with `ms`: the number, with or without its unit."""
    bare = text.strip().removesuffix(unit).strip()
    try:
        value = float(bare)
    except ValueError:
        raise ConfigError(f"{text!r} is no number in {unit}") from None
    if value < 0:
        raise ConfigError(f"{text!r} is below 0")
    return value
