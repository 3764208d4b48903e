"""What the session asks the mind, and the pieces in which the answer comes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Wearer
from lorgnette.core.scenes import Scene
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk.context import Control

Answer = Literal["", "early", "voice", "typed", "nod", "touch", "pin"]
"""How a request answers the hub's open question: on the device that asked, within its time.

Empty: not at all, `early`: it began while the hub was still sounding, so that it agrees to nothing.
"""


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
    recalled: str = ""
    """Lines of the wearer's memory that may help a model to answer."""
    images: tuple[bytes, ...] = ()
    """Pictures that go along, for a model that sees; JPEG, PNG or WebP."""
    alone: bool = False
    """An errand's: nobody is there who could be asked, and nothing of it is gone on from."""
    answers: bool = False
    """Somebody is there who can answer an `Await` of this very turn."""
    answer: Answer = ""
    pin: str = field(default="", repr=False)
    """The digits of a PIN, which are nowhere else: `text` has none."""


@dataclass(frozen=True, slots=True)
class Say:
    """Text to speak, in the request's language; from a model it comes in deltas (`whole=False`)."""

    text: str
    whole: bool = True
    ask: bool = False
    consent: Literal["", "ask", "confirm"] = ""
    """It asks for consent: a yes, or a touch or the PIN."""
    displays: tuple["Display", ...] = ()
    """Scenes that change with it; only what an undo says has them."""
    failed: bool = False
    """It says why an undo didn't work."""
    taint: Taint = CLEAN
    """Of a model's words: whose it knew by then, so that an answer which is broken off has it, too."""


TakeBack = Callable[[], Awaitable[Say]]
"""Undoes an act; gives what is said of that."""


@dataclass(frozen=True, slots=True)
class Display:
    """A scene to show under an id; None hides it."""

    id: str
    scene: Scene | None


@dataclass(frozen=True, slots=True)
class Done:
    """A tool ran. `undo` takes it back; `taint`: whose words are in its result.

    `held`: it did not run, it waits for the wearer's consent; `result` is the question. `facts`: what the
    result comes down to (`Reply.facts`).
    """

    skill: str
    tool: str
    arguments: Mapping[str, Any]
    result: str
    ok: bool = True
    undo: TakeBack | None = None
    taint: Taint = CLEAN
    held: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Last piece of an answer.

    failed: an error sentence was said; not_understood: nothing matched; proposed: "did you mean …?" was said.
    """

    kind: Literal["done", "failed", "not_understood", "proposed"] = "done"
    by: Literal["reflex", "model", "none"] = "reflex"
    taint: Taint = CLEAN
    """Of a model's answer: whose words it knew beside the wearer's, in memory and descriptions too."""


@dataclass(frozen=True, slots=True)
class Await:
    """A tool that runs waits for the wearer's next words, after all that was said before it was heard.

    `judge` says what words are: an answer, another command, or neither. `answer` gets them, or None after a
    silence; it is cancelled with the turn.
    """

    answer: asyncio.Future[str | None]
    judge: Callable[[str, str], Literal["answer", "command", "unclear"]]


Piece = Say | Display | Await | Done | Outcome
