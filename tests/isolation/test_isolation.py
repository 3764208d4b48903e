"""Two wearers, five devices: nothing of one is ever seen or heard by the other, on any way out of the hub.

Three walks: every route of every application (`plans.py` says how), every function of store and services
that takes a wearer, every kind of event. What isn't planned for fails, so that nothing new is forgotten.
"""

import asyncio
import contextlib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from mcp.shared.auth import OAuthClientInformationFull, OAuthToken
from starlette.routing import Mount, Route
from tests.isolation.household import House, Side, Willing, household, live, picture, until
from tests.isolation.plans import LOCAL, PLANS, Plan

import lorgnette.services
import lorgnette.store
from lorgnette.config import Section
from lorgnette.core import events
from lorgnette.core.errors import LorgnetteError
from lorgnette.engines.protocols import Usage
from lorgnette.gateways.native.examples import FROM_HUB
from lorgnette.sdk import Consent, Item, Recipient
from lorgnette.sdk.calendar import Event
from lorgnette.sdk.places import Place as NamedPlace
from lorgnette.services.calendar import CalendarSection, CalendarService
from lorgnette.services.calendar.sync import AccountSync
from lorgnette.services.consent import ConsentSection, ConsentService, WearerConsents
from lorgnette.services.dav import Account
from lorgnette.services.errands import ErrandService
from lorgnette.services.mcp import Agents, McpSection, OutsideService
from lorgnette.services.mcp.login import Kept
from lorgnette.services.mcp.place import Place
from lorgnette.services.memory import MemorySection, MemoryService, Wish
from lorgnette.services.messages import Incoming, Post, WearerMessages
from lorgnette.services.news import NewsSection, NewsService
from lorgnette.services.people import ContactsSection, PeopleService
from lorgnette.services.places import PlacesService
from lorgnette.services.reminders import ReminderService
from lorgnette.services.search import SearchSection, SearchService
from lorgnette.services.usage import UsageService
from lorgnette.services.weather import WeatherSection, WeatherService
from lorgnette.store import EVER

# ── every route ────────────────────────────────────────────────────────────────────────────────────────


def routes(house: House, *, local: bool) -> Iterator[tuple[str, str]]:
    app = house.hub.hub.api.app(local=local)
    for route in app._app.routes:  # type: ignore[attr-defined]
        if isinstance(route, Mount):
            assert (route.path, Path(str(route.app.directory)).name) == ("", "web")  # type: ignore[attr-defined]
            continue
        assert isinstance(route, Route), f"how is {route} walked?"
        yield from ((method, route.path) for method in sorted(route.methods or ()) if method != "HEAD")


def filled(path: str, kinds: tuple[str, ...], things: dict[str, Any]) -> str:
    for kind in kinds:
        begin, end = path.index("{"), path.index("}")
        path = path[:begin] + str(things[kind]) + path[end + 1 :]
    return path


def named(value: Any, things: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: named(one, things) for key, one in value.items()}
    return value.format(**things) if isinstance(value, str) and "{" in value else value


async def walk(house: House, method: str, path: str, plan: Plan, by: Side, of: Side) -> None:
    """`by` asks with things of `of`, and then with their own."""
    where = f"{method} {path} by a {by.role}"
    keeps = plan.owner and by.role == "owner"
    if plan.of and not (keeps and not plan.own):
        answer = await house.ask(by, method, filled(path, plan.of, of.things), plan.body)
        expected = {200} if keeps else {403} if plan.owner else plan.foreign
        assert answer.status_code in expected, (where, answer.text)
        hidden = house.found(answer.text, of, ids=not keeps)
        assert set(hidden) <= {str(of.things[kind]) for kind in plan.of}, where
        assert of.word not in answer.text, where
    if plan.own or not plan.of:
        answer = await house.ask(by, method, filled(path, plan.of, by.things), plan.body)
        expected = {403} if plan.owner and not keeps else plan.answers
        assert answer.status_code in expected, (where, answer.text)
        text = answer.text + str(answer.headers)
        assert not house.found(text, of, ids=not keeps), where
    for query, body, statuses in plan.tries:
        things = of.things
        target = filled(path, ("shared",) * path.count("{"), {"shared": house.shared.id}) + named(
            query, things
        )
        answer = await house.ask(by, method, target, named(body, things))
        allowed = statuses if by.role != "owner" else statuses | {200, 403}
        assert answer.status_code in allowed, (where, query, answer.text)
        assert of.word not in answer.text, where


