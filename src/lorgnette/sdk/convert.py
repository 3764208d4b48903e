"""Units, money and arithmetic as a skill sees them."""

from datetime import date
from decimal import Decimal
from typing import Protocol

import msgspec

from lorgnette.core.money import Money
from lorgnette.sdk.kinds import Currency, Expression, Quantity, Unit


class Exchanged(msgspec.Struct, frozen=True, kw_only=True):
    """So much in another currency, at the reference rate of a day. `old`: the day is worth saying."""

    money: Money
    day: date
    old: bool = False


class Reckoning(Protocol):
    """The same for all wearers. Each raises `SkillError` with a phrase where it can't be done."""

    def units(self, value: Quantity, to: Unit, territory: str = "") -> Quantity:
        """The same in another unit. `territory`: whose cups and gallons are meant (ISO 3166)."""
        ...

    def calculate(self, expression: Expression) -> Decimal:
        """What it comes to."""
        ...

    async def money(self, value: Money, to: Currency) -> Exchanged:
        """The same in another currency; rates are fetched where those at hand are older than some hours."""
        ...
