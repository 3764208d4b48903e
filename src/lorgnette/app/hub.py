"""The hub: its parts made, wired, started and ended."""

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lorgnette.api.app import Api
from lorgnette.api.doorkeeper import Doorkeeper
from lorgnette.api.gallery import GalleryApi
from lorgnette.api.guests import Guests
from lorgnette.api.household import Household
from lorgnette.api.pairing import PairingDesk
from lorgnette.api.privacy import PrivacyApi
from lorgnette.app.chat import Chat, thought_budget
from lorgnette.app.domains import DOMAINS
from lorgnette.app.front import Front
from lorgnette.app.settings import HubSettings
from lorgnette.app.skills import Skills
from lorgnette.app.views import KeptPictures, Understood, WearersAlarms
from lorgnette.config import ModelSection
from lorgnette.core.clock import Clock, SystemClock
from lorgnette.core.events import GalleryChanged, Location, Notice
from lorgnette.core.ids import new_id
from lorgnette.core.outgoing import Behalf, on
from lorgnette.core.people import Device, Wearer
from lorgnette.core.speech import Message
from lorgnette.doctor.egress import Listener, listeners, service, services
from lorgnette.engines.chain import FellBack
from lorgnette.engines.registry import Engines, build_engines
from lorgnette.gateways.native.gateway import NativeGateway
from lorgnette.media.echo import open_aligner
from lorgnette.media.level import EnergyGate
from lorgnette.mind.deeds import Deed
from lorgnette.mind.guessing import Guessing
from lorgnette.mind.mind import Mind
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Request
from lorgnette.render import warm_up
from lorgnette.render.speakable import language_rules
from lorgnette.sdk import Camera, Gallery, Lists, LocalModel, Memory, Notes, Schedule
from lorgnette.sdk.language import languages
from lorgnette.sdk.registry import SkillRegistry
from lorgnette.sdk.schedule import Item
from lorgnette.services.gallery import GalleryService
from lorgnette.services.notes import NotesService
from lorgnette.services.offers import WearersModel
from lorgnette.services.privacy import PrivacyService
from lorgnette.services.schedule import ScheduleService
from lorgnette.session.levels import LevelBatch
from lorgnette.session.meter import Meter
from lorgnette.session.rendering import rendered
from lorgnette.session.router import InstantPacer, Pacer
from lorgnette.session.sessions import Sessions
from lorgnette.session.sharing import Sharing
from lorgnette.session.wiring import Wiring
from lorgnette.session.words import SessionWords
from lorgnette.store import Devices, Inbox, Journal, People, Span, Store, prune, sweep_files
from lorgnette.store.pins import Pins

log = logging.getLogger(__name__)

