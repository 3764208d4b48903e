"""The language model for the skill that speaks of it, bound to one wearer."""

from collections.abc import Callable

from lorgnette.core.errors import Denied
from lorgnette.sdk.local_model import FoundModel
from lorgnette.services.offers.model_offers import ModelOffers
from lorgnette.store import People


class WearersModel:
    """`LocalModel`. `used` tells the name of the model that answers now."""

    def __init__(
        self, offers: ModelOffers | None, people: People, wearer: str, used: Callable[[], str]
    ) -> None:
        self._offers = offers
        self._people = people
        self._wearer = wearer
        self._used = used

    async def used(self) -> str:
        return self._used()

    async def use(self) -> FoundModel | None:
        await self._owner()
        taken = await self._offers.take_first() if self._offers is not None else None
        return None if taken is None else FoundModel(host=taken.host, model=taken.model)

    async def drop(self) -> None:
        await self._owner()
        if self._offers is not None:
            await self._offers.drop()

    async def _owner(self) -> None:
        if (await self._people.wearer(self._wearer)).role != "owner":
            raise Denied("only the owner chooses the language model")
