"""What a run did: its messages, what it used and how it ended, kept by whoever wants it."""

from dataclasses import dataclass
from typing import Protocol

from lorgnette.agent.context import Message
from lorgnette.engines.protocols import Usage


@dataclass(frozen=True, slots=True)
class Trajectory:
    """`why` it ended: as `Ended` says, "failed" with an error, "stopped" by whoever asked. It holds words."""

    run: str
    messages: list[Message]
    usage: Usage
    why: str
    seconds: float
    steps: int


class Keeper(Protocol):
    """Keeps trajectories."""

    def keep(self, trajectory: Trajectory) -> None:
        """However the run ended. Called on the loop, returns at once: a run may be cancelled meanwhile."""
        ...
