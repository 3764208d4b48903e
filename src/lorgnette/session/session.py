"""A wearer's live conversation over all their devices that are on."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

import msgspec

from lorgnette.core import events
from lorgnette.core.forms import Capabilities
from lorgnette.core.ids import new_id
from lorgnette.core.outgoing import Behalf, context_of
from lorgnette.core.people import Device, Wearer
from lorgnette.core.scenes import Caption, Scene
from lorgnette.engines.protocols import Recognition
from lorgnette.session.agenda import Agenda
from lorgnette.session.arrivals import Arrivals
from lorgnette.session.attachment import Attachment, Chunk
from lorgnette.session.awakening import Awakening
from lorgnette.session.board import Board
from lorgnette.session.camera import SessionCamera
from lorgnette.session.chime import chime
from lorgnette.session.company import Company
from lorgnette.session.control import SessionControl
from lorgnette.session.ears import Utterance
from lorgnette.session.hearing import Hearing
from lorgnette.session.hud import Hud
from lorgnette.session.likings import Likings
from lorgnette.session.ports import Outlet
from lorgnette.session.questions import Consent, Questions
from lorgnette.session.resuming import Resuming
from lorgnette.session.ringing import Ringing
from lorgnette.session.said import Said
from lorgnette.session.speaking import Speaking
from lorgnette.session.speech import Kind, Speech
from lorgnette.session.telling import Telling
from lorgnette.session.trace import Trace
from lorgnette.session.turns import Turn, Turns
from lorgnette.session.visitors import Visitors
from lorgnette.session.wiring import Wiring
from lorgnette.session.wishes import Wishes

log = logging.getLogger(__name__)


class Session:
    """One per wearer; lives as long as a device is attached."""

    def __init__(self, wearer: Wearer, wiring: Wiring) -> None:
        self.wearer = wearer
        self._company = Company()
        self._wiring = wiring
        self._tasks: set[asyncio.Task[None]] = set()
        self.behalf = Behalf(wearer.id, wiring.outgoing)
        self.context = context_of(self.behalf)
        self._state: events.StateName = "idle"
        self._questions = Questions(wiring.clock.steady)
        self.recognising = 0
        """Questions to the recogniser that aren't answered yet."""
        self._hud = Hud(
            wiring.rendered, lambda: wiring.clock.now().timestamp(), lambda: self.language, self.spawn
        )
        self._speaking = Speaking(self._company.voice, wiring.clock.steady, self.state_changed, self.context)
        self._turns = Turns(self, self._speaking, wiring)
        self._ringing = Ringing(self, self._speaking, wiring)
        self._telling = Telling(self, self._speaking, wiring)
        self._resuming = Resuming(self, self._speaking, wiring)
        self._awakening = Awakening(self, self._company, self._speaking, wiring)
        self._wishes = Wishes(self)
        self._company.shown = wearer.output != "speech"
        self._likings = Likings(self, self._company, self._speaking, self._hud, wiring.pacer, wiring.patience)
        self._board = Board(wiring.words, self.show)
        self._agenda = Agenda(self, self._board, self._ringing, wiring)
        self._hearing = Hearing(self, self._company, self._turns, self._questions, wiring)
        self.visitors = Visitors(
            self, self._company, self._speaking, self._questions, wiring, self._hearing.asked
        )
        self.camera = SessionCamera(self, self._speaking, wiring)
        self.control = SessionControl(self, self._speaking, self._turns, self._ringing, wiring)
        self._arrivals = Arrivals(
            self,
            self._company,
            self._speaking,
            self._hud,
            self._likings,
            self._agenda,
            self._resuming,
            wiring,
        )

    # ── devices ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def attachments(self) -> dict[str, Attachment]:
        """By device."""
        return self._company.attachments

    def attach(
        self, device: Device, capabilities: Capabilities, outlet: Outlet, *, passing: bool = False
    ) -> Attachment:
        """A device comes. An older attachment of the same device is replaced."""
        attachment = Attachment(self, device, capabilities, outlet)
        attachment.passing = passing
        self._arrivals.come(attachment)
        return attachment

    def schedule_changed(self) -> None:
        """The wearer's timers or alarms are others now."""
        self._agenda.changed()

    def on_suspend(self, attachment: Attachment) -> None:
        self._arrivals.suspended(attachment)

    def on_resume(self, attachment: Attachment) -> None:
        self._arrivals.resumed(attachment)

    def on_detach(self, attachment: Attachment) -> None:
        self._arrivals.gone(attachment)

    async def close(self) -> None:
        """The last device left or the hub stops."""
        self._telling.close()
        await self.camera.close()
        for attachment in list(self.attachments.values()):
            attachment.detach()
        await self._turns.close()
        self._ringing.stop()
        await self._speaking.close()
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

    @property
    def busy(self) -> bool:
        """An utterance is being recognised or a turn answered; a tool that waits for an answer is neither."""
        return self.recognising > 0 or (self.answering and not self._turns.awaiting)

    @property
    def answering(self) -> bool:
        """A turn runs."""
        return self._turns.current is not None

    def use(self, device: str) -> None:
        """The wearer uses this device: it speaks, if it can."""
        self._company.use(device)

    def chime(self, device: str) -> bool:
        """A short sound on this device; False if it isn't on or has no speaker."""
        attachment = self.attachments.get(device)
        if attachment is None or attachment.sink is None or not attachment.connected:
            return False
        self.use(device)
        chime(attachment, self._speaking, self._wiring.synthesizer, self.language)
        return True

    # ── for the parts ──────────────────────────────────────────────────────────────────────────────────

    @property
    def language(self) -> str:
        return self.wearer.language

    @property
    def state(self) -> events.StateName:
        """What the light shows."""
        return self._state

    @property
    def rate(self) -> float:
        return self.wearer.rate

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task that the session owns."""
        task = asyncio.create_task(work, context=self.context)
        self._tasks.add(task)
        task.add_done_callback(self._reap)
        return task

    def _reap(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a task of a session failed", exc_info=task.exception())

    def broadcast(self, event: events.ToDevice) -> None:
        self._company.broadcast(event)

    def show(self, id: str, scene: Scene | None) -> None:
        if scene is None:
            self._hud.hide(id, self._company.outlets)
        else:
            self._hud.show(id, scene, self._company.outlets)

    def caption(self, text: str) -> None:
        """A sentence of the hub begins to sound."""
        self._hud.caption(Caption(text=text[:400], ttl=6.0), self._company.outlets)

    def saying(self, text: str) -> None:
        """What the wearer has said so far; empty: nothing came of it. The turn's words take its place."""
        text = self._hearing.shown(text)
        self.broadcast(events.Partial(text))
        if text:
            caption = Caption(text=text[-400:], who="wearer", final=False, ttl=4.0)
            self._hud.caption(caption, self._company.outlets)
        else:
            self._hud.no_caption(self._company.outlets)

    def speech(self, said: Said, kind: Kind) -> Speech:
        """An utterance in the wearer's voice and rate."""
        return Speech(said, kind, self._wiring.synthesizer, rate=self.wearer.rate, on_sentence=self.caption)

    def forget(self, since: float) -> None:
        """Words were deleted at the hub: none of them is remembered or shown here either."""
        self._turns.forget()
        self._questions.drop()
        self._speaking.forget()
        for id in self._hud.scenes.keys() - self._board.ids:
            self.show(id, None)
        self.schedule_changed()
        self.broadcast(events.Forgotten(since))

    def state_changed(self) -> None:
        """Recompute what the LED shows; tell the ears whether something sounds."""
        sounding = self._speaking.current is not None
        self._arrivals.sounding(sounding=sounding)
        state: events.StateName
        if self._company.heard:
            state = "listening"
        elif self._speaking.current is not None and self._speaking.current.kind != "earcon":
            state = "speaking"
        elif self._turns.thinking:
            state = "thinking"
        elif self._questions.pending:
            state = "asking"
        elif self._company.pushed:
            state = "listening"
        elif self.camera.filming:
            state = "recording"
        else:
            state = "idle"
        if state != self._state:
            self._state = state
            self.broadcast(events.State(state))

    async def update(self, **changes: Any) -> None:
        """Change the wearer's settings, here and in the store."""
        self.renew(msgspec.structs.replace(self.wearer, **changes))
        await self._wiring.people.change(self.wearer.id, **changes)

    def renew(self, wearer: Wearer) -> None:
        """The wearer's settings were changed in the store, or are about to be."""
        before, self.wearer = self.wearer, wearer
        changed = {
            name for name in wearer.__struct_fields__ if getattr(before, name) != getattr(wearer, name)
        }
        self._likings.apply(changed)

    def welcome_back(self) -> None:
        self.spawn(self.deliver())

    # ── what the wearer does ───────────────────────────────────────────────────────────────────────────

    def on_event(self, attachment: Attachment, event: events.FromDevice) -> None:
        if not (attachment.device.shared and self._shared(attachment, event)):
            self._take(attachment, event)

    def _take(self, attachment: Attachment, event: events.FromDevice) -> None:
        ears = attachment.ears
        match event:
            case events.ListenStart(mode=mode):
                self._open(attachment, "gate" if mode == "always" else mode)
            case events.ListenStop():
                if ears is not None:
                    ears.close()
                self.state_changed()
            case events.Typed(text=text, language=language):
                self._company.use(attachment.device.id)
                self._hearing.hear(text, language or self.language, attachment.device.id, "typed")
            case events.Touch(gesture=gesture):
                self._wishes.touched(attachment, gesture)
            case events.Nod(answer=answer):
                self._hearing.nodded(yes=answer == "yes", device=attachment.device.id)
            case events.Played(utterance=utterance, index=index):
                attachment.reports = True
                self._played(utterance, index)
            case events.Battery():
                attachment.battery = event
            case events.Setting(name=name, value=value):
                self._wishes.set(name, value)
            case _:
                self.camera.event(attachment, event)

    def _shared(self, attachment: Attachment, event: events.FromDevice) -> bool:
        """On a shared device somebody may say or choose who they are; True if the event was that."""
        sharing = self._wiring.sharing
        if sharing is None:
            return False
        if not isinstance(event, events.Played | events.Battery | events.Location | events.Pose):
            sharing.used(attachment.device.id)
        if isinstance(event, events.Wear):
            sharing.asked(attachment, event.wearer, event.pin)
            return True
        return isinstance(event, events.Typed) and sharing.heard(
            attachment, event.text, event.language or self.language
        )

    def on_chunk(self, attachment: Attachment, chunk: Chunk) -> None:
        self.camera.chunk(attachment, chunk)

    def _open(self, attachment: Attachment, mode: str) -> None:
        ears = attachment.ears
        if mode == "wake":
            self._awakening.wait(attachment)
            return
        if ears is None:
            return
        self._company.give_microphone(attachment)
        if mode == "push" and self._speaking.current is not None:
            self.interrupt()
        if attachment.sink is not None:
            self._company.use(attachment.device.id)
        ears.open("gate" if mode == "gate" else "push")
        self.state_changed()

    def say_again(self) -> None:
        """The last answer, if there was one."""
        if self._turns.last_reply:
            said = Said("", new_id("u-"), self.language, [self._turns.last_reply], complete=True)
            self._speaking.say(self.speech(said, "answer"), lambda _: None)

    def _played(self, utterance: str, index: int) -> None:
        said = self._speaking.find(utterance)
        if said is not None and said.hear(index):
            if said.turn:
                self._wiring.journal.heard(said.turn, said.base + index)
            else:
                self._telling.played(utterance)

    # ── words ──────────────────────────────────────────────────────────────────────────────────────────

    def understood(
        self, attachment: Attachment, recognition: Recognition, utterance: Utterance, trace: Trace
    ) -> None:
        self._hearing.understood(attachment, recognition, utterance, trace)

    def not_understood(self, attachment: Attachment, utterance: Utterance, recognition: Recognition) -> None:
        self._hearing.not_understood(attachment, utterance, recognition)

    def heard(self, text: str) -> None:
        """The wearer's whole words, for the displays."""
        self._hud.caption(Caption(text=text[:400], who="wearer", ttl=4.0), self._company.outlets)

    def aside(self, text: str, device: str) -> None:
        """Say something that is no answer."""
        self._hearing.aside(text, device)

    def say_once(self, key: str, device: str) -> None:
        """A sentence about the hub itself, at most once a session."""
        self._hearing.say_once(key, device)

    def asking(self, consent: Consent) -> None:
        """A question for consent is about to be said."""
        self._hearing.asking(consent)

    def asked(self, turn: Turn, *, listen: bool) -> None:
        """A question was put; `listen`: it was heard to its end, so the microphone opens for the answer."""
        self._hearing.asked(turn, listen=listen)

    def asks(self, turn: Turn, device: str) -> bool:
        """Whether a tool's question was put at this device: where it was called, or where it is said."""
        return self._hearing.asks(turn, device)

    def awaiting(self, turn: Turn) -> float:
        """A tool's question was heard: open the microphone; seconds in which an answer may come."""
        return self._hearing.awaiting(turn)

    @property
    def hearing(self) -> bool:
        """Somebody speaks, or is being understood."""
        ears = (attachment.ears for attachment in self.attachments.values())
        return self.recognising > 0 or any(ear is not None and ear.utterance is not None for ear in ears)

    def consent(self, device: str) -> None:
        """A long press: a yes to what was asked for there, else nothing."""
        self._hearing.touched(device)

    def listen(self, attachment: Attachment, seconds: float) -> None:
        """Nobody has to press or call: the device opens its microphone, or the hub its ear."""
        if not self._awakening.open(attachment, seconds):
            attachment.outlet.send(events.MicOpen(seconds))

    def turn_over(self) -> None:
        self.state_changed()
        self.spawn(self.deliver())

    def mark(self, stage: str) -> None:
        if self._turns.current is not None:
            self._turns.current.trace.end(stage)

    # ── stopping ───────────────────────────────────────────────────────────────────────────────────────

    def interrupt(self) -> None:
        """The wearer talks over the hub."""
        if not self._turns.hold():
            self._turns.cancel("interrupted")
        self._speaking.stop()
        self._ringing.hush()
        self.state_changed()

    def silence(self) -> bool:
        """A tap: whatever sounds or rings ends; False if nothing did."""
        rang = self._ringing.dismiss()
        turned = self._turns.cancel("interrupted")
        spoke = self._speaking.stop()
        self.state_changed()
        return rang or turned or spoke

    def never_mind(self) -> None:
        """Forget the question, what is being said on either side, and the turn."""
        self._questions.drop()
        self.visitors.drop()
        for attachment in self.attachments.values():
            if attachment.ears is not None and attachment.ears.utterance is not None:
                attachment.ears.cancel()
        self.silence()

    # ── what the hub says on its own ───────────────────────────────────────────────────────────────────

    async def deliver(self) -> None:
        """Say what waits in the inbox, once a device is on and nothing else is going on."""
        await self._telling.deliver()

    @property
    def may_tell(self) -> bool:
        """The moment is good for something that nobody asked for."""
        free = self._turns.current is None and not self._ringing.items and not self.visitors.busy
        return free and self._company.voice("notification") is not None

    @property
    def reports(self) -> bool:
        """The speaking device says when a sentence has sounded."""
        voice = self._company.voice("notification")
        return voice is None or voice.reports

    @property
    def ringing(self) -> Ringing:
        """Timers and alarms that sound."""
        return self._ringing
