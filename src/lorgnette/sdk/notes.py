"""Notes and lists as a skill sees them."""

from typing import Protocol

import msgspec


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note. `text` is empty while only its sound is known; `seconds`: length of that sound, 0 = none.

    `number` counts per wearer from 1, so that one can say "note 3".
    """

    id: str
    number: int
    text: str = ""
    seconds: float = 0.0
    created: float = 0.0


class ListItem(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a named list. As with notes, `text` may be empty and `seconds` > 0."""

    id: str
    list: str
    text: str = ""
    seconds: float = 0.0
    done: bool = False


class Notes(Protocol):
    """Bound to one wearer. `audio`: PCM16 mono 16 kHz, kept until a better ASR gives the words."""

    async def add(self, text: str, audio: bytes | None = None) -> Note: ...

    async def recent(self, limit: int = 10) -> list[Note]: ...

    async def search(self, words: str, limit: int = 10) -> list[Note]: ...

    async def get(self, number: int) -> Note: ...

    async def audio(self, id: str) -> bytes | None: ...

    async def delete(self, id: str) -> Note: ...

    async def restore(self, id: str) -> Note: ...


class Lists(Protocol):
    """Bound to one wearer. A list is made by its first item; names are matched without case."""

    async def add(self, list: str, text: str, audio: bytes | None = None) -> ListItem: ...

    async def items(self, list: str) -> list[ListItem]: ...

    async def names(self) -> list[str]: ...

    async def find(self, list: str, text: str) -> ListItem:
        """The nearest open item by text; `NotFound` below a sensible likeness."""
        ...

    async def check(self, id: str, *, done: bool = True) -> ListItem: ...

    async def remove(self, id: str) -> ListItem: ...

    async def restore(self, id: str) -> ListItem: ...

    async def clear(self, list: str) -> int: ...
