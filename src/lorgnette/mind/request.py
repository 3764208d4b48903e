"""What the session asks the mind, and the pieces in which the answer comes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Wearer
from lorgnette.core.scenes import Scene
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk.context import Control


@dataclass(frozen=True, slots=True)
class Request:
    """One thing the wearer said or typed, with its surroundings."""

    turn: str
    text: str
    language: str
    wearer: Wearer
    now: datetime
    capabilities: Capabilities
    control: Control
    device: str = ""
    shared: bool = False
    """It came from a device that others use too."""
    audio: bytes | None = None
    slots: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Spans of free text in `audio` that the recogniser could not put in words."""
    history: tuple[tuple[str, str], ...] = ()
    """(what the wearer said, what was heard of the answer), oldest first."""
    taint: Taint = CLEAN
    """Whose words are in `history` beside the wearer's."""


@dataclass(frozen=True, slots=True)
class Say:
    """Text to speak, in the request's language; from a model it comes in deltas (`whole=False`)."""

    text: str
    whole: bool = True
    ask: bool = False
    displays: tuple["Display", ...] = ()
    """Scenes that change with it; only what an undo says has them."""


@dataclass(frozen=True, slots=True)
class Display:
    """A scene to show under an id; None hides it."""

    id: str
    scene: Scene | None


@dataclass(frozen=True, slots=True)
class Done:
    """A tool ran. `undo` takes it back; `taint`: whose words are in its result."""

    skill: str
    tool: str
    arguments: Mapping[str, Any]
    result: str
    ok: bool = True
    undo: Callable[[], Awaitable[Say]] | None = None
    taint: Taint = CLEAN


@dataclass(frozen=True, slots=True)
class Outcome:
    """Last piece of an answer. failed: an error sentence was said; not_understood: nothing matched."""

    kind: Literal["done", "failed", "not_understood"] = "done"
    by: Literal["reflex", "model", "none"] = "reflex"


Piece = Say | Display | Done | Outcome
