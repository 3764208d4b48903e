"""The chat model of a running hub: exchanged without a restart, and offered where this machine has one."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any, Final

from lorgnette.agent import Budget
from lorgnette.config import ModelSection
from lorgnette.core.speech import Message
from lorgnette.engines.llm.hosts import find_hosts
from lorgnette.engines.protocols import ChatModel, Supervised
from lorgnette.engines.registry import EngineChoice, Engines, build_chat
from lorgnette.mind.mind import Mind
from lorgnette.services.offers import Find, Keeper, ModelOffers
from lorgnette.session.words import SessionWords
from lorgnette.store import People

type Wrap = Callable[[ChatModel], ChatModel]

RETIRING_SECONDS: Final = 60.0
"""How long the answers of a model that was exchanged may go on."""
OFFER: Final = "m-offer-"
"""What ids of messages that offer a model begin with."""


class Chat:
    """`choice`: the engines as they are chosen now. `tell` says a message to its wearer.

    `untell(wearer, begins)`: what waits under an id that begins so isn't said. `follow` owns a piece of work,
    and cancels it when the hub ends.
    """

    def __init__(
        self,
        choice: EngineChoice,
        engines: Engines,
        mind: Mind,
        people: People,
        words: SessionWords,
        tell: Callable[[Message], Awaitable[None]],
        untell: Callable[[str, str], Awaitable[None]],
        follow: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self.choice = choice
        self.offers: ModelOffers | None = None
        """What is offered to the owner; there where somebody keeps the configuration."""
        self._engines = engines
        self._mind = mind
        self._people = people
        self._words = words
        self._tell = tell
        self._untell = untell
        self._follow = follow
        self._wrap: Wrap = lambda chat: chat

    @property
    def name(self) -> str:
        """The model that answers now; empty: none."""
        return "" if self._mind.chat is None else self._mind.chat.name

    def offer(self, keeper: Keeper, find: Find = find_hosts) -> None:
        """Models of this machine are offered where none is configured; the owner is told of them once."""
        self.offers = ModelOffers(keeper, self.use, find, self._over)
        self._follow(self._tell_owner(self.offers))

    def through(self, wrap: Wrap) -> None:
        """Every chat model is used through this from now on: whoever counts what it costs stands there."""
        self._wrap = wrap
        self._install(self._engines.chat)

    async def use(self, settings: Mapping[str, Mapping[str, Any]]) -> None:
        """These chat models, by engine, from the next turn on; empty: none."""
        kept = {name: table for name, table in self.choice.settings.items() if not name.startswith("llm.")}
        choice = replace(
            self.choice,
            llm=tuple(settings),
            settings={**kept, **{f"llm.{name}": table for name, table in settings.items()}},
        )
        chat = build_chat(choice)
        self.choice = choice
        self._install(chat)
        former = self._engines.exchange_chat(chat)
        if isinstance(former, Supervised):
            self._follow(_retired(former))

    def _install(self, chat: ChatModel | None) -> None:
        self._mind.chat = None if chat is None else self._wrap(chat)

    async def _tell_owner(self, offers: ModelOffers) -> None:
        owner = await self._people.owner()
        for offer in await offers.look():
            language = owner.language
            text = self._words.say("model-found", language, model=offer.model, host=offer.host)
            await self._tell(Message(f"{OFFER}{offer.id}", owner.id, text, language))

    async def _over(self) -> None:
        """What still waits to be said of an offer that was answered is not said."""
        await self._untell((await self._people.owner()).id, OFFER)


def thought_budget(model: ModelSection) -> Budget:
    """What one turn may use, as it is set."""
    return Budget(steps=model.steps, seconds=model.seconds, tokens=model.tokens)


async def _retired(chat: Supervised) -> None:
    """Close it once its running answers are through, a minute at most."""
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(RETIRING_SECONDS):
                while chat.health().running:
                    await asyncio.sleep(0.2)
    finally:
        await chat.aclose()