@pytest.mark.parametrize(
    ("first", "second"), [("wearer", "wearer"), ("owner", "wearer"), ("wearer", "owner")]
)
def test_every_route_gives_each_their_own(loop_run, first, second) -> None:
    async def work() -> None:
        async with household(first, second) as house:
            a, b = house.a, house.b
            await live(house, a)
            await live(house, b)
            before = {side.word: await house.rows(side) for side in (a, b)}
            seen = set()
            for method, path in routes(house, local=False):
                assert (method, path) in PLANS, f"tests/isolation/plans.py says nothing of {method} {path}"
                seen.add((method, path))
                plan = PLANS[method, path]
                await walk(house, method, path, plan, b, a)
                await walk(house, method, path, plan, a, b)
            assert seen == set(PLANS), "routes that are no more"
            for key in routes(house, local=True):
                assert key in PLANS or key in LOCAL, f"tests/isolation/plans.py says nothing of {key}"
            await nothing_crossed(house, before)

    loop_run(work())


async def nothing_crossed(house: House, before: dict[str, dict[str, list[Any]]]) -> None:
    """Words in sockets, on the shared device, in log and metrics; rows that somebody else changed."""
    for mine, other in ((house.a, house.b), (house.b, house.a)):
        assert mine.word in mine.seen
        assert other.word not in mine.seen
        assert not house.found(mine.seen, other) or mine.role == "owner"
        assert mine.word not in house.shared.seen
        assert mine.word not in house.log.getvalue()
        now = await house.rows(mine)
        for table in ("notes", "list_items", "schedule", "devices"):
            names = {"name", "last_seen"}
            old = [{key: row[key] for key in row.keys() - names} for row in before[mine.word][table]]
            new = [{key: row[key] for key in row.keys() - names} for row in now[table]]
            assert new == old, table
        for path in ("/metrics", "/v1/status"):
            answer = await house.ask(mine, "GET", path)
            for side in (house.a, house.b):
                assert not house.found(answer.text, side), path


# ── every function that takes a wearer ─────────────────────────────────────────────────────────────────

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


async def never(*_: Any) -> None:
    """Nobody is told."""


SIMPLE: dict[str, Any] = {
    "leaving": False,
    "latitude": 1.0,
    "longitude": 2.0,
    "radius": 100.0,
    "span": EVER,
    "revoked": True,
    "begins": "m-",
    "zone": "UTC",
    "limit": 100,
    "within": 1e6,
    "kind": None,
    "done": True,
    "days": None,
    "duration": timedelta(minutes=3),
    "more": timedelta(minutes=3),
    "own": True,
    "since": 0.0,
    "wanted": False,
    "before": "",
    "audio": None,
    "place": None,
    "label": "b",
    "form": "everyday",
    "shared": False,
    "typed": True,
    "language": "en",
    "turn": "t-of-b",
    "transcript": "b",
    "device": "d-of-b",
    "pin": "1234",
    "seconds": 60.0,
    "rule": "",
    "most": 3600.0,
    "text": "b",
    "to": "w-nobody",
    "taint": frozenset(),
    "value": "b",
    "where": False,
    "private": True,
    "search": "",
    "fact": "f-of-b",
    "wish": Wish(),
    "tool": "messages.send_message",
    "who": "b",
    "everyone": False,
    "working": False,
    "effects": {"add": "read"},
    "words": {},
    "theirs": False,
    "digests": {},
    "redirect": None,
    "show": None,
    "arguments": {},
    "front": None,
    "scopes": ["say"],
    "senses": ["see"],
    "way": "out",
    "how": "ok",
    "tokens": OAuthToken(access_token="b"),
    "client_info": OAuthClientInformationFull(client_id="b", redirect_uris=["http://127.0.0.1/"]),
    "consent": Consent(id="k-of-b", at=1.0, tool="messages.send_message", question="b?"),
}
"""Parameter → what B gives. Another name than these and those of `given`: say here what it is."""

