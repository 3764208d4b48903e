"""How long a pause may get before it is the end: what the words say and what the ear says, put together.

The words come from the recogniser, the ear's verdict from a `TurnJudge` where there is one. Each counts from
the moment it is known, and the pause runs on meanwhile: nothing waits for either.
"""

import asyncio
from dataclasses import dataclass
from typing import Final, Literal

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.core.errors import LorgnetteError
from lorgnette.engines.protocols import TurnJudge
from lorgnette.session.endpoint import Patience

Words = Literal["unheard", "nothing", "some", "open", "whole"]
"""unheard: not asked, or not yet · nothing: none were understood · open: the last calls for another."""
Verdict = Literal["unknown", "finished", "unfinished"]

FINISHED: Final = 0.95
UNFINISHED: Final = 0.7
"""Probability of being finished; between the two the verdict says nothing. With these no more pauses were
taken for the end than without an ear (docs/decisions/0027)."""
DEADLINE: Final = 0.2
"""Seconds after which a verdict would come too late to change much."""
HEARD_SECONDS: Final = 8


@dataclass(slots=True)
class Pause:
    """One short silence in an utterance, and what is known of it so far."""

    words: Words = "unheard"
    verdict: Verdict = "unknown"

    def seconds(self, patience: Patience) -> float:
        """The silence that ends the utterance; never more than for an open sentence."""
        if self.words == "whole":
            return patience.complete
        if self.verdict == "finished":
            return patience.unknown if self.words == "open" else max(patience.complete, patience.finished)
        if self.verdict == "unfinished" or self.words in ("open", "nothing"):
            return patience.open
        return patience.unknown


async def verdict(judge: TurnJudge, audio: bytearray) -> Verdict:
    """What the ear says of an utterance so far; `unknown` where it fails or takes too long."""
    heard = bytes(audio[-HEARD_SECONDS * BYTES_PER_SECOND :])
    try:
        async with asyncio.timeout(DEADLINE):
            sure = await judge.finished(heard)
    except (LorgnetteError, TimeoutError):
        return "unknown"
    return read(sure)


def read(sure: float | None) -> Verdict:
    """A probability of being finished as a verdict."""
    if sure is None or UNFINISHED < sure < FINISHED:
        return "unknown"
    return "finished" if sure >= FINISHED else "unfinished"
