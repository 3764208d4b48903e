"""The hub: the one place that wires everything together."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lorgnette.api.app import Api
from lorgnette.api.doorkeeper import Doorkeeper
from lorgnette.api.gallery import GalleryApi
from lorgnette.api.guests import Guests
from lorgnette.api.household import Household
from lorgnette.api.pairing import PairingDesk
from lorgnette.api.privacy import PrivacyApi
from lorgnette.api.reading import Reading
from lorgnette.config import PeopleSection
from lorgnette.core.clock import Clock, SystemClock
from lorgnette.core.events import GalleryChanged, Notice
from lorgnette.core.ids import new_id
from lorgnette.core.outgoing import Errand, on
from lorgnette.core.people import Device, Wearer
from lorgnette.core.speech import Message
from lorgnette.doctor.egress import listeners
from lorgnette.engines.chain import FellBack
from lorgnette.engines.llm.hosts import find_hosts
from lorgnette.engines.protocols import Supervised
from lorgnette.engines.registry import EngineChoice, Engines, Sentence, build_chat, build_engines
from lorgnette.engines.standing import lacking, standings
from lorgnette.gateways.native.gateway import NativeGateway
from lorgnette.media.echo import open_aligner
from lorgnette.media.level import EnergyGate
from lorgnette.mind.deeds import Deed
from lorgnette.mind.mind import Mind
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Request
from lorgnette.render import warm_up
from lorgnette.render.speakable import language_rules
from lorgnette.sdk import Camera, Gallery, Lists, LocalModel, Memory, Notes, Schedule, Shot
from lorgnette.sdk.language import languages
from lorgnette.sdk.registry import SkillRegistry, load_skills
from lorgnette.sdk.schedule import Item
from lorgnette.services.gallery import GallerySection, GalleryService
from lorgnette.services.notes import NotesService
from lorgnette.services.offers import Find, Keeper, ModelOffers, WearersModel
from lorgnette.services.privacy import PrivacyService
from lorgnette.services.schedule import ScheduleService
from lorgnette.session.endpoint import Patience
from lorgnette.session.levels import LevelBatch
from lorgnette.session.local import LocalDevice
from lorgnette.session.meter import Meter
from lorgnette.session.ports import Limits, Reel
from lorgnette.session.rendering import rendered
from lorgnette.session.router import InstantPacer, Pacer
from lorgnette.session.sessions import Sessions
from lorgnette.session.sharing import Sharing
from lorgnette.session.wiring import Wiring
from lorgnette.session.words import SessionWords
from lorgnette.store import Devices, Inbox, Journal, People, Retention, Span, Store, prune
from lorgnette.store.pins import Pins

log = logging.getLogger(__name__)

PRUNE_SECONDS = 3600.0
MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class HubSettings:
    """What a hub is made with; `cli` fills it from the configuration."""

    store: str = "sqlite://"
    host: str = "127.0.0.1"
    port: int = 8765
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    max_sessions: int = 1000
    metrics_token: str = ""
    name: str = ""
    language: str = "en"
    zone: str = "UTC"
    engines: EngineChoice = field(default_factory=EngineChoice)
    patience: Patience = field(default_factory=Patience)
    retention: Retention = field(default_factory=Retention)
    people: PeopleSection = field(default_factory=PeopleSection)
    gallery: GallerySection = field(default_factory=GallerySection)
    realtime: bool = True
    """False: everything sounds at once, for recordings that are worked off faster than they last."""


class _KeptPictures:
    """The session's view of the galleries."""

    def __init__(self, gallery: GalleryService) -> None:
        self._gallery = gallery
        settings = gallery.settings
        self.limits = Limits(
            photo_bytes=int(settings.photo_mb * MB),
            film_bytes=int(settings.film_mb * MB),
            film_seconds=settings.film_minutes * 60,
            sound=settings.sound,
        )

    async def add(self, wearer: str, data: bytes, device: str, place: tuple[float, float] | None) -> Shot:
        return await self._gallery.add(wearer, data, device, place)

    async def film(self, wearer: str, device: str, place: tuple[float, float] | None) -> Reel:
        return await self._gallery.film(wearer, device, place)