KINDS = {
    "Devices": "device",
    "Journal": "turn",
    "WearerNotes": "note",
    "WearerLists": "item",
    "WearerSchedule": "timer",
    "WearerGallery": "shot",
    "Ledger": "other",
    "WearerFacts": "fact",
    "Summaries": "summary",
    "WearerConsents": "rule",
    "Agents": "agent",
    "ScheduleService": "timer",
    "WearerPlaces": "place",
    "WearerPeople": "contact",
    "WearerReminders": "reminder",
    "WearerCalendar": "entry",
    "WearerErrands": "errand",
    "WearerMessages": "received",
}
"""Of which kind of A's things `id` is, by class."""

ELSEWHERE = {
    "People.update": "takes the wearer whole, and writes that row alone",
    "Store.forgotten": "tells that somebody is gone",
    "Devices.hand_over": "of a device of B's own alone, by the id that the walk over routes tries",
    "Blobs.adopt": "moves a file of the hub's own making",
    "Estate.export": "walked by POST /v1/privacy/export",
    "GalleryService.film": "begins a file that cameras fill",
    "ReminderService.due": "of an entry that the schedule itself hands over",
    "WearersModel.used": "the household's one model",
    "WearersModel.use": "the household's one model",
    "WearersModel.drop": "the household's one model",
}


def functions() -> Iterator[tuple[type, str, Callable[..., Any], bool]]:
    """(class, name, function, whether the object is bound to a wearer)."""
    for root in (lorgnette.store, lorgnette.services):
        for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if ".versions" in module.name or ".migrations" in module.name:
                continue
            for kind in vars(importlib.import_module(module.name)).values():
                if (
                    not inspect.isclass(kind)
                    or kind.__module__ != module.name
                    or kind.__name__.startswith("_")
                ):
                    continue
                if getattr(kind, "_is_protocol", False) or issubclass(kind, Section):
                    continue
                bound = "wearer" in inspect.signature(kind).parameters
                for name, function in inspect.getmembers(kind, inspect.isfunction):
                    takes = "wearer" in inspect.signature(function).parameters
                    if not name.startswith("_") and (bound or takes):
                        yield kind, name, function, bound


class Nobody:
    """An address book with nobody in it."""

    async def reachable(self, wearer: str, who: str) -> list[Recipient]:
        return []


def objects(house: House) -> dict[str, list[Any]]:
    """What the functions are called on, as B has them."""
    hub, b = house.hub.hub, house.b.id
    holdings = [holding for domain in hub.store.domains for holding in domain.holdings]
    memory = MemoryService(hub.store, hub.journal, MemorySection(), lambda _: contextlib.nullcontext())
    outside = OutsideService(hub.store, McpSection())
    every = [
        hub.store.blobs,
        hub.devices,
        hub.inbox,
        hub.journal,
        hub.people,
        hub.pins,
        hub.store,
        hub.gallery,
        hub.gallery.of(b),
        hub.notes,
        hub.notes.notes_of(b),
        hub.notes.lists_of(b),
        hub.privacy,
        hub.privacy.estate,
        hub.privacy.keeping,
        hub.privacy.log,
        hub.privacy.memory_of(b),
        ConsentService(hub.store, ConsentSection()),
        WearerConsents(hub.store, b),
        memory,
        memory.wishes,
        memory.meaning,
        memory.summaries,
        memory._lately,
        memory.facts_of(b),
        outside,
        outside.of(b),
        outside.catalog,
        outside.uses,
        Agents(hub.store),
        Kept(hub.store, house.a.things["server"], b),
        hub.schedule,
        hub.schedule.for_wearer(b),
        hub.schedule.ledger,
        calendar := CalendarService(hub.store, CalendarSection()),
        calendar.of(b),
        AccountSync(hub.store, b, "b", Account(url="/nowhere.ics"), partial(calendar.zone, b), never),
        people := PeopleService(hub.store, ContactsSection()),
        people.of(b),
        places := PlacesService(hub.store),
        places.of(b),
        reminders := ReminderService(hub.store, hub.schedule, places, never),
        reminders.of(b),
        UsageService(hub.store),
        ErrandService(hub.store, hub.people, Willing(), never),
        ErrandService(hub.store, hub.people, Willing(), never).of(b),
        news := NewsService(NewsSection(), hub.clock.steady),
        news.for_wearer(b),
        search := SearchService(SearchSection(), hub.clock.steady),
        search.for_wearer(b),
        WeatherService(WeatherSection(), hub.clock.steady),
        post := Post(hub.store, {}, never, never, lambda _: None),
        WearerMessages(hub.store, post, Nobody(), b),
        *holdings,
    ]
    found: dict[str, list[Any]] = {}
    for one in every:
        found.setdefault(type(one).__name__, []).append(one)
    return found


