"""What leaves the machine, told request by request to whoever keeps the log of it: that it went, never what.

Engines don't know wearers, and sessions don't know requests. Whoever works for somebody says on whose
*behalf*; whoever sends says `leaving`. Without a behalf nothing is told.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context
from dataclasses import dataclass
from typing import Final, Literal

from lorgnette.core.errors import LorgnetteError

type What = Literal[
    "speech",
    "sentences",
    "conversation",
    "pictures",
    "question",
    "message",
    "memories",
    "calendar",
    "contacts",
    "inquiry",
    "model",
]
"""`speech`: sound of what is said; `sentences`: what the hub says; `conversation`: both, in words;
`question`: what somebody wants to know, in words or as a place; `message`: what somebody writes to others;
`inquiry`: what a server has, nobody's words; `calendar`, `contacts`: a wearer's own, at their own server;
`model`: a download; `memories`: what somebody wanted to be remembered, and what they ask of it."""

type How = Literal["ok", "refused", "failed", "stopped"]
"""refused: answered with an error; failed: not reached, silent or broken off; stopped: we hung up."""


@dataclass(slots=True)
class Parcel:
    """One request. `size`: bytes of it that went out, at most; `host`: where to, without port or path."""

    host: str
    what: What
    size: int = 0
    how: How = "ok"
    wearer: str = ""
    """Whose; empty: the hub's own."""


@dataclass(frozen=True, slots=True)
class Behalf:
    """For whom something is done. `tell` is called on the loop with each parcel, and returns at once."""

    wearer: str
    tell: Callable[[Parcel], None]


_BEHALF: Final[ContextVar[Behalf | None]] = ContextVar("lorgnette_behalf", default=None)


def behalf() -> Behalf | None:
    """On whose behalf things are done here."""
    return _BEHALF.get()


@contextmanager
def on(behalf: Behalf | None) -> Iterator[None]:
    """Inside, and in every task that is begun inside, things are done on this behalf."""
    token = _BEHALF.set(behalf)
    try:
        yield
    finally:
        _BEHALF.reset(token)


def context_of(behalf: Behalf) -> Context:
    """A context to run tasks in."""
    context = copy_context()
    context.run(_BEHALF.set, behalf)
    return context


@contextmanager
def leaving(host: str, what: What, size: int = 0) -> Iterator[Parcel]:
    """The life of one request. Its end is told: how it went is seen by the error, or set by the caller."""
    parcel = Parcel(host, what, size)
    mine = _BEHALF.get()
    try:
        yield parcel
    except LorgnetteError:
        parcel.how = "failed" if parcel.how == "ok" else parcel.how
        raise
    except (asyncio.CancelledError, GeneratorExit):
        parcel.how = "stopped" if parcel.how == "ok" else parcel.how
        raise
    except BaseException:
        parcel.how = "failed"
        raise
    finally:
        if mine is not None:
            parcel.wearer = mine.wearer
            mine.tell(parcel)
