"""What the hub remembers of its wearer, as a skill sees it: counted and forgotten."""

from typing import Protocol

import msgspec


class Held(msgspec.Struct, frozen=True):
    """How many of one kind: `conversations`, `notes`, `lists`, `schedule`, and so on."""

    kind: str
    count: int


class Memory(Protocol):
    """Bound to one wearer. What is forgotten is deleted, and nothing brings it back."""

    async def held(self) -> list[Held]:
        """What is there and can be forgotten."""
        ...

    async def said(self, since: float) -> int:
        """How many things were said from that moment (epoch seconds) on, before this one."""
        ...

    async def forget_said(self, since: float) -> int:
        """Delete what was said and answered from then on (0: ever), this too; how many that was before."""
        ...

    async def forget_last(self) -> bool:
        """Delete what was said before this and its answer; False if there was nothing."""
        ...