def given(house: House, kind: str, name: str, parameter: str) -> Any:
    """What B passes: themselves, and things of A's wherever one is named."""
    a, b = house.a, house.b
    special: dict[tuple[str, str], Any] = {
        ("Blobs", "name"): a.things["blob"],
        ("CalendarService", "account"): "b",
        ("WearerCalendar", "begin"): NOON,
        ("WearerCalendar", "end"): NOON + timedelta(days=300),
        ("WearerCalendar", "title"): "b",
        ("WearerCalendar", "place"): "b",
        ("WearerCalendar", "event"): Event(id=a.things["entry"], title="", begin=0.0, end=1.0),
        ("WearerPeople", "name"): a.word,
        ("WearerPeople", "cards"): [],
        ("WearerPeople", "account"): "",
        ("WearerPeople", "collection"): "",
        ("WearerPlaces", "name"): a.word if name != "add" else "b",
        ("PlacesService", "event"): events.Location(1.0, 2.0),
        ("ReminderService", "item"): Item(id=a.things["timer"], kind="reminder", label="b"),
        ("ReminderService", "missed"): False,
        ("ReminderService", "place"): NamedPlace(id=a.things["place"], name="b", latitude=1.0, longitude=2.0),
        ("ReminderService", "crossing"): "enter",
        ("WearerReminders", "place"): (
            NamedPlace(id=a.things["place"], name="b", latitude=1.0, longitude=2.0)
            if name == "crossed"
            else a.word
        ),
        ("WearerReminders", "moment"): datetime.now(UTC) + timedelta(hours=5),
        ("WearerReminders", "ids"): [a.things["reminder"]],
        ("Blobs", "data"): b"of b",
        ("GalleryService", "data"): picture(),
        ("Devices", "name"): "b",
        ("WearerNotes", "number"): a.things["number"] + 1000,
        ("WearerNotes", "words"): a.word,
        ("WearerLists", "list"): a.word if name != "add" else "b",
        ("WearerFacts", "about"): a.word,
        ("WearerFacts", "search"): a.word,
        ("Meaning", "about"): a.word,
        ("MemoryService", "text"): a.word,
        ("Keeping", "what"): "conversations",
        ("PrivacyService", "what"): "conversations",
        ("Estate", "what"): ("all",),
        ("OutsideService", "name"): a.things["server"] if name != "add" else "b",
        ("OutsideService", "place"): Place(url="http://127.0.0.1:1/mcp"),
        ("OutsideService", "tool"): a.things["tool"],
        ("Catalog", "name"): a.things["server"] if name != "add" else "b",
        ("Catalog", "place"): Place(url="http://127.0.0.1:1/mcp"),
        ("WearersOutside", "server"): a.things["server"],
        ("WearersOutside", "tool"): a.things["tool"],
        ("Agents", "name"): "b",
        ("Uses", "what"): "b",
        ("UsageService", "usage"): Usage(1, 1),
        ("WearerErrands", "what"): a.word if name == "find" else "b",
        ("NewsService", "topic"): a.word,
        ("WearerNews", "topic"): a.word,
        ("SearchService", "query"): a.word,
        ("WearerSearch", "query"): a.word,
        ("WearerSearch", "url"): "http://127.0.0.1:1/page",
        ("Post", "item"): Incoming(key=a.word, channel="b", text="b"),
        ("Post", "to"): Recipient(name="b", address="b:b"),
        ("Post", "key"): f"k-{a.word}",
        ("WearerMessages", "to"): Recipient(name="b", address="b:b"),
        ("WearerMessages", "key"): f"k-{a.word}",
        ("WearerMessages", "ids"): [a.things["received"]],
        ("WearerMessages", "sender"): a.word,
        ("WearerMessages", "who"): a.word,
        ("WearerMessages", "kind"): "",
        ("WearerMessages", "unread"): False,
        ("WearerMessages", "read"): True,
        ("UsageService", "model"): "b",
    }
    if parameter == "wearer":
        return b.id
    if parameter == "id":
        assert kind in KINDS, f"of which kind is the id of {kind}.{name}? Say it in KINDS"
        return a.things[KINDS[kind]]
    if parameter == "at":
        return house.hub.hub.clock.now() + timedelta(hours=1)
    if (kind, parameter) in special:
        return special[kind, parameter]
    assert parameter in SIMPLE, f"what does B give {kind}.{name} as {parameter}? Say it in SIMPLE"
    return SIMPLE[parameter]


