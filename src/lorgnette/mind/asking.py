"""A tool that runs asks the wearer, and the next words are its answer."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, Literal

from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Await, Piece, Request, Say
from lorgnette.mind.yesno import yes_or_no
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.registry import SkillRegistry
from lorgnette.sdk.schema import kind_of

MOST_SECONDS: Final = 120.0
"""Nobody is waited for longer, whatever the session does."""
TRIES: Final = 2
PLAIN: Final = frozenset(("yes", "no"))
"""Tools that only say yes or no; for a tool that asks, that is an answer."""


class Asking:
    """Puts questions of running tools, and reads the answers."""

    def __init__(self, registry: SkillRegistry, reflexes: Reflexes, phrases: Phrases) -> None:
        self._registry = registry
        self._reflexes = reflexes
        self._phrases = phrases

    async def ask(self, request: Request, put: Callable[[Piece], None], question: str, hint: Any) -> Any:
        """The answer as a value of the type `hint`; None after a silence, or twice something that is none.

        Cancelled when the wearer says something that is another command. An empty question only listens.
        """
        if not request.answers:
            return None
        said = question
        for _ in range(TRIES):
            words = await self._heard(request, put, said, hint)
            if words is None:
                return None
            value = self.read(hint, words, request)
            if value is not None:
                return value
            again = self._phrases.format("say-again", {}, request.language, formal=request.wearer.formal)
            said = f"{again} {question}".strip()
        return None

    def read(self, hint: Any, words: str, request: Request) -> Any:
        """What these words are as a value of this type; None if they are none."""
        kind, _, _ = kind_of(hint)
        if kind == "text":
            return words.strip() or None
        if kind == "boolean":
            return yes_or_no(words, request.language)
        return self._reflexes.read(hint, words, request.language, now=request.now)

    async def _heard(
        self, request: Request, put: Callable[[Piece], None], question: str, hint: Any
    ) -> str | None:
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        if question:
            put(Say(question))

        def judge(words: str, language: str) -> Literal["answer", "command", "unclear"]:
            return self._judged(hint, words, language, request)

        put(Await(answer, judge))
        try:
            async with asyncio.timeout(MOST_SECONDS):
                return await answer
        except TimeoutError:
            return None

    def _judged(
        self, hint: Any, words: str, language: str, request: Request
    ) -> Literal["answer", "command", "unclear"]:
        kind, _, _ = kind_of(hint)
        value = self.read(hint, words, request)
        match = self._reflexes.match(words, language, now=request.now)
        if match is not None and self._registry.find(match.skill, match.tool).tool.name in PLAIN:
            match = None
        if kind == "boolean" and value is not None:
            return "answer"
        if match is not None and (match.confidence == 1.0 or (value is None and kind != "text")):
            return "command"
        return "unclear" if value is None else "answer"
