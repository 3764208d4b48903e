"""Two wearers with five devices on a whole hub; whatever anybody is sent is kept and searched."""

import asyncio
import contextlib
import io
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import msgspec
from sqlalchemy import Connection, select
from tests.hubs import CANNED, Running, running
from tests.session import stage

from lorgnette.app import HubSettings
from lorgnette.cli.logs import QUIET
from lorgnette.core import events
from lorgnette.core.errors import Busy
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker
from lorgnette.core.ids import new_id
from lorgnette.core.people import Role
from lorgnette.core.speech import Message
from lorgnette.engines.protocols import Usage
from lorgnette.gateways.native.softdevice import SoftDevice
from lorgnette.sdk import Consent, Recipient
from lorgnette.services.calendar import CalendarSection, CalendarService
from lorgnette.services.consent import WearerConsents
from lorgnette.services.errands import ErrandService
from lorgnette.services.mcp import Agents
from lorgnette.services.mcp.catalog import Catalog
from lorgnette.services.mcp.pinned import Definition
from lorgnette.services.mcp.place import Place
from lorgnette.services.mcp.uses import Uses
from lorgnette.services.memory import MemorySection, MemoryService
from lorgnette.services.memory.tables import summaries
from lorgnette.services.messages import Incoming, Post, outbox
from lorgnette.services.people import ContactsSection, PeopleService, cards
from lorgnette.services.places import PlacesService
from lorgnette.services.reminders import ReminderService
from lorgnette.services.usage import UsageService

HUD = Capabilities(
    form="text-hud", microphone=Microphone(listen="always"), speaker=Speaker(), display=Display(kind="text")
)
GLASSES = Capabilities(
    form="ar", microphone=Microphone(listen="always"), speaker=Speaker(), display=Display(), inputs=("text",)
)


async def until(condition: Callable[[], object]) -> None:
    """Wait for something to become true, on a slow machine too."""
    await stage.until(condition, 20)


@dataclass
class Listener:
    """A device, and everything that ever came to it."""

    device: SoftDevice
    id: str = ""
    got: list[Any] = field(default_factory=list)
    sound: int = 0

    def of(self, kind: Any) -> list[Any]:
        return [event for event in self.got if isinstance(event, kind)]

    @property
    def seen(self) -> str:
        return "\n".join(msgspec.json.encode(event).decode() for event in self.got)

    async def say(self, text: str) -> str:
        """A typed turn, to its end."""

        def over() -> list[Any]:
            return [turn for turn in self.of(events.TurnDone) if turn.transcript == text]

        before = len(over())
        self.device.event(events.Typed(text))
        await until(lambda: len(over()) > before)
        return str(over()[-1].reply)


@dataclass
class Side:
    """One of the two. `word`: in everything that is theirs and in nothing else."""

    id: str
    role: Role
    word: str
    token: str
    devices: list[Listener] = field(default_factory=list)
    things: dict[str, Any] = field(default_factory=dict)
    """What of theirs another might name: kind → id."""
    ids: set[str] = field(default_factory=set)
    """Every id in a row of theirs."""

    @property
    def seen(self) -> str:
        return "\n".join(listener.seen for listener in self.devices)


@dataclass
class House:
    """The hub, both sides, and the device that they share."""

    hub: Running
    a: Side
    b: Side
    shared: Listener
    log: io.StringIO
    client: httpx.AsyncClient

    async def ask(self, side: Side, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        content = None if body is None else msgspec.json.encode(body)
        headers = {"authorization": f"Bearer {side.token}"}
        return await self.client.request(method, path, content=content, headers=headers, **more)

    def found(self, text: str, side: Side, *, ids: bool = True) -> list[str]:
        """What of this side's is in a text."""
        words = {side.word} | (side.ids if ids else set())
        lower = text.casefold()
        return sorted(word for word in words if word.casefold() in lower)

    async def rows(self, side: Side) -> dict[str, list[Any]]:
        """Every row of a side's, in every table."""
        store = self.hub.hub.store
        await store.settle()
        tables = [table for domain in store.domains for table in domain.metadata.sorted_tables]

        def work(connection: Any) -> dict[str, list[Any]]:
            return {
                table.name: [
                    dict(row._mapping)
                    for row in connection.execute(select(table).where(table.c.wearer == side.id))
                ]
                for table in tables
            }

        return await store.read(work)


async def listener(hub: Running, token: str, id: str, capabilities: Capabilities) -> Listener:
    found = Listener(SoftDevice(token, capabilities), id)
    found.device._on_event = found.got.append

    def sounds(pcm: bytes, _: int) -> None:
        found.sound += len(pcm)

    found.device._on_audio = sounds
    for _ in range(20):
        try:
            await found.device.connect(hub.url)
            break
        except Busy:  # the machine is: tests run beside others
            await asyncio.sleep(0.5)
    await until(lambda: found.of(events.Profile))
    return found


async def side(hub: Running, name: str, role: Role, word: str) -> Side:
    """Somebody with a pair of glasses and a text display."""
    people, devices = hub.hub.people, hub.hub.devices
    person = await people.add(name, role, zone="Europe/Berlin")
    made = [await devices.pair(person.id, f"{name}'s {number}") for number in range(2)]
    found = Side(person.id, role, word, made[0][1])
    for (device, token), capabilities in zip(made, (GLASSES, HUD), strict=True):
        found.devices.append(await listener(hub, token, device.id, capabilities))
    return found


def picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (32, 24), (200, 120, 40)).save(out, "JPEG")
    return out.getvalue()


class Willing:
    """A runner of errands that could do anything."""

    async def can(self, wearer: str, errand: Any) -> bool:
        return True


