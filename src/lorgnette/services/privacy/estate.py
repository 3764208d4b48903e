"""Everything that the hub keeps of a wearer, over all domains: seen, taken along, forgotten."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final
from weakref import WeakValueDictionary

import msgspec
from sqlalchemy import Connection

from lorgnette.core.errors import Busy, Denied, NotFound, StoreError
from lorgnette.core.people import Wearer
from lorgnette.services.privacy.bundle import Bundle
from lorgnette.services.privacy.readme import readme
from lorgnette.store import EVER, Amount, Holding, Leaf, Span, Store

log = logging.getLogger(__name__)

ALL: Final = "all"
"""Everything but what belongs to being a wearer at all."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a holding there is, with its files. `size`: bytes; `oldest`: epoch seconds, 0: nothing."""

    name: str
    count: int
    size: int
    oldest: float
    account: bool = False


class Estate:
    """What the domains of a store hold. Nothing here takes two wearers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._holdings: dict[str, Holding] = {}
        self._told: list[Callable[[str, tuple[str, ...], Span], None]] = []
        self._exporting = asyncio.Lock()
        self._given: WeakValueDictionary[str, Bundle] = WeakValueDictionary()
        for domain in store.domains:
            for holding in domain.holdings:
                if holding.name in self._holdings:
                    raise StoreError(f"two domains hold {holding.name!r}")
                self._holdings[holding.name] = holding

    @property
    def names(self) -> tuple[str, ...]:
        """What can be forgotten."""
        return tuple(name for name, holding in self._holdings.items() if not holding.account)

    def named(self, what: Iterable[str]) -> tuple[str, ...]:
        """Checked and whole: `all` is everything that can be forgotten."""
        found = dict.fromkeys(name for one in what for name in (self.names if one == ALL else (one,)))
        for name in found:
            if name not in self._holdings:
                raise NotFound(f"nothing is called {name!r}; there are: {', '.join(self.names)}, {ALL}")
            if self._holdings[name].account:
                raise Denied(f"{name} goes with the wearer, not before")
        return tuple(found)

    def on_forgotten(self, tell: Callable[[str, tuple[str, ...], Span], None]) -> None:
        """Call `tell(wearer, names, span)` on the loop when something was forgotten: others do, too."""
        self._told.append(tell)

    async def kept(self, wearer: str, what: Iterable[str] = (), span: Span = EVER) -> list[Kept]:
        """How much there is, of everything if nothing is named."""
        names = tuple(what) or tuple(self._holdings)

        def work(connection: Connection) -> list[tuple[Holding, Amount]]:
            return [
                (holding, holding.amount(connection, wearer, span))
                for holding in (self._holdings[name] for name in names)
            ]

        await self._store.settle()
        found = await self._store.read(work)
        return await asyncio.to_thread(lambda: [self._kept(wearer, *one) for one in found])

    async def forget(self, wearer: str, what: Iterable[str], span: Span = EVER) -> list[Kept]:
        """Delete for good, in the database, its log and its files; then tell who remembers it."""
        names = self.named(what)
        holdings = [self._holdings[name] for name in names]

        def work(connection: Connection) -> list[tuple[Holding, Amount]]:
            # counted before anything goes: what two holdings share goes with the first
            seen = [holding.amount(connection, wearer, span) for holding in holdings]
            if any(amount.count for amount in seen):
                self._store.owe_scrub()
            gone = [holding.forget(connection, wearer, span) for holding in holdings]
            return [
                (holding, replace(was, blobs=went.blobs))
                for holding, was, went in zip(holdings, seen, gone, strict=True)
            ]

        await self._store.settle()
        gone = await self._store.write(work, durable=True)
        for tell in self._told:
            tell(wearer, names, span)
        kept = await asyncio.to_thread(lambda: [self._kept(wearer, *one) for one in gone])
        for _, amount in gone:
            for blob in amount.blobs:
                await self._store.blobs.delete(wearer, blob)
        if any(amount.count for _, amount in gone):
            await self._store.scrub(anew=True)
        return kept

    async def sweep(self, choices: Mapping[str, Mapping[str, float]]) -> bool:
        """Delete what is older than a wearer wants it; `choices`: days by wearer and holding."""
        now = self._store.clock.now().timestamp()

        def work(connection: Connection) -> list[tuple[str, Amount]]:
            return [
                (wearer, holding.forget(connection, wearer, Span(until=now - days * 86_400)))
                for wearer, wanted in choices.items()
                for name, days in wanted.items()
                if (holding := self._holdings.get(name)) is not None
            ]

        if not choices:
            return False
        gone = await self._store.write(work)
        for wearer, amount in gone:
            for blob in amount.blobs:
                await self._store.blobs.delete(wearer, blob)
        return any(amount.count for _, amount in gone)

    async def export(self, wearer: Wearer) -> Bundle:
        """Everything of one moment, as a zip; whoever gets it closes its file.

        One at a time is made, and nobody gets another one before theirs is fetched (`Busy`): it takes room.
        """
        store = self._store
        async with self._exporting:
            former = self._given.get(wearer.id)
            if former is not None and not former.file.closed:
                raise Busy("the last export is still being fetched")
            await store.settle()
            bundle, files = await store.read(lambda connection: self._bundle(connection, wearer))
            try:
                await asyncio.to_thread(self._add_files, bundle, wearer.id, files)
            except BaseException:
                bundle.file.close()
                raise
            self._given[wearer.id] = bundle
        return bundle

    def _bundle(self, connection: Connection, wearer: Wearer) -> tuple[Bundle, list[Leaf]]:
        now = self._store.clock.now()
        counts = {
            name: holding.amount(connection, wearer.id).count
            for name, holding in self._holdings.items()
            if name != "timings"
        }
        bundle, files = Bundle(self._store.folder, now), []
        try:
            bundle.add("README.md", [readme(wearer.language, wearer.name, now, counts).encode()])
            for holding in self._holdings.values():
                for leaf in holding.export(connection, wearer.id):
                    if leaf.blob:
                        files.append(leaf)
                    else:
                        bundle.add(leaf.path, leaf.parts)
        except BaseException:
            bundle.file.close()
            raise
        return bundle, files

    def _add_files(self, bundle: Bundle, wearer: str, files: Iterable[Leaf]) -> None:
        for leaf in files:
            source = self._store.blobs.file(wearer, leaf.blob)
            if source is not None:
                bundle.add_file(leaf.path, source, sound=leaf.sound)
        bundle.seal()

    def _kept(self, wearer: str, holding: Holding, amount: Amount) -> Kept:
        size = sum(self._store.blobs.size(wearer, blob) for blob in amount.blobs)
        return Kept(
            name=holding.name,
            count=amount.count,
            size=amount.size + size,
            oldest=amount.oldest,
            account=holding.account,
        )
