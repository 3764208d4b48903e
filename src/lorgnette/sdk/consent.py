"""What a skill lays before the wearer ahead of an act that leaves the hub."""

from collections.abc import Mapping
from typing import Any


class Offer:
    """What would be done, read from the order itself; the wearer hears it and says yes, touches, or doesn't.

    `key` names a phrase of the skill, a question ("Send Anna “Ten minutes late”?"), and `values` fill it.
    `order`: the arguments with which the tool is called after a yes, every choice made: the address for the
    name, the amount for "the bill". `to`: who gets it, the same word each time ("mailto:anna@…"),
    by which a standing rule knows them. `who`: what the wearer calls them.
    """

    __slots__ = ("key", "order", "to", "values", "who")

    def __init__(
        self, key: str, *, order: Mapping[str, Any], to: str = "", who: str = "", **values: Any
    ) -> None:
        self.key = key
        self.order: Mapping[str, Any] = order
        self.to = to
        self.who = who
        self.values: Mapping[str, Any] = values

    def __repr__(self) -> str:
        return f"Offer({self.key!r}, to={self.to!r}, order={dict(self.order)!r})"