PRUNE_SECONDS = 3600.0


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
        self.skills = Skills(settings)
        self.registry: SkillRegistry = self.skills.first()
        self.words = SessionWords()
        self.meter = Meter()
        self.desk = PairingDesk(clock.steady)
        self._tasks: set[asyncio.Task[None]] = set()
        reflexes = Reflexes(self.registry)
        self.engines: Engines = build_engines(settings.engines, Understood(reflexes), self._fell_back)
        self.pins = Pins(self.people, clock.steady)
        self.mind = Mind(
            self.registry,
            self.service,
            chat=self.engines.chat,
            reflexes=reflexes,
            budget=thought_budget(settings.section(ModelSection)),
            late=self._late,
            pins=self.pins,
            settings=settings.of_skill,
        )
        self.guessing = Guessing(self.registry, reflexes, lambda: self.mind.chat is not None)
        self.mind.guess, self.mind.doubt = self.guessing, self.guessing.doubtful
        idle = settings.people.shared_minutes * 60
        self.alarms = WearersAlarms(self.schedule)
        self.sharing = Sharing(self.people, self.pins, self.alarms, self.words, clock, idle)
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
        self.chat = Chat(
            settings.engines,
            self.engines,
            self.mind,
            self.people,
            self.words,
            self.sessions.tell,
            self.inbox.withdraw,
            self._follow,
        )
        self.front = Front(self)
        self.served = tuple(domain(self) for domain in DOMAINS)
        self._bound = self._services()
        self.api = Api(
            self.front,
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
                self._listeners,
                self._exported,
                lambda: self.guests.days,
            ),
            domains=[served.api for served in self.served if served.api is not None],
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
            alarms=self.alarms,
            sharing=self.sharing,
            album=KeptPictures(self.gallery, self.people),
            rendered=rendered,
            pacer=Pacer(self.clock.steady) if settings.realtime else InstantPacer(),
            clock=self.clock,
            echo=open_aligner,
            patience=settings.patience,
            meter=self.meter,
            outgoing=self.privacy.log.note,
            located=self._located,
            thinking_after=0.4 if settings.realtime else 3600.0,
        )

    def _services(self) -> Mapping[type[Any], Callable[[str], object]]:
        bound: dict[type[Any], Callable[[str], object]] = {
            Schedule: self.schedule.for_wearer,
            Notes: self.notes.notes_of,
            Lists: self.notes.lists_of,
            Memory: self.privacy.memory_of,
            Gallery: self.gallery.of,
            LocalModel: self._model_of,
            Camera: self._camera_of,
        }
        for served in self.served:
            bound.update(served.bound)
        return bound

    def _listeners(self) -> Sequence[Listener]:
        """Who would hear what."""
        asked = [one for served in self.served if served.asked is not None for one in served.asked()]
        named = [service(name, address, contents) for name, address, contents in asked]
        return (*listeners(self.chat.choice), *services(self.settings.sections), *named)

    def service(self, kind: type[Any], wearer: str) -> object:
        """What skills of this wearer get for this kind. KeyError where there is none."""
        return self._bound[kind](wearer)

    def serves(self, kind: type[Any]) -> bool:
        """Whether skills get a service of this kind."""
        return kind in self._bound

    def _model_of(self, wearer: str) -> LocalModel:
        return WearersModel(self.chat.offers, self.people, wearer, lambda: self.chat.name)

    def _camera_of(self, wearer: str) -> Camera:
        session = self.sessions.of(wearer)
        if session is None:
            raise KeyError("Camera")  # nobody wears one
        return session.camera

    # ── living ─────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> Wearer:
        """Engines warm up in the background; gives the owner, who is made at the first start."""
        settings = self.settings
        owner = await self.people.owner(name=settings.name, language=settings.language, zone=settings.zone)
        await self.people.forget_temporary()  # of a simulation that was killed
        await self.household.adopt()
        await self.gallery.recover()
        for served in self.served:
            if served.start is not None:
                await served.start()
        with on(Behalf("", self.privacy.log.note)):
            self.engines.start()
        self.mind.warm(owner.language)
        warm_up(owner.language)
        language_rules(owner.language)  # loaded now, not while the first wearer waits
        self._tasks = {
            asyncio.create_task(self.schedule.run(), name="schedule"),
            asyncio.create_task(self.sessions.run(), name="loop lag"),
            asyncio.create_task(self._prune(), name="retention"),
            asyncio.create_task(self._warm_others(owner.language), name="other languages"),
            *(asyncio.create_task(served.run()) for served in self.served if served.run is not None),
        }
        return owner

    async def _warm_others(self, spoken: str) -> None:
        """Compile the other languages away from the loop; then what lives long is no longer collected."""
        await asyncio.to_thread(self.guessing.warm, spoken)
        wanted = self.settings.languages or languages()
        for code in languages():
            if code != spoken and code in wanted:
                await asyncio.to_thread(self.mind.warm, code)
                await asyncio.to_thread(self.guessing.warm, code)
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
        for served in self.served:
            if served.close is not None:
                await served.close()
        await self.engines.aclose()
        await self.store.close()

    async def _prune(self) -> None:
        while True:
            try:
                await prune(self.store, self.clock.now(), self.settings.retention)
                await self.schedule.prune()
                await self.notes.prune()
                await self.gallery.prune()
                await sweep_files(self.store, time.time() - PRUNE_SECONDS)
                await self.privacy.prune()
                await self.guests.prune()
                for served in self.served:
                    if served.prune is not None:
                        await served.prune()
            except Exception:
                log.exception("what is too old could not be removed; next try in an hour")
            await asyncio.sleep(PRUNE_SECONDS)

    def _located(self, wearer: str, device: str, event: Location) -> None:
        for served in self.served:
            if served.located is not None:
                served.located(wearer, device, event)

    async def _due(self, wearer: str, item: Item, missed: bool) -> None:
        for served in self.served:
            if item.kind in served.due:
                await served.due[item.kind](wearer, item, missed)
                return
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
        for served in self.served:
            if served.forgotten is not None:
                served.forgotten(wearer)
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

    def _follow(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


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
