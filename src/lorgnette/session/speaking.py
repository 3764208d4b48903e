"""What a session says: it asks the floor for every utterance and carries out the floor's acts."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lorgnette.session.attachment import Attachment
from lorgnette.session.floor import Act, Claim, Floor, Priority, WhenBusy
from lorgnette.session.speech import Kind, Speech

log = logging.getLogger(__name__)

End = Literal["heard", "stopped", "dropped"]

REMEMBERED = 16
"""Utterances that are over and whose last words may still be on their way to the ear."""

PRIORITIES: dict[Kind, Priority] = {
    "answer": Priority.ANSWER,
    "alarm": Priority.ALARM,
    "call": Priority.CALL,
    "navigation": Priority.NAVIGATION,
    "notification": Priority.NOTIFICATION,
    "music": Priority.MUSIC,
    "earcon": Priority.ANSWER,
}


@dataclass(slots=True)
class _Running:
    speech: Speech
    claim: Claim
    on_end: Callable[[End], None]
    attachment: Attachment | None = None
    task: asyncio.Task[None] | None = None
    suspended: bool = False


class Speaking:
    """One session's voice. `voice()`: the device that speaks now; `changed()` is told of every change."""

    def __init__(
        self,
        voice: Callable[[], Attachment | None],
        steady: Callable[[], float],
        changed: Callable[[], None],
    ) -> None:
        self._voice = voice
        self._steady = steady
        self._changed = changed
        self._floor = Floor()
        self._running: dict[str, _Running] = {}
        self._over: dict[str, Speech] = {}

    @property
    def current(self) -> Speech | None:
        """What is being said in front."""
        claim = self._floor.speaking
        running = self._running.get(claim.id) if claim else None
        return running.speech if running else None

    @property
    def sounding(self) -> bool:
        """Whether the wearer hears anything of the hub's now."""
        claim = self._floor.speaking
        running = self._running.get(claim.id) if claim else None
        return bool(
            running and running.attachment and running.attachment.sink and running.attachment.sink.sounding
        )

    def say(
        self,
        speech: Speech,
        on_end: Callable[[End], None],
        when_busy: WhenBusy = "interrupt",
        expires: float = float("inf"),
    ) -> None:
        """Speak as soon as the floor allows."""
        claim = Claim(speech.said.utterance, PRIORITIES[speech.kind], when_busy, expires)
        self._running[claim.id] = _Running(speech, claim, on_end)
        self._carry_out(self._floor.claim(claim, self._steady()))

    def find(self, utterance: str) -> Speech | None:
        """What is said, waits, or was just said under this id: a device plays a little after it was sent."""
        running = self._running.get(utterance)
        return running.speech if running else self._over.get(utterance)

    def stop(self, kinds: frozenset[Kind] | None = None) -> bool:
        """Silence what speaks and waits (of these kinds); False if there was nothing."""
        named = [
            running
            for running in list(self._running.values())
            if kinds is None or running.speech.kind in kinds
        ]
        for running in named:
            self._end(running, "stopped")
        return bool(named)

    def duck(self) -> None:
        """The wearer speaks over it."""
        if self.current is not None:
            self.current.duck()

    def restore(self) -> None:
        """It was nothing."""
        if self.current is not None:
            self.current.restore()

    def suspend(self, attachment: Attachment) -> None:
        """The speaking device lost its connection: keep what wasn't heard."""
        for running in self._running.values():
            if running.attachment is attachment and running.task is not None:
                running.suspended = True
                running.speech.stop()

    def resume(self) -> None:
        """A device is there again: go on from the last heard sentence."""
        for running in list(self._running.values()):
            if running.suspended:
                running.suspended = False
                self._start(running, afresh=True)

    async def close(self) -> None:
        """The session ends: nothing sounds any more."""
        tasks = [running.task for running in self._running.values() if running.task is not None]
        self.stop()
        if tasks:
            await asyncio.wait(tasks, timeout=2)

    # ── carrying out ───────────────────────────────────────────────────────────────────────────────────

    def _carry_out(self, acts: list[Act]) -> None:
        for act in acts:
            running = self._running.get(act.id)
            if running is None:
                continue
            if act.do == "start":
                self._start(running)
            elif act.do == "duck":
                running.speech.duck()
            elif act.do == "restore":
                running.speech.restore()
            else:
                self._running.pop(act.id, None)
                self._remember(running)
                running.speech.stop()
                running.on_end("stopped" if act.do == "stop" else "dropped")
        self._changed()

    def _start(self, running: _Running, *, afresh: bool = False) -> None:
        attachment = self._voice()
        if attachment is None:
            running.suspended = True
            return
        running.attachment = attachment
        before = running.task if afresh else None
        running.task = asyncio.create_task(self._play(running, attachment, before))

    async def _play(
        self, running: _Running, attachment: Attachment, before: asyncio.Task[None] | None
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
            running.speech.again()
        try:
            if await running.speech.play(attachment.sink, attachment.outlet):
                self._end(running, "heard")
            elif attachment.echo is not None:
                attachment.echo.drop_reference(int(self._steady() * 1e6))
        except Exception:
            # Whatever an engine or renderer throws, the floor must be given back.
            log.exception("an utterance broke off")
            self._end(running, "stopped")

    def _end(self, running: _Running, how: End) -> None:
        id = running.claim.id
        if self._running.pop(id, None) is None:
            return
        if how == "stopped":
            running.speech.stop()
        self._remember(running)
        acts = self._floor.finished(id, self._steady())
        running.on_end(how)
        self._carry_out(acts)

    def _remember(self, running: _Running) -> None:
        self._over[running.claim.id] = running.speech
        if len(self._over) > REMEMBERED:
            del self._over[next(iter(self._over))]