async def call(house: House, on: Any, kind: str, name: str, function: Callable[..., Any]) -> str:
    """What comes back, as text; a refusal is as good as nothing."""
    signature = inspect.signature(function).parameters
    parameters = [
        one for one in list(signature)[1:] if signature[one].kind is not inspect.Parameter.VAR_KEYWORD
    ]
    values = {one: given(house, kind, name, one) for one in parameters if one != "connection"}
    if kind == "Ledger" and name == "add":
        values |= {"kind": "timer", "total": 60.0, "due": 0.0}
    try:
        if "connection" in parameters:

            def work(connection: Any) -> str:
                result = getattr(on, name)(connection, **values)
                return repr(list(result) if inspect.isgenerator(result) else result)

            return await house.hub.hub.store.write(work)
        result = getattr(on, name)(**values)
        return repr(await result if inspect.isawaitable(result) else result)
    except (LorgnetteError, KeyError) as error:
        told = str(error)
        for value in values.values():  # what B named may be repeated
            told = told.replace(str(value), "")
        return told


def test_every_function_that_takes_a_wearer_keeps_to_that_one(loop_run) -> None:
    async def work() -> None:
        async with household() as house:
            a = house.a
            await live(house, a)
            await live(house, house.b)
            before, on, called = await house.rows(a), objects(house), 0
            files = sorted(str(one) for one in house.hub.hub.store.folder.glob(f"blobs/{a.id}/*/*"))
            last = {"revoke", "forget", "forget_last", "forget_said", "clear", "set"}
            for kind, name, function, _ in sorted(functions(), key=lambda one: one[1] in last):
                if f"{kind.__name__}.{name}" in ELSEWHERE:
                    continue
                assert kind.__name__ in on, f"where does B get a {kind.__name__}? Say it in objects()"
                for one in on[kind.__name__]:
                    text = await call(house, one, kind.__name__, name, function)
                    where = f"{kind.__name__}.{name}"
                    if kind.__name__ == "Blobs" and name in ("file", "partial"):
                        text = text.replace(a.things["blob"], "")  # the name that was asked for
                    assert not house.found(text, a), where
                    called += 1
            assert called > 80
            assert await house.rows(a) == before
            assert files == sorted(str(one) for one in house.hub.hub.store.folder.glob(f"blobs/{a.id}/*/*"))

    loop_run(work())


# ── every kind of event ────────────────────────────────────────────────────────────────────────────────


def test_every_kind_of_event_comes_to_the_devices_of_one_wearer(loop_run) -> None:
    kinds = {kind.__name__: kind for kind in get_args(events.ToDevice)}
    examples = {type(one).__name__: one for one in FROM_HUB}
    assert kinds.keys() <= examples.keys(), "gateways/native/examples.py has one of every kind"

    async def work() -> None:
        async with household() as house:
            a, b = house.a, house.b
            await live(house, a)
            hub = house.hub.hub
            await hub.household.take(house.shared.id, a.id)
            await until(lambda: house.shared.of(events.Profile)[-1].wearer == a.id)
            session = hub.sessions.of(a.id)
            assert session is not None
            await until(lambda: hub.sessions.of(b.id) is not None)
            counts = [(len(one.got), one.sound) for one in b.devices]
            for name, sort in kinds.items():
                for one in (*a.devices, house.shared):
                    one.got.clear()
                session.broadcast(examples[name])
                for one in (*a.devices, house.shared):
                    await until(lambda one=one, sort=sort: one.of(sort))
            session.aside(f"{a.word} again", a.devices[0].id)
            await until(lambda: a.word in a.devices[0].seen)
            assert counts == [(len(one.got), one.sound) for one in b.devices]

            house.shared.got.clear()
            await hub.household.take(house.shared.id, b.id)
            await until(lambda: [one for one in house.shared.of(events.Profile) if one.wearer == b.id])
            first = next(
                at
                for at, event in enumerate(house.shared.got)
                if isinstance(event, events.Profile) and event.wearer == b.id
            )
            del house.shared.got[:first]
            for name in kinds:
                session.broadcast(examples[name])
            await a.devices[0].say(f"take a note {a.word} again")
            await house.shared.say("read my notes")
            assert not house.found(house.shared.seen, a)
            assert not house.found(b.devices[0].seen + b.devices[1].seen, a)

    loop_run(work())


