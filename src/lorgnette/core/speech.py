"""What the hub has said or still has to say, as the session and the store both know it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A reply that a crash or a lost connection cut: its sentences and the first one not yet heard."""

    turn: str
    device: str
    language: str
    sentences: tuple[str, ...]
    heard: int


@dataclass(frozen=True, slots=True)
class Message:
    """Something the hub wants to say on its own: kept until a device is on, delivered once.

    `text` is ready to say in `language`; `expires`: epoch seconds, 0 = never; `urgent` ignores quiet hours.
    """

    id: str
    wearer: str
    text: str
    language: str
    kind: Literal["alarm", "navigation", "notification"] = "notification"
    expires: float = 0.0
    urgent: bool = False


__all__ = ["Message", "Unfinished"]
