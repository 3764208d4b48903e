"""Reminders and places: said through the inbox, so that nothing is lost while no device is on."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from lorgnette.api.places import PlacesApi
from lorgnette.app.served import Served
from lorgnette.core.scenes import Card
from lorgnette.core.speech import Message
from lorgnette.sdk.places import Places
from lorgnette.sdk.reminders import Reminder, Reminders
from lorgnette.services.places import PlacesService
from lorgnette.services.reminders import ReminderService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub

SHOWN_SECONDS: Final = 60.0


def reminders(hub: "Hub") -> Served:
    """By the schedule that the hub has already, and by where devices say to be."""

    async def tell(wearer: str, reminder: Reminder, id: str, missed: bool) -> None:
        person = await hub.people.wearer(wearer)
        at = datetime.fromtimestamp(reminder.due, UTC).astimezone(ZoneInfo(person.zone))
        key = "reminder-missed" if missed else "reminder-rings"
        say = hub.words.say
        text = say(key, person.language, formal=person.formal, label=reminder.text, time=at.time())
        await hub.sessions.tell(Message(id, wearer, text, person.language))
        session = hub.sessions.of(wearer)
        if session is not None and person.quiet_until(hub.clock.now()) is None:
            title = say("reminder-title", person.language)
            card = Card(title=title, lines=(reminder.text,), tone="ask", ttl=SHOWN_SECONDS)
            session.show(f"reminder:{reminder.id}", card)

    places = PlacesService(hub.store)
    service = ReminderService(hub.store, hub.schedule, places, tell)

    async def prune() -> None:
        await places.prune()
        await service.prune()

    return Served(
        bound={Places: places.of, Reminders: service.of},
        api=PlacesApi(places),
        due={"reminder": service.due},
        located=places.located,
        start=places.start,
        run=places.run,
        prune=prune,
        forgotten=places.forgotten,
    )
