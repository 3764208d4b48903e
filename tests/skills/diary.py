"""Real services of reminders, calendar and contacts in memory, for dialogues."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from tests.skills.memory import NOON, Talk

from lorgnette.core.events import Location
from lorgnette.sdk import Schedule
from lorgnette.sdk.calendar import Calendar
from lorgnette.sdk.people import People
from lorgnette.sdk.places import Places
from lorgnette.sdk.reminders import Reminder, Reminders
from lorgnette.services.calendar import CalendarSection, CalendarService
from lorgnette.services.calendar.ics import cut
from lorgnette.services.calendar.rows import add
from lorgnette.services.people import ContactsSection, PeopleService, cards
from lorgnette.services.places import PlacesService
from lorgnette.services.reminders import ReminderService
from lorgnette.services.schedule import ScheduleService
from lorgnette.store import People as Household
from lorgnette.store import Store

UNDO = "<undo>"
AT_HOME = "<at home>"
HOME = Location(52.52, 13.405, 10.0)

type Row = tuple[str, str, str] | tuple[str, str] | str
"""(said, tool, answer), (undo's name, answer), or what happens."""

CARDS = """BEGIN:VCARD
FN:Anna Berg
TEL;TYPE=CELL:+49 170 1234567
EMAIL:anna@example.org
ADR;TYPE=HOME:;;Hauptstr. 5;Berlin;;10115;
BDAY:1990-11-07
END:VCARD
BEGIN:VCARD
FN:Anna Schmidt
TEL:030 99
END:VCARD
BEGIN:VCARD
FN:Ada
RELATED;TYPE=sister;VALUE=text:Eva Berg
END:VCARD
BEGIN:VCARD
FN:Eva Berg
TEL:0301112233
BDAY:--1105
END:VCARD
BEGIN:VCARD
FN:张伟
TEL:13800138000
BDAY:1985-12-01
END:VCARD
"""

SHARED = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:shared
DTSTART;TZID=Europe/Berlin:20261106T100000
DTEND;TZID=Europe/Berlin:20261106T110000
SUMMARY:Sprint
END:VEVENT
END:VCALENDAR
"""


class Diary:
    """A talk over a store of its own."""

    def __init__(self, language: str) -> None:
        self.talk = Talk(language, now=NOON)
        self.store: Store
        self.places: PlacesService

    async def open(self) -> None:
        talk = self.talk
        self.store = store = await Store.open("sqlite://", talk.clock)
        owner = await Household(store).owner(name="Ada", language=talk.language, zone="Europe/Berlin")
        schedule = ScheduleService(store, talk.clock)
        self.places = PlacesService(store)

        async def tell(wearer: str, reminder: Reminder, id: str, missed: bool) -> None: ...

        reminders = ReminderService(store, schedule, self.places, tell)
        calendar = CalendarService(store, CalendarSection())
        people = PeopleService(store, ContactsSection())
        await people.of(owner.id).take(list(cards(CARDS)))
        (entry,) = cut(SHARED)
        await store.write(lambda connection: add(connection, owner.id, entry, 0.0))
        talk.services |= {
            Schedule: schedule.for_wearer(owner.id),
            Places: self.places.of(owner.id),
            Reminders: reminders.of(owner.id),
            Calendar: calendar.of(owner.id),
            People: people.of(owner.id),
        }

    async def hold(self, skill: str, rows: list[Row]) -> None:
        for row in rows:
            if row == AT_HOME:
                self.places.located("w", "phone", HOME)
                owner = await Household(self.store).owner()
                self.places.located(owner.id, "phone", HOME)
                await self.places.tick()
            elif len(row) == 2:
                say = await self.talk.mind.undo("w")
                assert say is not None, row
                assert say.text == row[1], row
            else:
                text, tool, answer = row
                assert await self.talk.say_in_loop(text) == answer, text
                assert self.talk.call[0] == f"{skill}.{tool}", text


def hold(language: str, skill: str, rows: list[Row]) -> None:
    """A dialogue on a Thursday at three in the afternoon."""
    converse(language, lambda diary: diary.hold(skill, rows))


def converse(language: str, work: Callable[[Diary], Coroutine[Any, Any, Any]]) -> Any:
    async def run() -> Any:
        diary = Diary(language)
        async with asyncio.timeout(30):
            await diary.open()
            try:
                return await work(diary)
            finally:
                await diary.store.close()

    return asyncio.run(run())
