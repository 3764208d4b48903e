"""The language model as a skill sees it: which one is used, and one of this machine that may be."""

from typing import Protocol

import msgspec


class FoundModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model that runs on this machine; `host`: the program it runs in."""

    host: str
    model: str


class LocalModel(Protocol):
    """Bound to one wearer. Changing it is the owner's: `Denied` for anyone else."""

    async def used(self) -> str:
        """The name of the model in use, wherever it runs; empty if there is none."""
        ...

    async def use(self) -> FoundModel | None:
        """Use the first that is found from the next turn on; None if none is."""
        ...

    async def drop(self) -> None:
        """Use none from the next turn on."""
        ...
