"""What the hub said in a turn and how much of it was heard; survives a lost connection or a dead hub."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

_WIDE: Final = re.compile(r"([。！？；，：…]”?) (?=\S)")


def joined(sentences: Iterable[str]) -> str:
    """One text of them; where a language writes no blanks between sentences, there are none."""
    return _WIDE.sub(r"\1", " ".join(sentences))


@dataclass(slots=True)
class Said:
    """One reply: its sentences in order, how many were heard to their end, whether more may come."""

    turn: str
    utterance: str
    language: str
    sentences: list[str] = field(default_factory=list)
    heard: int = 0
    complete: bool = False
    base: int = 0
    """Sentences of the same turn that were said before these."""

    def hear(self, index: int) -> bool:
        """Sentence `index` was heard; False if that was known."""
        if index < self.heard or index >= len(self.sentences):
            return False
        self.heard = index + 1
        return True

    @property
    def text(self) -> str:
        """All of it."""
        return joined(self.sentences)

    @property
    def heard_text(self) -> str:
        """What reached the ear: that, and no more, is the conversation's history."""
        return joined(self.sentences[: self.heard])

    @property
    def over(self) -> bool:
        """Everything was said and heard."""
        return self.complete and self.heard >= len(self.sentences)
