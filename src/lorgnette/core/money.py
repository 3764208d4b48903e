"""Amounts of money: whole minor units of an ISO 4217 currency, never a float."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

import msgspec

_PLACES: Final = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF"), 0
    ),
    **dict.fromkeys(("XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def places(currency: str) -> int:
    """Decimal places of a currency's amounts (ISO 4217): two for nearly all."""
    return _PLACES.get(currency, 2)


class Money(msgspec.Struct, frozen=True):
    """`minor`: cents, Rappen, 分; `currency`: ISO 4217 code."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | float | str, currency: str) -> "Money":
        """An amount in the currency itself, rounded half to even."""
        exact = Decimal(str(amount)).scaleb(places(currency))
        return cls(int(exact.quantize(Decimal(1), ROUND_HALF_EVEN)), currency)

    @property
    def amount(self) -> Decimal:
        """In the currency itself."""
        return Decimal(self.minor).scaleb(-places(self.currency))
