"""A wearer's live conversation over all their devices that are on."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from lorgnette.core import events
from lorgnette.core.forms import Capabilities
from lorgnette.core.ids import new_id
from lorgnette.core.people import Device, Wearer
from lorgnette.core.scenes import Caption, Scene
from lorgnette.core.speech import Message, Unfinished
from lorgnette.engines.protocols import Recognition
from lorgnette.mind.request import Request
from lorgnette.session.attachment import Attachment
from lorgnette.session.board import Board
from lorgnette.session.control import SessionControl
from lorgnette.session.ears import Ears, Utterance
from lorgnette.session.hud import Hud
from lorgnette.session.listening import Listening
from lorgnette.session.merge import merged
from lorgnette.session.ports import Outlet
from lorgnette.session.ringing import Ringing
from lorgnette.session.router import Sink
from lorgnette.session.said import Said
from lorgnette.session.speaking import Speaking
from lorgnette.session.speech import Kind, Speech
from lorgnette.session.trace import Trace
from lorgnette.session.turns import Turn, Turns
from lorgnette.session.wiring import Wiring

log = logging.getLogger(__name__)

ANSWER_SECONDS: Final = 8.0
"""A question is open this long, on the device that asked."""
RESUME_SECONDS: Final = 60.0
VOLUME_STEP: Final = 0.1
StateName = Literal["idle", "listening", "thinking", "speaking", "asking", "recording"]


@dataclass(frozen=True, slots=True)
class _Question:
    """An open question, whether `text` was said: a yes runs `text` as if it had been said."""

    text: str
    device: str
    until: float
    audio: bytes | None


class Session:
    """One per wearer; lives as long as a device is attached."""

    def __init__(self, wearer: Wearer, wiring: Wiring) -> None:
        self.wearer = wearer
        self.attachments: dict[str, Attachment] = {}
        self._listeners: dict[str, Listening] = {}
        self._wiring = wiring
        self._tasks: set[asyncio.Task[None]] = set()
        self._voice_id = ""
        self._state: StateName = "idle"
        self._question: _Question | None = None
        self._said_once: set[str] = set()
        self.recognising = 0
        """Questions to the recogniser that aren't answered yet."""
        self._hud = Hud(
            wiring.rendered, lambda: wiring.clock.now().timestamp(), lambda: self.language, self.spawn
        )
        self._speaking = Speaking(self._voice, wiring.clock.steady, self.state_changed)
        self._turns = Turns(self, self._speaking, wiring)
        self._ringing = Ringing(self, self._speaking, wiring)
        self._board = Board(wiring.words, self.show)
        self._syncing = False
        self.control = SessionControl(self, self._speaking, self._turns, self._ringing, wiring)

    # ── devices ────────────────────────────────────────────────────────────────────────────────────────

    def attach(self, device: Device, capabilities: Capabilities, outlet: Outlet) -> Attachment:
        """A device comes. An older attachment of the same device is replaced."""
        old = self.attachments.get(device.id)
        if old is not None:
            old.detach()
        attachment = Attachment(self, device, capabilities, outlet)
        if capabilities.speaker is not None:
            attachment.sink = Sink(attachment.play, self._wiring.pacer)
        self.attachments[device.id] = attachment
        microphone = capabilities.microphone
        if microphone is not None:
            listening = Listening(attachment, self, self._speaking, self._wiring, self.spawn)
            if microphone.aec == "hub":
                attachment.echo = self._wiring.echo()
            attachment.ears = Ears(
                self._wiring.vad,
                self._wiring.gate(),
                listening,
                self._wiring.clock.steady,
                self._wiring.patience,
            )
            self._listeners[device.id] = listening
        outlet.send(self.profile)
        outlet.send(events.VolumeChanged(self.wearer.volume))
        self._hud.replay((capabilities, outlet))
        self._speaking.resume()
        self.spawn(self._welcome(attachment))
        return attachment

    @property
    def profile(self) -> events.Profile:
        wearer = self.wearer
        return events.Profile(
            wearer.id, wearer.name, wearer.language, wearer.zone, wearer.volume, wearer.rate
        )

    async def _welcome(self, attachment: Attachment) -> None:
        """What waited for a device: running timers, a reply that was cut off, then the inbox."""
        await self._sync_board()
        for unfinished in await self._wiring.journal.unfinished(self.wearer.id, RESUME_SECONDS):
            if unfinished.device == attachment.device.id and self._turns.current is None:
                self._go_on(unfinished)
                break
        await self.deliver()

    def schedule_changed(self) -> None:
        """The wearer's timers or alarms are others now."""
        if not self._syncing:
            self._syncing = True
            self.spawn(self._sync_board())

    async def _sync_board(self) -> None:
        self._syncing = False
        items = await self._wiring.alarms.items(self.wearer.id)
        self._board.sync(items, self.language, self._wiring.clock.now().timestamp())
        for item in items:
            if item.status == "ringing":
                self._ringing.ring(item)
        self._ringing.keep({item.id for item in items if item.status == "ringing"})

    def _go_on(self, unfinished: Unfinished) -> None:
        said = Said(
            unfinished.turn,
            new_id("u-"),
            unfinished.language,
            list(unfinished.sentences),
            unfinished.heard,
            complete=True,
        )
        self._voice_id = unfinished.device
        self._speaking.say(self.speech(said, "answer"), lambda _: None, when_busy="queue")

    def on_suspend(self, attachment: Attachment) -> None:
        if attachment.ears is not None:
            attachment.ears.cancel()
        self._speaking.suspend(attachment)
        self.state_changed()

    def on_resume(self, attachment: Attachment) -> None:
        del attachment
        self._speaking.resume()
        self.state_changed()

    def on_detach(self, attachment: Attachment) -> None:
        id = attachment.device.id
        if self.attachments.get(id) is attachment:
            del self.attachments[id]
            self._listeners.pop(id, None)
            self._speaking.suspend(attachment)
        if attachment.ears is not None:
            attachment.ears.dispose()
        if self._voice_id == id:
            self._voice_id = ""
        self._speaking.resume()

    async def close(self) -> None:
        """The last device left or the hub stops."""
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
    def outlets(self) -> Iterable[tuple[Capabilities, Outlet]]:
        """Devices that are on, for the HUD."""
        return [(attachment.capabilities, attachment.outlet) for attachment in self.attachments.values()]

    @property
    def capabilities(self) -> Capabilities:
        """All devices' together."""
        return merged(attachment.capabilities for attachment in self.attachments.values())

    def _voice(self) -> Attachment | None:
        """The device that speaks: the one last used, else any with a speaker, else any at all."""
        on = [attachment for attachment in self.attachments.values() if attachment.connected]
        chosen = next((one for one in on if one.device.id == self._voice_id and one.sink), None)
        return chosen or next((one for one in on if one.sink), None) or next(iter(on), None)

    @property
    def busy(self) -> bool:
        """An utterance is being recognised or a turn answered."""
        return self.recognising > 0 or self._turns.current is not None

    # ── for the parts ──────────────────────────────────────────────────────────────────────────────────

    @property
    def language(self) -> str:
        return self.wearer.language

    @property
    def rate(self) -> float:
        return self.wearer.rate

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task that the session owns."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._reap)
        return task

    def _reap(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a task of a session failed", exc_info=task.exception())

    def broadcast(self, event: events.ToDevice) -> None:
        for attachment in self.attachments.values():
            attachment.outlet.send(event)

    def show(self, id: str, scene: Scene | None) -> None:
        if scene is None:
            self._hud.hide(id, self.outlets)
        else:
            self._hud.show(id, scene, self.outlets)

    def caption(self, text: str) -> None:
        """A sentence of the hub begins to sound."""
        self._hud.caption(Caption(text=text[:400], ttl=6.0), self.outlets)

    def speech(self, said: Said, kind: Kind) -> Speech:
        """An utterance in the wearer's voice and rate."""
        return Speech(said, kind, self._wiring.synthesizer, rate=self.wearer.rate, on_sentence=self.caption)

    def state_changed(self) -> None:
        """Recompute what the LED shows; tell the ears whether something sounds."""
        sounding = self._speaking.current is not None
        for listening in self._listeners.values():
            listening.playback(sounding=sounding)
        state: StateName
        if any(one.ears is not None and one.ears.utterance is not None for one in self.attachments.values()):
            state = "listening"
        elif self._speaking.current is not None and self._speaking.current.kind != "earcon":
            state = "speaking"
        elif self._turns.thinking:
            state = "thinking"
        elif self._question is not None:
            state = "asking"
        elif any(one.ears is not None and one.ears.mode == "push" for one in self.attachments.values()):
            state = "listening"
        else:
            state = "idle"
        if state != self._state:
            self._state = state
            self.broadcast(events.State(state))

    async def update(self, **changes: Any) -> None:
        """Change the wearer's settings, here and in the store."""
        self.wearer = msgspec.structs.replace(self.wearer, **changes)
        self.broadcast(self.profile)
        if "volume" in changes:
            self.broadcast(events.VolumeChanged(self.wearer.volume))
        await self._wiring.people.update(self.wearer)

    # ── what the wearer does ───────────────────────────────────────────────────────────────────────────

    def on_event(self, attachment: Attachment, event: events.FromDevice) -> None:
        ears = attachment.ears
        match event:
            case events.ListenStart(mode=mode):
                self._open(attachment, "gate" if mode in ("gate", "always") else "push")
            case events.ListenStop():
                if ears is not None:
                    ears.close()
                self.state_changed()
            case events.Typed(text=text, language=language):
                self._voice_id = attachment.device.id
                self.hear(text, language or self.language, attachment.device.id, typed=True)
            case events.Touch(gesture=gesture):
                self._touched(attachment, gesture)
            case events.Nod(answer=answer):
                self.answer(yes=answer == "yes", device=attachment.device.id)
            case events.Played(utterance=utterance, index=index):
                self._played(utterance, index)
            case events.Battery():
                attachment.battery = event
            case events.Setting(name=name, value=value):
                self.spawn(self._set(name, value))
            case _:
                pass  # positions and pictures belong to services that come by their own issues

    def on_image(self, attachment: Attachment, id: str, data: bytes) -> None:
        log.debug("picture %s of %s: %d bytes", id, attachment.device.id, len(data))

    def _open(self, attachment: Attachment, mode: str) -> None:
        ears = attachment.ears
        if ears is None:
            return
        for other in self.attachments.values():
            if other is not attachment and other.ears is not None and other.ears.mode != "closed":
                other.ears.close()
                other.outlet.send(events.MicClose("cancelled"))
        if mode == "push" and self._speaking.current is not None:
            self.interrupt()
        self._voice_id = attachment.device.id if attachment.sink is not None else self._voice_id
        ears.open("gate" if mode == "gate" else "push")
        self.state_changed()

    def _touched(self, attachment: Attachment, gesture: str) -> None:
        if gesture == "tap":
            if not self.silence():
                attachment.outlet.send(events.MicOpen(ANSWER_SECONDS))
        elif gesture == "double_tap" and self._turns.last_reply:
            self._say_again()
        elif gesture == "swipe_back":
            self.never_mind()
        elif gesture in ("swipe_up", "swipe_down"):
            step = VOLUME_STEP if gesture == "swipe_up" else -VOLUME_STEP
            self.spawn(self.control.set_volume(self.wearer.volume + step))

    def _say_again(self) -> None:
        said = Said("", new_id("u-"), self.language, [self._turns.last_reply], complete=True)
        self._speaking.say(self.speech(said, "answer"), lambda _: None)

    def _played(self, utterance: str, index: int) -> None:
        speech = self._speaking.find(utterance)
        if speech is not None and speech.said.hear(index) and speech.said.turn:
            self._wiring.journal.heard(speech.said.turn, index)

    async def _set(self, name: str, value: str | float) -> None:
        if name == "volume" and isinstance(value, int | float):
            await self.control.set_volume(float(value))
        elif name == "rate" and isinstance(value, int | float):
            await self.control.set_rate(float(value))
        elif name == "language" and isinstance(value, str) and 2 <= len(value) <= 35:
            await self.update(language=value)

    # ── words ──────────────────────────────────────────────────────────────────────────────────────────

    def understood(
        self, attachment: Attachment, recognition: Recognition, utterance: Utterance, trace: Trace
    ) -> None:
        self._voice_id = attachment.device.id if attachment.sink is not None else self._voice_id
        audio = bytes(utterance.audio)
        if recognition.decision == "confirm" and self._question is None:
            self._propose(attachment.device.id, recognition.text, audio, trace)
            return
        self.hear(
            recognition.text,
            recognition.language or attachment.language or self.language,
            attachment.device.id,
            audio=audio,
            recognition=recognition,
            trace=trace,
        )

    def not_understood(self, attachment: Attachment, utterance: Utterance, recognition: Recognition) -> None:
        """Noise in an open room is ignored; somebody who pressed a button is told."""
        self.state_changed()
        if recognition.engine == "none":
            self.say_once("no-recogniser", attachment.device.id)
        elif recognition.engine == "failed" or utterance.pushed or self._question is not None:
            turn = self._turn("", attachment.language or self.language, attachment.device.id)
            failed = recognition.engine == "failed"
            said = self._wiring.words.say("ears-failed" if failed else "not-heard", turn.language)
            self._turns.say(turn, said, "failed" if failed else "not_understood")

    def say_once(self, key: str, device: str) -> None:
        """A sentence about the hub itself, at most once a session."""
        if key not in self._said_once:
            self._said_once.add(key)
            turn = self._turn("", self.language, device)
            self._turns.say(turn, self._wiring.words.say(key, self.language), "not_understood")

    def _propose(self, device: str, text: str, audio: bytes, trace: Trace) -> None:
        until = self._wiring.clock.steady() + ANSWER_SECONDS + 4
        self._question = _Question(text, device, until, audio)
        turn = self._turn("", self.language, device, trace=trace)
        self._turns.say(
            turn, self._wiring.words.say("did-you-say", self.language, text=text), "proposed", ask=True
        )

    def answer(self, *, yes: bool, device: str) -> None:
        """A nod or a tap answers the open question; without one it is said as a word to the mind."""
        self.hear("yes" if yes else "no", "en", device, typed=True)

    def hear(
        self,
        text: str,
        language: str,
        device: str,
        *,
        typed: bool = False,
        audio: bytes | None = None,
        recognition: Recognition | None = None,
        trace: Trace | None = None,
    ) -> Turn:
        """Words arrived: answer the open question, or begin a turn."""
        question, self._question = self._question, None
        if question is not None and question.until > self._wiring.clock.steady():
            answer = self._wiring.words.answer(text, language)
            if answer is True:
                text, language, audio = question.text, self.language, question.audio
            elif answer is False:
                turn = self._turn(text, language, device, typed=typed, trace=trace)
                return self._turns.say(turn, self._wiring.words.say("all-right", language), "done")
        turn = self._turn(text, language, device, typed=typed, trace=trace)
        now = self._wiring.clock.now().astimezone(ZoneInfo(self.wearer.zone))
        request = Request(
            turn=turn.id,
            text=text,
            language=language,
            wearer=self.wearer,
            now=now,
            capabilities=self.capabilities,
            control=self.control,
            device=device,
            audio=audio,
            slots=recognition.slots if recognition is not None else {},
            history=tuple(self._turns.history),
        )
        if not typed:
            self._hud.caption(Caption(text=text[:400], who="wearer", ttl=4.0), self.outlets)
        self._turns.begin(turn, request)
        self.state_changed()
        return turn

    def _turn(
        self, text: str, language: str, device: str, *, typed: bool = False, trace: Trace | None = None
    ) -> Turn:
        id = new_id("t-")
        return Turn(
            id=id,
            text=text,
            language=language,
            device=device,
            typed=typed,
            trace=trace or Trace(self._wiring.clock.steady),
            said=Said(id, new_id("u-"), language),
        )

    def listen_for_answer(self) -> None:
        attachment = self._voice()
        if attachment is not None:
            attachment.outlet.send(events.MicOpen(ANSWER_SECONDS))

    def turn_over(self, turn: Turn) -> None:
        del turn
        self.state_changed()
        self.spawn(self.deliver())

    def mark(self, stage: str) -> None:
        if self._turns.current is not None:
            self._turns.current.trace.end(stage)

    # ── stopping ───────────────────────────────────────────────────────────────────────────────────────

    def interrupt(self) -> None:
        """The wearer talks over the hub."""
        self._turns.cancel("interrupted")
        self._speaking.stop()
        self._ringing.stop()
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
        self._question = None
        for attachment in self.attachments.values():
            if attachment.ears is not None and attachment.ears.utterance is not None:
                attachment.ears.cancel()
        self.silence()

    # ── what the hub says on its own ───────────────────────────────────────────────────────────────────

    async def deliver(self) -> None:
        """Say what waits in the inbox, once a device is on and nothing else is going on."""
        if self._voice() is None or self._turns.current is not None:
            return
        now = self._wiring.clock.now().timestamp()
        for message in await self._wiring.inbox.waiting(self.wearer.id):
            if message.expires and message.expires <= now:
                await self._wiring.inbox.delivered(message.id)
                continue
            await self._wiring.inbox.delivered(message.id)
            self._tell(message)

    def _tell(self, message: Message) -> None:
        said = Said("", new_id("n-"), message.language, [message.text], complete=True)
        self._speaking.say(self.speech(said, message.kind), lambda _: None, when_busy="queue")

    @property
    def ringing(self) -> Ringing:
        """Timers and alarms that sound."""
        return self._ringing