def test_while_both_speak_at_once_nothing_is_mixed_up(loop_run) -> None:
    async def work() -> None:
        async with household() as house:
            await asyncio.gather(live(house, house.a), live(house, house.b))
            for mine, other in ((house.a, house.b), (house.b, house.a)):
                assert mine.word in mine.seen
                assert not house.found(mine.seen, other)
            assert not house.found(house.shared.seen, house.a)
            assert not house.found(house.shared.seen, house.b)

    loop_run(work())


def test_who_is_removed_is_gone_everywhere(loop_run) -> None:
    async def work() -> None:
        async with household("wearer", "owner") as house:
            a, b, hub = house.a, house.b, house.hub.hub
            await live(house, a)
            await hub.household.take(house.shared.id, a.id)
            answer = await house.ask(b, "DELETE", f"/v1/people/{a.id}")
            assert answer.status_code == 200
            for one in a.devices:
                await asyncio.wait_for(one.device.closed.wait(), 5)
            assert (await house.ask(a, "GET", "/v1/me")).status_code == 403
            assert not any((await house.rows(a)).values())
            assert not (hub.store.folder / "blobs" / a.id).exists()
            assert hub.sessions.of(a.id) is None
            await until(lambda: house.shared.of(events.Profile)[-1].nobody)
            data = (hub.store.folder / "lorgnette.db").read_bytes()
            assert a.word.encode() not in data
            assert await house.shared.say("what time is it")

    loop_run(work())


async def older(house: House, days: float) -> None:
    """Everything in the store happened so much earlier."""

    def work(connection: Any) -> None:
        for domain in house.hub.hub.store.domains:
            for table in domain.metadata.sorted_tables:
                for name in {"created", "started", "touched", "last_seen", "taken"} & set(table.c.keys()):
                    column = table.c[name]
                    connection.execute(table.update().values({name: column - days * 86_400}))

    await house.hub.hub.store.write(work)


def test_a_guest_has_only_the_conversation(loop_run) -> None:
    async def work() -> None:
        async with household("guest", "wearer") as house:
            guest = house.a
            await live(house, guest)
            answers = {
                ("POST", "/v1/pairing"): None,
                ("POST", f"/v1/shared/{house.shared.id}/wear"): None,
                ("GET", "/v1/shared"): None,
                ("GET", "/v1/people"): None,
                ("GET", "/v1/status"): None,
                ("PATCH", "/v1/me"): {"shareable": True},
            }
            for (method, path), body in answers.items():
                answer = await house.ask(guest, method, path, body)
                assert answer.status_code == 403, path
            await older(house, days=2)
            await house.hub.hub.guests.prune()
            rows = await house.rows(guest)
            assert not rows["turns"]
            assert not rows["sentences"]
            assert rows["notes"]
            assert (await house.rows(house.b))["wearers"]
            await older(house, days=31)
            await house.hub.hub.guests.prune()
            rows = await house.rows(guest)
            assert not rows["notes"]
            assert rows["wearers"], "who is here isn't forgotten"
            for one in guest.devices:
                await one.device.close()
            await until(lambda: not house.hub.hub.gateway.online(guest.devices[1].id))
            house.hub.hub.gateway.revoke(guest.devices[0].id)
            house.hub.hub.gateway.revoke(guest.devices[1].id)
            await house.hub.hub.guests.prune()
            assert not any((await house.rows(guest)).values())

    loop_run(work())
