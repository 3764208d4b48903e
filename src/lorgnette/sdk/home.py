"""The smart home as a skill sees it: things with names, in rooms, that are on or off."""

from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

Device = Literal["light", "switch", "fan", "cover", "climate", "media", "scene", "sensor", "guarded"]
"""guarded: locks, gates and alarms, whose state is told and which nothing here changes."""


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """One of them. `state`: on, off, open, closed, heat, … as the home says it, or a sensor's value.

    `level`: brightness 0–100, or the temperature that is wished for; `measured`: the temperature that is.
    """

    id: str
    name: str
    kind: Device
    area: str = ""
    state: str = ""
    level: float | None = None
    measured: float | None = None
    unit: str = ""


class Home(Protocol):
    """The household's. `SkillError` where none is set up, `NotFound` where nothing is called so."""

    async def find(self, what: str, language: str, kinds: Iterable[Device] = ()) -> list[Thing]:
        """What is meant by "the kitchen light", "all lights", "the light in the hall".

        Several only where several are meant; `SkillError` (with `names`) where it could be this or that.
        """
        ...

    async def switch(self, things: Iterable[Thing], *, on: bool) -> None: ...

    async def dim(self, things: Iterable[Thing], level: int) -> None:
        """Brightness in percent."""
        ...

    async def heat(self, things: Iterable[Thing], degrees: float) -> None:
        """The temperature that is wished for, in the home's unit."""
        ...

    async def restore(self, things: Iterable[Thing]) -> None:
        """As they were found."""
        ...