class _WearersAlarms:
    """The session's view of everybody's schedule."""

    def __init__(self, schedule: ScheduleService) -> None:
        self._schedule = schedule

    async def items(self, wearer: str) -> list[Item]:
        return await self._schedule.for_wearer(wearer).items()

    async def dismiss(self, wearer: str) -> bool:
        return bool(await self._schedule.for_wearer(wearer).dismiss())


class _Understood(Mapping[str, list[Sentence]]):
    """What the skills understand, by language; compiled when an engine asks for it."""

    def __init__(self, reflexes: Reflexes) -> None:
        self._reflexes = reflexes

    def __getitem__(self, language: str) -> list[Sentence]:
        if language not in languages():
            raise KeyError(language)
        return [Sentence(template, slots) for template, slots in self._reflexes.sentences(language)]

    def __iter__(self) -> Iterator[str]:
        return iter(languages())

    def __len__(self) -> int:
        return len(languages())


class Hub:
    """Everything alive. `async with Hub.open(settings) as hub` opens the store and starts the engines."""

    def __init__(self, settings: HubSettings, store: Store, clock: Clock) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.started = clock.now()
        self.people = People(store)
        self.journal = Journal(store)
        self.inbox = Inbox(store)
        self.schedule = ScheduleService(store, clock)
        self.notes = NotesService(store)
        self.gallery = GalleryService(store, settings.gallery)
        keep = settings.retention
        limits = {"conversations": keep.transcripts, "timings": keep.traces, "outgoing": keep.outgoing}
        self.privacy = PrivacyService(store, self.journal, limits)
        self.registry: SkillRegistry = load_skills()
        self.words = SessionWords()
        self.meter = Meter()
        self.desk = PairingDesk(clock.steady)
        self.at_home: Callable[[], dict[str, str]] | None = None
        """Where it is reached on the home network; whoever opens its doors there sets it."""
        self.offers: ModelOffers | None = None
        """What is offered to the owner; there where somebody keeps the configuration."""
        self._tasks: set[asyncio.Task[None]] = set()
        reflexes = Reflexes(self.registry)
        self.engines: Engines = build_engines(settings.engines, _Understood(reflexes), self._fell_back)
        self.mind = Mind(
            self.registry, self._service, chat=self.engines.chat, reflexes=reflexes, late=self._late
        )
        self.pins = Pins(self.people, clock.steady)
        idle = settings.people.shared_minutes * 60
        alarms = _WearersAlarms(self.schedule)
        self.sharing = Sharing(self.people, self.pins, alarms, self.words, clock, idle)
        self.sessions = Sessions(self._wiring(), limit=settings.max_sessions)
        self.devices = Devices(store, self._revoked)
        self.doorkeeper = Doorkeeper(
            self.devices, settings.host, settings.port, settings.hosts, settings.origins
        )
        self.gateway = NativeGateway(self.sessions, self.doorkeeper, clock)
        self.gateway.on_gone(self.sharing.gone)
        self.sharing.through(self.gateway, self.sessions.of)
        self.household = Household(
            self.people,
            self.devices,
            self.pins,
            self.desk,
            self.sessions,
            self.sharing,
            self.gateway,
            self.mind.forget,
        )
        self.guests = Guests(store, self.people, self.household, self.privacy.estate, settings.people)
        self.api = Api(
            self,
            self.people,
            self.devices,
            self.journal,
            self.desk,
            self.doorkeeper,
            self.household,
            metrics_token=settings.metrics_token,
            gallery=GalleryApi(self.gallery, self.doorkeeper, self.people, self._gallery_changed),
            privacy=PrivacyApi(
                self.privacy,
                self.doorkeeper,
                self.people,
                lambda: listeners(self.settings.engines),
                self._exported,
                lambda: self.guests.days,
            ),
        )
        self.schedule.on_due(self._due)
        self.schedule.on_change(self.sessions.schedule_changed)
        self.privacy.estate.on_forgotten(self._forgotten)

    @classmethod
    def open(cls, settings: HubSettings, clock: Clock | None = None) -> "_Opening":
        """An async context: the hub lives inside it."""
        return _Opening(cls, settings, clock or SystemClock())

    def _wiring(self) -> Wiring:
        settings = self.settings
        return Wiring(
            vad=self.engines.vad,
            levels=LevelBatch(),
            gate=EnergyGate,
            recognizer=self.engines.recognizer,
            synthesizer=self.engines.synthesizer,
            wake=self.engines.wake,
            turn=self.engines.turn,
            mind=self.mind,
            words=self.words,
            journal=self.journal,
            inbox=self.inbox,
            people=self.people,
            alarms=_WearersAlarms(self.schedule),
            sharing=self.sharing,
            album=_KeptPictures(self.gallery),
            rendered=rendered,
            pacer=Pacer(self.clock.steady) if settings.realtime else InstantPacer(),
            clock=self.clock,
            echo=open_aligner,
            patience=settings.patience,
            meter=self.meter,
            outgoing=self.privacy.log.note,
            thinking_after=0.4 if settings.realtime else 3600.0,
        )

    def _service(self, kind: type[Any], wearer: str) -> object:  # noqa: PLR0911 - a line a service
        if kind is Schedule:
            return self.schedule.for_wearer(wearer)
        if kind is Notes:
            return self.notes.notes_of(wearer)
        if kind is Lists:
            return self.notes.lists_of(wearer)
        if kind is Memory:
            return self.privacy.memory_of(wearer)
        if kind is Gallery:
            return self.gallery.of(wearer)
        if kind is LocalModel:
            return WearersModel(self.offers, self.people, wearer, self._thinks_with)
        if kind is Camera and (session := self.sessions.of(wearer)) is not None:
            return session.camera
        raise KeyError(kind.__name__)

    # ── living ─────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> Wearer:
        """Engines warm up in the background; gives the owner, who is made at the first start."""
        settings = self.settings
        owner = await self.people.owner(name=settings.name, language=settings.language, zone=settings.zone)
        await self.people.forget_temporary()  # of a simulation that was killed
        await self.household.adopt()
        await self.gallery.recover()
        with on(Errand("", self.privacy.log.note)):
            self.engines.start()
        self.mind.warm(owner.language)
        warm_up(owner.language)
        language_rules(owner.language)  # loaded now, not while the first wearer waits
        self._tasks = {
            asyncio.create_task(self.schedule.run(), name="schedule"),
            asyncio.create_task(self.sessions.run(), name="loop lag"),
            asyncio.create_task(self._prune(), name="retention"),
            asyncio.create_task(self._warm_others(owner.language), name="other languages"),
        }
        return owner

    async def _warm_others(self, spoken: str) -> None:
        """Compile the other languages away from the loop; then what lives long is no longer collected."""
        for code in languages():
            if code != spoken:
                await asyncio.to_thread(self.mind.warm, code)
        gc.collect()
        gc.freeze()

    async def close(self) -> None:
        """Tell the devices, end what runs, and write what is queued."""
        await self.sharing.close()
        await self.gateway.drain()
        await self.sessions.close()
        await self.mind.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.engines.aclose()
        await self.store.close()

    async def _prune(self) -> None:
        while True:
            try:
                await prune(self.store, self.clock.now(), self.settings.retention)
                await self.schedule.prune()
                await self.notes.prune()
                await self.gallery.prune()
                await self.privacy.prune()
                await self.guests.prune()
            except Exception:
                log.exception("what is too old could not be removed; next try in an hour")
            await asyncio.sleep(PRUNE_SECONDS)

    async def _due(self, wearer: str, item: Item, missed: bool) -> None:
        if not missed:
            await self.sharing.rings(wearer)
            self.sessions.schedule_changed(wearer)
            return
        person = await self.people.wearer(wearer)
        at = datetime.fromtimestamp(item.due, UTC).astimezone(ZoneInfo(person.zone)).time()
        key, formal = f"{item.kind}-missed", person.formal
        text = self.words.say(key, person.language, formal=formal, time=at, label=item.label)
        await self.sessions.tell(Message(new_id("m-"), wearer, text, person.language))

    def _late(self, request: Request, deed: Deed) -> None:
        """An act ended after its turn was interrupted: what came of it is told."""
        if deed.say is not None and deed.say.text:
            message = Message(new_id("m-"), request.wearer.id, deed.say.text, request.language)
            self._follow(self.sessions.tell(message))

    def _gallery_changed(self, wearer: str, event: GalleryChanged) -> None:
        session = self.sessions.of(wearer)
        if session is not None:
            session.broadcast(event)

    def _forgotten(self, wearer: str, what: tuple[str, ...], span: Span) -> None:
        """Deleted things are in nobody's memory, nor on a display."""
        self.mind.forget(wearer)
        if "conversations" in what:
            self.sessions.forget_words(wearer, max(0.0, span.since))
        if "schedule" in what:
            self.sessions.schedule_changed(wearer)
        if "gallery" in what:
            self._gallery_changed(wearer, GalleryChanged("", "deleted"))

    async def _exported(self, wearer: Wearer) -> None:
        """Somebody at the hub's machine took a wearer's things along: that wearer hears of it."""
        text = self.words.say("exported", wearer.language, formal=wearer.formal)
        await self.sessions.tell(Message(new_id("m-"), wearer.id, text, wearer.language))

    def _revoked(self, device: Device) -> None:
        self.gateway.revoke(device.id)

    def _fell_back(self, event: FellBack) -> None:
        log.warning("%s", event)
        for session in self.sessions.live:
            session.broadcast(Notice(self.words.say("fell-back", session.language), "warning"))

    # ── the chat model ─────────────────────────────────────────────────────────────────────────────────

    def offer_models(self, keeper: Keeper, find: Find = find_hosts) -> None:
        """Models of this machine are offered where none is configured; the owner is told of them once."""
        self.offers = ModelOffers(keeper, self.use_model, find)
        self._follow(self._tell_offers(self.offers))

    async def use_model(self, settings: Mapping[str, Any] | None) -> None:
        """The adapter `openai` with these settings from the next turn on; None: no model."""
        engines = replace(
            self.settings.engines,
            llm=() if settings is None else ("openai",),
            settings={**self.settings.engines.settings, "llm.openai": settings or {}},
        )
        chat = build_chat(engines)
        self.settings = replace(self.settings, engines=engines)
        self.mind.chat = chat
        former = self.engines.exchange_chat(chat)
        if isinstance(former, Supervised):
            self._follow(_retired(former))

    def _thinks_with(self) -> str:
        return "" if self.mind.chat is None else self.mind.chat.name

    async def _tell_offers(self, offers: ModelOffers) -> None:
        owner = await self.people.owner()
        for offer in await offers.look():
            language = owner.language
            text = self.words.say("model-found", language, model=offer.model, host=offer.host)
            await self.sessions.tell(Message(f"m-offer-{offer.id}", owner.id, text, language))

    def _follow(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ── for pages and commands ─────────────────────────────────────────────────────────────────────────

    def online(self, device: str) -> bool:
        return self.gateway.online(device)

    def reached(self) -> dict[str, str]:
        return self.at_home() if self.at_home is not None else {"url": self.local_url}

    @property
    def local_url(self) -> str:
        """Where a browser on this machine finds it."""
        host = "127.0.0.1" if self.settings.host in ("0.0.0.0", "::") else self.settings.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.doorkeeper.port}/"

    def status(self) -> dict[str, Any]:
        return {
            "started": self.started.timestamp(),
            "host": self.settings.host,
            "port": self.doorkeeper.port,
            "sessions": len(self.sessions),
            "refused": self.sessions.refused,
            "connections": self.gateway.connections,
            "links": self.gateway.links,
            "tasks": len(asyncio.all_tasks()),
            "files": _open_files(),
            "loop_lag_ms": round(self.sessions.lag.milliseconds, 2),
            "loop_lag_worst_ms": round(self.sessions.lag.worst, 2),
            "writes_failed": self.store.failed,
            "writes_dropped": self.store.dropped + self.journal.dropped,
            "engines": self.engines.health(),
            "skills": sorted(self.registry.skills),
            "broken_skills": dict(self.registry.broken),
        }

    def unready(self) -> Mapping[str, str]:
        if self.gateway.draining:
            return {"hub": "draining"}
        if self.sessions.full:
            return {"hub": "busy"}
        return lacking(self.engines, self.settings.engines)

    def reading(self) -> Reading:
        return Reading(
            ready=not self.unready(),
            sessions=len(self.sessions),
            sessions_refused=self.sessions.refused,
            connections=self.gateway.connections,
            links=self.gateway.links,
            tasks=len(asyncio.all_tasks()),
            lag=self.sessions.lag.milliseconds,
            lag_worst=self.sessions.lag.worst,
            writes_failed=self.store.failed,
            writes_dropped=self.store.dropped + self.journal.dropped,
            engines=standings(self.engines),
            engines_off=sum(one.state == "off" for one in self.engines.health()),
            skills_off=len(self.registry.broken),
            meter=self.meter,
        )

    async def turn(self, wearer: str, work: Mapping[str, Any]) -> list[dict[str, Any]]:
        """`{text, language}` or `{pcm, language, realtime}`, as `say` and `hear` send it."""
        language = str(work.get("language", ""))
        async with LocalDevice(self.sessions, wearer) as device:
            if "pcm" in work:
                realtime = bool(work.get("realtime"))
                return await device.recorded(work["pcm"], language, realtime=realtime)
            return [await device.typed(str(work["text"]), language)]

    def chime(self, wearer: str, device: str) -> bool:
        session = self.sessions.of(wearer)
        return session is not None and session.chime(device)

    def examples(self, language: str) -> list[dict[str, str]]:
        if language not in languages():
            language = self.settings.language
        return [
            {
                "skill": skill.key,
                "does": skill.phrases.format("skill-does", {}, language),
                "example": skill.phrases.format("skill-example", {}, language),
            }
            for skill in self.registry.skills.values()
            if skill.phrases.has("skill-example", language)
        ]

    async def snapshot(self) -> Path:
        return await self.store.snapshot()

    async def simulated(self, devices: int) -> list[str]:
        """Tokens for `simulate`: each device belongs to a temporary wearer of its own."""

        async def one(number: int) -> str:
            wearer = await self.people.add_temporary(f"simulated {number}")
            _, token = await self.devices.pair(wearer.id, f"simulated {number}")
            return token

        return await asyncio.gather(*(one(number) for number in range(devices)))

    async def forget_simulated(self) -> int:
        """Hang up on the temporary wearers and delete them."""
        wearers = await self.people.forget_temporary()
        for wearer in wearers:
            self.gateway.forget(wearer)
            self.sessions.forget(wearer)
        return len(wearers)


async def _retired(chat: Supervised) -> None:
    """Close it once its running answers are through, a minute at most."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(60):
            while chat.health().running:
                await asyncio.sleep(0.2)
    await chat.aclose()


def _open_files() -> int | None:
    """File descriptors of this process, where the system tells."""
    try:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())
    except OSError:
        return None


class _Opening:
    """`Hub.open`: the store is closed again whatever happens."""

    def __init__(self, hub: type[Hub], settings: HubSettings, clock: Clock) -> None:
        self._hub = hub
        self._settings = settings
        self._clock = clock
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Hub:
        store = await Store.open(self._settings.store, self._clock)
        try:
            hub = self._hub(self._settings, store, self._clock)
        except BaseException:
            await store.close()
            raise
        self._stack.push_async_callback(hub.close)
        await hub.start()
        return hub

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()
