"""Shared devices: who may take one, who has, and when it goes back to nobody (docs/decisions/0043)."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final, Protocol

from lorgnette.core import events
from lorgnette.core.clock import Clock
from lorgnette.core.errors import Busy, Denied, LorgnetteError, NotFound
from lorgnette.core.people import SHARED, Wearer
from lorgnette.session.attachment import Attachment
from lorgnette.session.introductions import farewell, introduced
from lorgnette.session.wiring import Alarms, Words

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 5.0
WAITS_SECONDS: Final = 3600.0
"""For a timer that ends within this the device waits, if it is the only one that could ring."""


class Doors(Protocol):
    """The gateway."""

    async def hand(self, device: str, wearer: str) -> bool:
        """The device is this wearer's from now on, nobody's if empty; False if it isn't on."""
        ...


class Household(Protocol):
    """Wearers as they may be taken."""

    async def household(self) -> list[Wearer]: ...

    async def wearer(self, id: str) -> Wearer: ...


class Pins(Protocol):
    """What some of them ask for."""

    async def fits(self, wearer: str, pin: str) -> bool: ...


class Conversation(Protocol):
    """A wearer's session."""

    @property
    def language(self) -> str: ...

    @property
    def attachments(self) -> Mapping[str, Attachment]: ...

    def aside(self, text: str, device: str) -> None:
        """Say something that is no answer."""
        ...


