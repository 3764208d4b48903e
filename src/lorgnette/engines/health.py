"""How an engine is: what `lorgnette doctor`, /metrics and the fall-back chains look at."""

from dataclasses import dataclass
from typing import Literal

type EngineState = Literal["off", "starting", "ready", "failing", "closed"]


@dataclass(frozen=True, slots=True)
class Health:
    """A moment's picture of one engine.

    `state`: starting = no worker is ready yet but none has failed; failing = none is ready and the last one
    failed; off = switched off with `last_error` saying why. `queued` waits, `running` is being worked on;
    `done`, `failed`, `skipped` (cancelled before they ran), `refused` (queue full) and `restarts` count since
    the start.
    """

    engine: str
    state: EngineState
    queued: int = 0
    running: int = 0
    workers: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    refused: int = 0
    restarts: int = 0
    last_error: str = ""

    @property
    def usable(self) -> bool:
        """Whether a request now has a chance."""
        return self.state in {"starting", "ready"}
