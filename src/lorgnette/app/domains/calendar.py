"""The calendar: accounts are looked at as long as the hub lives."""

from typing import TYPE_CHECKING

from lorgnette.api.calendar import CalendarApi
from lorgnette.app.served import Served
from lorgnette.core.ids import new_id
from lorgnette.core.speech import Message
from lorgnette.sdk.calendar import Calendar
from lorgnette.services.calendar import CalendarSection, CalendarService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


def calendar(hub: "Hub") -> Served:
    """Its own by itself; those of [calendar.accounts] with them."""

    async def lost(wearer: str, title: str) -> None:
        person = await hub.people.wearer(wearer)
        text = hub.words.say("calendar-back", person.language, formal=person.formal, title=title)
        await hub.sessions.tell(Message(new_id("m-"), wearer, text, person.language))

    section = hub.settings.section(CalendarSection)
    service = CalendarService(hub.store, section, hub.privacy.log.note, lost)
    return Served(
        bound={Calendar: service.of},
        api=CalendarApi(service, hub.people),
        start=service.start,
        run=service.run,
        prune=service.prune,
        close=service.close,
    )
