"""Chat models found on this machine: offered while none is configured, used after one yes, not after a no."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from lorgnette.core.errors import NotFound
from lorgnette.engines.llm.hosts import ModelHost, chat_models, find_hosts


class ModelOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A server of this machine. `model`: what is used after a yes; `models`: all that may be for talking."""

    id: str
    host: str
    url: str
    model: str
    models: tuple[str, ...] = ()


class Keeper(Protocol):
    """Where the chat model is configured; whoever runs the hub has one. Its methods may block."""

    @property
    def wanted(self) -> bool:
        """Whether an offer is to be made at all: nothing is configured, and nobody said no."""
        ...

    def configured(self) -> Mapping[str, Mapping[str, Any]]:
        """The chat models' settings as they hold now, by engine; empty: there is none. May be ConfigError."""
        ...

    def choose(self, url: str, model: str) -> None:
        """Write down that this server is used; no address: none."""
        ...

    def decline(self) -> None:
        """Write down that nothing is to be offered again."""
        ...


type Find = Callable[[], Awaitable[Sequence[ModelHost]]]


async def _nothing() -> None:
    pass


type Apply = Callable[[Mapping[str, Mapping[str, Any]]], Awaitable[None]]


class ModelOffers:
    """`apply` takes settings into use; `find` looks at this machine and nowhere else.

    `over` is told when there is nothing to offer any more: it was answered, or a model is configured.
    """

    def __init__(
        self,
        keeper: Keeper,
        apply: Apply,
        find: Find = find_hosts,
        over: Callable[[], Awaitable[None]] = _nothing,
    ) -> None:
        self._keeper = keeper
        self._apply = apply
        self._find = find
        self._over = over

    async def look(self) -> list[ModelOffer]:
        """What can be offered now; nothing is asked of anybody where no offer is wanted."""
        if not await asyncio.to_thread(lambda: self._keeper.wanted):
            await self._over()
            return []
        return offers_of(await self._find())

    async def take(self, id: str) -> ModelOffer:
        """The wearer's yes: written down, and used from the next turn on."""
        for offer in await self.look():
            if offer.id == id:
                return await self._use(offer)
        raise NotFound(f"there is no offer {id!r}; perhaps it doesn't run any more")

    async def take_first(self) -> ModelOffer | None:
        """The wearer asks for it, also after an earlier no; None: nothing runs here."""
        offers = offers_of(await self._find())
        return await self._use(offers[0]) if offers else None

    async def decline(self) -> None:
        """The wearer's no: never offered again."""
        await asyncio.to_thread(self._keeper.decline)
        await self._over()

    async def drop(self) -> None:
        """Use no model; what was configured is forgotten."""
        await asyncio.to_thread(self._keeper.choose, "", "")
        await self.reload()

    async def _use(self, offer: ModelOffer) -> ModelOffer:
        await asyncio.to_thread(self._keeper.choose, offer.url, offer.model)
        await self.reload()
        return offer

    async def reload(self) -> bool:
        """Take what is configured into use; whether there is a model now."""
        settings = await asyncio.to_thread(self._keeper.configured)
        await self._apply(settings)
        if settings:
            await self._over()
        return bool(settings)


def offers_of(hosts: Sequence[ModelHost]) -> list[ModelOffer]:
    """Those hosts that have a model for talking."""
    found: list[ModelOffer] = []
    for host in hosts:
        models = chat_models(host.models)
        if models:
            id = "".join(letter for letter in host.name.lower() if letter.isalnum())
            found.append(ModelOffer(id=id, host=host.name, url=host.url, model=models[0], models=models))
    return found
