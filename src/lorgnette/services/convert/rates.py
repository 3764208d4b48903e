"""Reference rates as the European Central Bank publishes them (XML), or a Frankfurter API (JSON); pure.

https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml and https://frankfurter.dev/v1/
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final
from xml.parsers import expat

import msgspec

from lorgnette.services.web import Unanswered

EURO: Final = "EUR"
MOST: Final = 400


class Rates(msgspec.Struct, frozen=True):
    """So much of each currency is one euro, on that day."""

    day: date
    of: dict[str, Decimal]

    def between(self, from_: str, to: str) -> Decimal | None:
        """What one of `from_` is in `to`; None where one of them isn't known."""
        known = {**self.of, EURO: Decimal(1)}
        if from_ not in known or to not in known:
            return None
        return known[to] / known[from_]


class _Latest(msgspec.Struct):
    date: date
    rates: dict[str, Decimal]
    base: str = EURO


def rates_of(body: bytes) -> Rates:
    """Of either shape. `Unanswered` for what is none."""
    try:
        found = _json(body) if body.lstrip()[:1] == b"{" else _xml(body)
    except (msgspec.DecodeError, expat.ExpatError, InvalidOperation, ValueError) as error:
        raise Unanswered(f"the rates can't be read: {error}") from None
    good = {code: rate for code, rate in found.of.items() if rate.is_finite() and rate > 0}
    if not good:
        raise Unanswered("there are no rates")
    return Rates(found.day, good)


def _json(body: bytes) -> Rates:
    found = msgspec.json.decode(body, type=_Latest, strict=False)
    if found.base != EURO:
        raise ValueError(f"the base is {found.base}")
    return Rates(found.date, found.rates)


def _xml(body: bytes) -> Rates:
    """Every level is called Cube and told apart by its attributes."""
    days: list[date] = []
    rates: dict[str, Decimal] = {}

    def begins(name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] != "Cube":
            return
        if "time" in attributes and not days:
            days.append(date.fromisoformat(attributes["time"]))
        code = attributes.get("currency", "")
        if len(code) == 3 and code.isalpha() and len(rates) < MOST:
            rates[code.upper()] = Decimal(attributes.get("rate", ""))

    def refuse(*_: object) -> None:
        raise ValueError("a document type has no place in it")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    parser.StartDoctypeDeclHandler = refuse  # where entities would be made, small ones that become huge
    parser.Parse(body, True)
    if not days:
        raise ValueError("it has no day")
    return Rates(days[0], rates)
