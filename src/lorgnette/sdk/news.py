"""The news as a skill sees it: what feeds say, in their words."""

from collections.abc import Sequence
from typing import Protocol

import msgspec


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """A title and a few sentences, plain.

    `by`: the feed's name; `host`: whose words; `at`: epoch seconds, 0 = unknown.
    """

    title: str
    summary: str = ""
    url: str = ""
    by: str = ""
    host: str = ""
    at: float = 0.0


class News(Protocol):
    """Bound to one wearer."""

    async def headlines(self, language: str, topic: str = "") -> Sequence[Headline]:
        """The newest first, of the feeds in this language; with words, those that have them.

        `SkillError` where no feed is set up for the language.
        """
        ...

    async def last(self) -> Sequence[Headline]:
        """What they were told last."""
        ...
