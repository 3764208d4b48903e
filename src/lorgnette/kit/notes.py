"""Notes and lists in memory."""

from difflib import SequenceMatcher

import msgspec

from lorgnette.core.errors import NotFound
from lorgnette.sdk import ListItem, Note


class MemoryNotes:
    """`Notes` in a list."""

    def __init__(self) -> None:
        self._notes: dict[str, Note] = {}
        self._audio: dict[str, bytes | None] = {}
        self._gone: set[str] = set()

    async def add(self, text: str, audio: bytes | None = None) -> Note:
        number = len(self._notes) + 1
        note = Note(id=f"n{number}", number=number, text=text, seconds=len(audio or b"") / 32000)
        self._notes[note.id] = note
        self._audio[note.id] = audio
        return note

    async def recent(self, limit: int = 10) -> list[Note]:
        return [note for note in reversed(self._notes.values()) if note.id not in self._gone][:limit]

    async def search(self, words: str, limit: int = 10) -> list[Note]:
        return [note for note in await self.recent(1000) if words.casefold() in note.text.casefold()][:limit]

    async def get(self, number: int) -> Note:
        for note in await self.recent(1000):
            if note.number == number:
                return note
        raise NotFound(f"no note {number}")

    async def audio(self, id: str) -> bytes | None:
        return self._audio[id]

    async def delete(self, id: str) -> Note:
        self._gone.add(id)
        return self._notes[id]

    async def restore(self, id: str) -> Note:
        self._gone.discard(id)
        return self._notes[id]


class MemoryLists:
    """`Lists` in a dict."""

    def __init__(self) -> None:
        self._items: dict[str, ListItem] = {}
        self._gone: set[str] = set()

    async def add(self, list: str, text: str, audio: bytes | None = None) -> ListItem:
        seconds = len(audio or b"") / 32000
        item = ListItem(id=f"l{len(self._items)}", list=list, text=text, seconds=seconds)
        self._items[item.id] = item
        return item

    async def items(self, list: str) -> "list[ListItem]":
        wanted = list.casefold()
        return [
            item
            for item in self._items.values()
            if item.list.casefold() == wanted and item.id not in self._gone
        ]

    async def names(self) -> "list[str]":
        return [*dict.fromkeys(item.list for item in self._items.values() if item.id not in self._gone)]

    async def find(self, list: str, text: str) -> ListItem:
        for item in await self.items(list):
            if SequenceMatcher(None, item.text.casefold(), text.casefold()).ratio() > 0.7:
                return item
        raise NotFound(f"no {text} on {list}")

    async def check(self, id: str, *, done: bool = True) -> ListItem:
        self._items[id] = msgspec.structs.replace(self._items[id], done=done)
        return self._items[id]

    async def remove(self, id: str) -> ListItem:
        self._gone.add(id)
        return self._items[id]

    async def restore(self, id: str) -> ListItem:
        self._gone.discard(id)
        return self._items[id]

    async def clear(self, list: str) -> int:
        items = await self.items(list)
        self._gone |= {item.id for item in items}
        return len(items)
