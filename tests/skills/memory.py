"""Services of the SDK in memory, on a clock that is moved by hand, and a wearer to talk as."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from functools import cache
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from tests.skills.album import MemoryGallery

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import NotFound
from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Wearer
from lorgnette.core.quiet import QuietHours
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.mind.mind import Mind
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Display, Done, Outcome, Piece, Request, Say
from lorgnette.sdk import Camera, Gallery, Held, Item, ListItem, Lists, Memory, Note, Notes, Schedule
from lorgnette.sdk.registry import SkillRegistry, load_skills

NOON = datetime(2026, 11, 5, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Thursday afternoon."""


class MemorySchedule:
    """`Schedule` in a dict."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self._items: dict[str, Item] = {}
        self._ids = count(1)

    @property
    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _put(self, item: Item, **changes: Any) -> Item:
        item = msgspec.structs.replace(item, **changes)
        self._items[item.id] = item
        return item

    async def start(self, duration: timedelta, label: str = "") -> Item:
        seconds = duration.total_seconds()
        number = next(self._ids)
        return self._put(
            Item(
                id=f"i{number}",
                kind="timer",
                label=label,
                due=self._now + seconds,
                total=seconds,
                created=self._now + number / 1000,
            )
        )

    async def alarm(self, at: datetime, label: str = "", rule: str = "", *, kind: Any = "alarm") -> Item:
        return self._put(
            Item(
                id=f"i{next(self._ids)}",
                kind=kind,
                label=label,
                due=at.timestamp(),
                rule=rule,
                zone=str(at.tzinfo),
                created=self._now,
            )
        )

    async def items(self, kind: Any = None) -> list[Item]:
        live = [
            item
            for item in self._items.values()
            if item.status in {"running", "paused", "ringing"} and kind in {None, item.kind}
        ]
        return sorted(live, key=lambda item: (item.status == "paused", item.due))

    async def get(self, id: str) -> Item:
        if id not in self._items:
            raise NotFound(f"no item {id}")
        return self._items[id]

    async def pause(self, id: str) -> Item:
        item = await self.get(id)
        return self._put(item, status="paused", left=item.due - self._now)

    async def resume(self, id: str) -> Item:
        item = await self.get(id)
        return self._put(item, status="running", due=self._now + item.left, left=0.0)

    async def add(self, id: str, more: timedelta) -> Item:
        item = await self.get(id)
        due = max(self._now + 1, item.due + more.total_seconds())
        return self._put(item, due=due, total=item.total + due - item.due)

    async def cancel(self, id: str) -> Item:
        return self._put(await self.get(id), status="cancelled")

    async def restore(self, id: str) -> Item:
        return self._put(await self.get(id), status="running")

    async def dismiss(self) -> list[Item]:
        return [self._put(item, status="done") for item in await self.items() if item.status == "ringing"]

    async def snooze(self, duration: timedelta) -> list[Item]:
        due = self._now + duration.total_seconds()
        return [
            self._put(item, status="running", due=due)
            for item in await self.items()
            if item.status == "ringing"
        ]

    def ring(self) -> None:
        """What is due rings."""
        for item in list(self._items.values()):
            if item.status == "running" and item.due <= self._now:
                self._put(item, status="ringing")


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


class MemoryMemory:
    """`Memory` of a few things said, the running one among them."""

    def __init__(self, count: int = 3) -> None:
        self.count = count
        self.since: list[float] = []

    async def held(self) -> list[Held]:
        return [Held("conversations", self.count), Held("notes", 1), Held("timings", 9)] if self.count else []

    async def said(self, since: float) -> int:
        return self.count

    async def forget_said(self, since: float) -> int:
        self.since.append(since)
        gone, self.count = self.count, 0
        return gone

    async def forget_last(self) -> bool:
        self.count -= 1
        return self.count >= 0


@dataclass
class MemoryControl:
    """`Control` that only remembers."""

    mind: Mind | None = None
    volume: float = 0.5
    rate: float = 1.0
    batteries: tuple[tuple[str, float, bool], ...] = ()
    last_reply: str = ""
    sounds: bool = False
    said: list[str] = field(default_factory=list)
    quiet: QuietHours | None = None

    async def set_volume(self, level: float) -> None:
        self.volume = min(1.0, max(0.0, level))

    async def set_rate(self, rate: float) -> None:
        self.rate = min(2.0, max(0.5, rate))

    async def set_quiet(self, hours: QuietHours | None) -> None:
        self.quiet = hours

    async def stop(self) -> bool:
        sounded, self.sounds = self.sounds, False
        return sounded

    async def undo(self) -> bool:
        assert self.mind is not None
        say = await self.mind.undo("w")
        if say is None:
            return False
        self.said.append(say.text)
        return True


@cache
def registry() -> SkillRegistry:
    """Every built-in skill."""
    found = load_skills()
    assert not found.broken
    return found


@cache
def reflexes() -> Reflexes:
    """Compiled once for all tests."""
    return Reflexes(registry())


class Talk:
    """One wearer in front of a mind. `say` runs one turn and keeps what came of it."""

    def __init__(self, language: str = "en", chat: Any = None, now: datetime = NOON) -> None:
        self.language = language
        self.clock = ManualClock(now.astimezone(UTC))
        self.schedule = MemorySchedule(self.clock)
        self.notes = MemoryNotes()
        self.lists = MemoryLists()
        self.memory = MemoryMemory()
        self.control = MemoryControl()
        self.zone = ZoneInfo("Europe/Berlin")
        services: dict[type, object] = {Schedule: self.schedule, Notes: self.notes, Lists: self.lists}
        services[Memory] = self.memory
        self.gallery = MemoryGallery(self.clock)
        services[Camera] = services[Gallery] = self.gallery
        self.services = services
        self.mind = Mind(registry(), lambda kind, _: services[kind], chat=chat, reflexes=reflexes())
        self.control.mind = self.mind
        self.pieces: list[Piece] = []
        self.audio: bytes | None = None
        self.slots: dict[str, tuple[float, float]] = {}
        self.history: tuple[tuple[str, str], ...] = ()
        self.taint: Taint = CLEAN

    def request(self, text: str, language: str = "") -> Request:
        return Request(
            turn="t",
            text=text,
            language=language or self.language,
            wearer=Wearer(
                id="w",
                name="Ada",
                zone="Europe/Berlin",
                language=self.language,
                quiet=self.control.quiet,
            ),
            now=self.clock.now().astimezone(self.zone),
            capabilities=Capabilities(),
            control=self.control,
            audio=self.audio,
            slots=self.slots,
            history=self.history,
            taint=self.taint,
            answer="typed" if any(isinstance(piece, Say) and piece.consent for piece in self.pieces) else "",
        )

    def say(self, text: str, language: str = "") -> str:
        """What the hub says to it."""
        return asyncio.run(self.say_in_loop(text, language))

    async def say_in_loop(self, text: str, language: str = "") -> str:
        self.pieces = [piece async for piece in self.mind.respond(self.request(text, language))]
        spoken = "".join(piece.text for piece in self.pieces if isinstance(piece, Say))
        if spoken:
            self.control.last_reply = spoken
        return spoken

    @property
    def done(self) -> Done:
        return next(piece for piece in self.pieces if isinstance(piece, Done))

    @property
    def call(self) -> tuple[str, dict[str, Any]]:
        return f"{self.done.skill}.{self.done.tool}", dict(self.done.arguments)

    @property
    def displays(self) -> dict[str, Any]:
        return {piece.id: piece.scene for piece in self.pieces if isinstance(piece, Display)}

    @property
    def outcome(self) -> Outcome:
        assert isinstance(self.pieces[-1], Outcome)
        return self.pieces[-1]

    def undo(self) -> str:
        """What is said when the last act is taken back."""
        say = asyncio.run(self.mind.undo("w"))
        return say.text if say else ""


Row = tuple[str, str, dict[str, Any], str] | tuple[str, str] | float
"""(said, tool, arguments, answer), (undo's name, answer), or seconds that pass."""

UNDO = "<undo>"


def hold(talk: Talk, skill: str, rows: list[Row]) -> None:
    """Hold a dialogue and compare every call and answer."""
    for row in rows:
        if isinstance(row, float):
            talk.clock.advance(row)
            talk.schedule.ring()
        elif len(row) == 2:
            assert talk.undo() == row[1], row
        else:
            text, tool, arguments, answer = row
            assert talk.say(text) == answer, text
            assert talk.call == (f"{skill}.{tool}", arguments), text
