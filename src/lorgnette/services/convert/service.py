"""Units, arithmetic, and money at the rates that are at hand: on disk, for when the network is gone."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import msgspec

from lorgnette.core.errors import LorgnetteError, SkillError
from lorgnette.core.money import Money
from lorgnette.sdk.convert import Exchanged
from lorgnette.sdk.kinds import Currency, Expression, Quantity, Unit
from lorgnette.services.convert.evaluate import evaluate
from lorgnette.services.convert.rates import Rates, rates_of
from lorgnette.services.convert.section import ConvertSection
from lorgnette.services.convert.units import convert
from lorgnette.services.web import WebClient

log = logging.getLogger(__name__)

FILE: Final = "rates.json"
FRESH: Final = timedelta(hours=6)
AGAIN: Final = timedelta(minutes=5)
"""So long nobody is asked again who didn't answer."""
OLD: Final = timedelta(days=2)


class _Kept(msgspec.Struct):
    """The file. `at`: when it was fetched, epoch seconds; `url`: where from."""

    at: float
    url: str
    rates: Rates


class ConvertService:
    """Implements `sdk.Reckoning`. `folder`: where the rates are kept; `now`: the wall clock."""

    def __init__(self, section: ConvertSection, folder: Path | None, now: Callable[[], datetime]) -> None:
        self.section = section
        self._file = folder / FILE if folder is not None else None
        self._now = now
        self._client = WebClient(what="inquiry", longest=500_000)
        self._kept: _Kept | None = None
        self._read = False
        self._failed: datetime | None = None
        self._fetching = asyncio.Lock()

    def units(self, value: Quantity, to: Unit, territory: str = "") -> Quantity:
        """See `sdk.Reckoning`."""
        return convert(value, to, territory)

    def calculate(self, expression: Expression) -> Decimal:
        """See `sdk.Reckoning`."""
        return evaluate(expression)

    async def money(self, value: Money, to: Currency) -> Exchanged:
        """See `sdk.Reckoning`."""
        rates = await self._rates()
        rate = rates.between(value.currency, to)
        if rate is None:
            unknown = to if rates.between(value.currency, "EUR") is not None else Currency(value.currency)
            raise SkillError(f"no rate for {unknown}", phrase="money-no-rate", currency=unknown)
        old = self._now().astimezone(UTC).date() - rates.day > OLD
        return Exchanged(money=Money.of(value.amount * rate, to), day=rates.day, old=old)

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()

    async def _rates(self) -> Rates:
        if not self.section.rates:
            raise SkillError("convert.rates is false", phrase="money-off")
        async with self._fetching:
            if not self._read:
                self._kept = await asyncio.to_thread(self._load)
                self._read = True
            now = self._now()
            kept = self._kept
            if kept is not None and timedelta(0) <= now - datetime.fromtimestamp(kept.at, UTC) < FRESH:
                return kept.rates
            if self._failed is not None and timedelta(0) <= now - self._failed < AGAIN and kept is not None:
                return kept.rates
            try:
                got = await self._client.get(self.section.rates_url)
                fresh = _Kept(now.timestamp(), self.section.rates_url, rates_of(got.body))
            except LorgnetteError as error:
                self._failed = now
                if kept is None:
                    raise
                log.info("the rates of %s stay: %s", kept.rates.day, error.detail)
                return kept.rates
            self._kept, self._failed = fresh, None
            await asyncio.to_thread(self._save, fresh)
            return fresh.rates

    def _load(self) -> _Kept | None:
        if self._file is None:
            return None
        try:
            kept = msgspec.json.decode(self._file.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError):
            return None
        return kept if kept.url == self.section.rates_url else None

    def _save(self, kept: _Kept) -> None:
        if self._file is None:
            return
        fresh = self._file.with_suffix(".new")
        with contextlib.suppress(OSError):  # without the file they are fetched again
            fresh.write_bytes(msgspec.json.encode(kept))
            fresh.replace(self._file)