async def live(house: House, who: Side) -> None:
    """Use everything, with the side's word in all of it."""
    hub, word = house.hub.hub, who.word
    glasses, hud = who.devices
    await glasses.say(f"set a timer for nine minutes called {word}")
    await hud.say(f"take a note {word} is hungry")
    await hub.notes.lists_of(who.id).add(word, word)  # nobody's words would be sure of such a list
    await glasses.say(f"set an alarm for seven called {word}")
    await glasses.say("quiet hours from ten to seven")
    await glasses.say("undo")
    await glasses.say(f"what is {word}")
    await glasses.say("read my notes")
    message = Message(new_id("m-"), who.id, f"{word} has called.", "en")
    await hub.sessions.tell(message)
    await until(lambda: f"{word} has called" in who.seen)
    shot = await hub.gallery.add(who.id, picture() + word.encode(), who.devices[0].id)
    (note,) = await hub.notes.notes_of(who.id).recent(1)
    (item,) = await hub.notes.lists_of(who.id).items(word)
    timer = next(one for one in await hub.schedule.for_wearer(who.id).items("timer"))
    other = await hub.schedule.for_wearer(who.id).start(timedelta(hours=2), word)
    turns = await hub.journal.turns(who.id, 1)
    consents = WearerConsents(hub.store, who.id)
    rule = await consents.allow("messages.send_message", f"mailto:{word}@example.org", word)
    await consents.note(
        Consent(id=new_id("k-"), at=1.0, tool="messages.send_message", question=f"Send {word}?")
    )
    await glasses.say(f"remember that my {word} is blue")
    memory = MemoryService(hub.store, hub.journal, MemorySection(), lambda _: contextlib.nullcontext())
    ((fact, *_), _) = await memory.facts_of(who.id).page()
    summary = {"id": new_id("s-"), "wearer": who.id, "text": word, "language": "en", "taint": ""}
    written = summaries.insert().values(**summary, began=1.0, ended=2.0)
    await hub.store.write(lambda connection: connection.execute(written))
    place = Place(url="http://127.0.0.1:1/mcp", headers={"X-Of": word})
    catalog = Catalog(hub.store)
    server = await catalog.add(who.id, f"of-{word}", place, everyone=False)
    await catalog.approve(server, Definition(name=f"find_{word}", description=word), "query")
    agent, _ = await Agents(hub.store).new(who.id, f"{word} agent", ["say", "see"])
    Uses(hub.store).note(who.id, "out", server.name, f"find_{word}", "ok")
    usage = UsageService(hub.store)
    usage.note(who.id, Usage(5, 1), f"model-{word}")
    assert await usage.days(who.id)
    places = PlacesService(hub.store)
    spot = await places.of(who.id).add(word, 52.5, 13.4)
    people = PeopleService(hub.store, ContactsSection()).of(who.id)
    await people.take(list(cards(f"BEGIN:VCARD\nFN:{word}\nTEL:1\nEND:VCARD")))
    (contact,) = await people.everybody()
    entry = await CalendarService(hub.store, CalendarSection()).of(who.id).add(word, hub.clock.now())

    async def never(*_: Any) -> None: ...

    reminders = ReminderService(hub.store, hub.schedule, places, never).of(who.id)
    reminder = await reminders.there(word, word)
    errands = ErrandService(hub.store, hub.people, Willing(), never).of(who.id)
    errand = await errands.later(f"say {word}", "en", hub.clock.now() + timedelta(hours=5))
    came = await Post(hub.store, {}, never, never, lambda _: None).take(
        who.id, Incoming(key=word, channel=word, kind="message", sender=word, text=f"{word} is here")
    )

    def sent(connection: Connection) -> None:
        to = Recipient(name=word, address=f"mailto:{word}@example.org")
        letter = outbox.put(connection, who.id, to, f"to {word}", f"k-{word}", 1.0)
        outbox.settle(connection, letter, "sent")

    await hub.store.write(sent)
    blob = await hub.store.blobs.put(who.id, word.encode())
    who.things = {
        "wearer": who.id,
        "device": glasses.id,
        "turn": turns[0].id,
        "note": note.id,
        "number": note.number,
        "item": item.id,
        "timer": timer.id,
        "other": other.id,
        "shot": shot.id,
        "message": message.id,
        "blob": blob,
        "place": spot.id,
        "contact": contact.id,
        "entry": entry.id,
        "reminder": reminder.id,
        "errand": errand.id,
        "received": came.id,
        "fact": fact.id,
        "summary": summary["id"],
        "rule": rule.id,
        "server": server.id,
        "tool": f"find_{word}",
        "agent": agent.id,
    }
    rows = await house.rows(who)
    who.ids = {row["id"] for table in rows.values() for row in table if isinstance(row.get("id"), str)}
    who.ids.add(who.id)


@contextlib.asynccontextmanager
async def household(first: Role = "wearer", second: Role = "wearer") -> AsyncIterator[House]:
    """Everything on, nothing said yet."""
    log, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(log)
    handler.addFilter(lambda one: one.levelno >= logging.WARNING or one.name.partition(".")[0] not in QUIET)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        async with running(HubSettings(engines=CANNED, realtime=False)) as hub:
            a = await side(hub, "Anna", first, "zebrafink")
            b = await side(hub, "Ben", second, "quastenflosser")
            owner = await hub.hub.people.owner()
            device, token = await hub.hub.household.pair_shared(owner.id, "Kitchen")
            shared = await listener(hub, token, device.id, GLASSES)
            url = f"http://127.0.0.1:{hub.port}"
            async with httpx.AsyncClient(base_url=url, verify=False, timeout=20) as client:
                yield House(hub, a, b, shared, log, client)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