class Sharing:
    """In memory only: after a restart every shared device is nobody's. `idle`: unused seconds until it is."""

    def __init__(
        self, people: Household, pins: Pins, alarms: Alarms, words: Words, clock: Clock, idle: float
    ) -> None:
        self._people = people
        self._pins = pins
        self._alarms = alarms
        self._words = words
        self._clock = clock
        self._idle = idle
        self._doors: Doors | None = None
        self._session: Callable[[str], Conversation | None] = lambda _: None
        self._here: dict[str, Attachment] = {}
        self._worn: dict[str, str] = {}
        self._used: dict[str, float] = {}
        self._nobody: dict[str, str] = {}
        """Which device each nobody is."""
        self._choices: tuple[events.Choice, ...] = ()
        self._one = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def through(self, doors: Doors, session: Callable[[str], Conversation | None]) -> None:
        """The gateway whose devices they are, and where a wearer's session is found."""
        self._doors, self._session = doors, session

    def worn(self, device: str) -> str:
        """Who has taken it; empty for nobody."""
        return self._worn.get(device, "")

    # ── what devices do ────────────────────────────────────────────────────────────────────────────────

    def arrived(self, attachment: Attachment) -> None:
        """A shared device came on, or came to another wearer: it is told who may take it."""
        self._here[attachment.device.id] = attachment
        if attachment.device.wearer.startswith(SHARED):
            self._nobody[attachment.device.wearer] = attachment.device.id
        self._spawn(self._tell(attachment))

    def left(self, attachment: Attachment) -> None:
        """It is off, or with somebody else."""
        if self._here.get(attachment.device.id) is attachment:
            del self._here[attachment.device.id]

    def used(self, device: str) -> None:
        """Somebody speaks, types or taps there."""
        if device in self._worn:
            self._used[device] = self._clock.steady()

    def asked(self, attachment: Attachment, wearer: str, pin: str) -> None:
        """Somebody chose themselves, or nobody, on its display. What doesn't work is said there."""
        self._spawn(self._asked(attachment, wearer, pin))

    def heard(self, attachment: Attachment, text: str, language: str) -> bool:
        """Whether the words were "this is Anna" or "that's all"; then they are nothing else."""
        device = attachment.device.id
        if device in self._worn and farewell(text, language):
            self._spawn(self._asked(attachment, "", ""))
            return True
        named = introduced(text, language, {one.name: one.wearer for one in self._choices})
        if not named:
            return False
        self._spawn(self._asked(attachment, named, "", aloud=True))
        return True

    # ── for everybody else ─────────────────────────────────────────────────────────────────────────────

    async def take(self, device: str, wearer: str) -> None:
        """The device is this wearer's now. Whether they may was settled before. `NotFound`: it isn't on."""
        async with self._one:
            await self._hand(device, wearer)

    async def give_back(self, device: str) -> None:
        """It is nobody's."""
        async with self._one:
            if self.worn(device):
                await self._hand(device, "")

    async def rings(self, wearer: str) -> None:
        """Something rings for this one: if it is a nobody whose device somebody has, they give it back."""
        if device := self._nobody.get(wearer):
            await self.give_back(device)

    async def give_back_all(self, wearer: str) -> None:
        """Whatever this wearer has taken."""
        for device in [device for device, worn in self._worn.items() if worn == wearer]:
            await self.give_back(device)

    async def changed(self) -> None:
        """Somebody came, went, or wants to be taken or not: every shared device is told."""
        await self._choose()
        for attachment in tuple(self._here.values()):
            self._show(attachment)

    def gone(self, device: str) -> None:
        """It was off too long, or started anew: nobody has it."""
        self._worn.pop(device, None)
        self._used.pop(device, None)

    async def look(self) -> None:
        """Give back what nobody uses any more."""
        for device, wearer in tuple(self._worn.items()):
            unused = self._clock.steady() - self._used.get(device, 0.0)
            if unused >= self._idle and not await self._waits(device, wearer):
                log.info("%s was not used for a while: it is nobody's", device)
                await self.give_back(device)

    async def close(self) -> None:
        """The hub stops."""
        if self._timer is not None:
            self._timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ── how ────────────────────────────────────────────────────────────────────────────────────────────

    async def _asked(self, attachment: Attachment, wearer: str, pin: str, *, aloud: bool = False) -> None:
        device = attachment.device.id
        try:
            if not wearer:
                await self.give_back(device)
                return
            person = await self._fitting(wearer, pin)
            await self.take(device, person.id)
            if aloud:
                self._greet(device, person)
        except LorgnetteError as error:
            log.info("%s was not taken: %s", device, error.detail)
            self._refuse(attachment, error, aloud=aloud)

    async def _fitting(self, wearer: str, pin: str) -> Wearer:
        """One who wants to be taken here, and who it is, as far as they want that proved."""
        person = await self._people.wearer(wearer)
        if not person.shareable or person.role == "guest":
            raise NotFound("they aren't taken here", phrase="wear-unknown")
        if person.pin and not pin:
            raise Denied("a PIN is needed", phrase="wear-pin", name=person.name)
        if person.pin and not await self._pins.fits(person.id, pin):
            raise Denied("the PIN is wrong", phrase="wear-wrong")
        return person

    async def _hand(self, device: str, wearer: str) -> None:
        if self._doors is None or not await self._doors.hand(device, wearer):
            self.gone(device)
            if wearer:
                raise NotFound("this device isn't on")
            return
        if wearer:
            self._worn[device] = wearer
            self._used[device] = self._clock.steady()
            self._look_later()
        else:
            self.gone(device)
        attachment = self._here.get(device)
        if attachment is not None:
            self._show(attachment)

    def _greet(self, device: str, person: Wearer) -> None:
        session = self._session(person.id)
        if session is not None:
            session.aside(self._words.say("wear-hello", person.language, name=person.name), device)

    def _refuse(self, attachment: Attachment, error: LorgnetteError, *, aloud: bool) -> None:
        phrase = error.phrase if error.phrase.startswith("wear-") else "wear-failed"
        if isinstance(error, Busy):
            phrase = "wear-busy"
        session = self._session(attachment.device.wearer)
        if session is not None and not attachment.gone:
            text = self._words.say(phrase, session.language, name=str(error.values.get("name", "")))
            attachment.outlet.send(events.Notice(text, "warning"))
            if aloud:
                session.aside(text, attachment.device.id)

    async def _tell(self, attachment: Attachment) -> None:
        await self._choose()
        if not attachment.gone:
            self._show(attachment)

    def _show(self, attachment: Attachment) -> None:
        attachment.outlet.send(events.Wearers(self._choices, self.worn(attachment.device.id)))

    async def _choose(self) -> None:
        people = await self._people.household()
        able = [one for one in people if one.shareable and one.name and one.role != "guest"]
        self._choices = tuple(events.Choice(one.id, one.name, one.pin) for one in able)

    async def _waits(self, device: str, wearer: str) -> bool:
        """It sounds now, or is the only one that will ring for a timer that runs."""
        attachment = self._here.get(device)
        if attachment is None:
            return False
        if attachment.sink is not None and attachment.sink.sounding:
            return True
        session = self._session(wearer)
        if session is not None and len(session.attachments) > 1:
            return False
        soon = self._clock.now().timestamp() + WAITS_SECONDS
        items = await self._alarms.items(wearer)
        return any(one.status == "ringing" or (one.status == "running" and one.due < soon) for one in items)

    def _look_later(self) -> None:
        if self._timer is None and self._worn:
            self._timer = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._looks)

    def _looks(self) -> None:
        self._timer = None
        self._spawn(self._look_and_again())

    async def _look_and_again(self) -> None:
        try:
            await self.look()
        finally:
            self._look_later()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._reap)

    def _reap(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a shared device could not be handed on", exc_info=task.exception())
