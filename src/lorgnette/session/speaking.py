"""What a session says: it asks the floor for every utterance and carries out the floor's acts."""

import asyncio
import logging
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field
from typing import Final, Literal

from lorgnette.session.attachment import Attachment
from lorgnette.session.floor import Act, Claim, Floor, Priority, WhenBusy
from lorgnette.session.said import Said
from lorgnette.session.speech import Kind, Speech

log = logging.getLogger(__name__)

End = Literal["heard", "stopped", "cut", "dropped"]
"""heard: all was sent · stopped: somebody stopped it · cut: something of more weight took the floor ·
dropped: it never got the floor."""
MOMENTARY: Final[frozenset[Kind]] = frozenset({"alarm", "earcon"})
"""Not kept for a device that comes back: an alarm rings anew, an earcon has had its moment."""

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
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    """The one that plays, and those that are about to end since the device went away."""
    suspended: bool = False

    def cancel(self) -> None:
        """End the playing, unless it is what asks for it."""
        for task in self.tasks:
            if task is not asyncio.current_task():
                task.cancel()


class Speaking:
    """One session's voice. `voice(kind)`: the device that says it now; `changed()`: something did.

    `context`: in which it plays, so that engines know for whom.
    """

    def __init__(
        self,
        voice: Callable[[Kind], Attachment | None],
        steady: Callable[[], float],
        changed: Callable[[], None],
        context: Context | None = None,
    ) -> None:
        self._voice = voice
        self._context = context
        self._steady = steady
        self._changed = changed
        self._floor = Floor()
        self._running: dict[str, _Running] = {}
        self._over: dict[str, Said] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def current(self) -> Speech | None:
        """What is being said in front; nothing while its device is away."""
        claim = self._floor.speaking
        running = self._running.get(claim.id) if claim else None
        return running.speech if running and not running.suspended else None

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

    def find(self, utterance: str) -> Said | None:
        """What is said, waits, or was just said under this id: a device plays a little after it was sent."""
        running = self._running.get(utterance)
        return running.speech.said if running else self._over.get(utterance)

    def says(self, turn: str) -> bool:
        """Whether a reply of this turn is being said, or waits for the floor or a device."""
        return any(running.speech.said.turn == turn for running in self._running.values())

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
        for running in list(self._running.values()):
            if running.attachment is not attachment:
                continue
            if running.speech.kind in MOMENTARY:
                self._end(running, "cut")
            else:
                running.suspended = True
                running.speech.stop()
                running.cancel()

    def resume(self) -> None:
        """A device is there again: go on from the last heard sentence."""
        for running in list(self._running.values()):
            if running.suspended:
                running.suspended = False
                self._start(running)
        self._changed()

    def forget(self) -> None:
        """What is over isn't remembered any more."""
        self._over.clear()

    async def close(self) -> None:
        """The session ends: nothing sounds any more."""
        self.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

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
                running.cancel()
                running.on_end("cut" if act.do == "stop" else "dropped")
                running.speech.release()
        self._changed()

    def _start(self, running: _Running) -> None:
        attachment = running.attachment = self._voice(running.speech.kind)
        if attachment is None:
            if running.speech.kind in MOMENTARY:
                self._end(running, "dropped")
            else:
                running.suspended = True
            return
        work = self._play(running, attachment, tuple(running.tasks))
        task = asyncio.create_task(work, context=self._context)
        for tasks in (running.tasks, self._tasks):
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    async def _play(
        self, running: _Running, attachment: Attachment, before: tuple[asyncio.Task[None], ...]
    ) -> None:
        finished = False
        try:
            if before:
                await asyncio.wait(before)
            running.speech.again()
            finished = await running.speech.play(attachment.sink, attachment.outlet)
        except Exception:
            # Whatever an engine or renderer throws, the floor must be given back.
            log.exception("an utterance broke off")
            self._end(running, "stopped")
        finally:
            if not finished and attachment.echo is not None:
                attachment.echo.drop_reference(int(self._steady() * 1e6))
        if finished:
            self._end(running, "heard")

    def _end(self, running: _Running, how: End) -> None:
        id = running.claim.id
        if self._running.pop(id, None) is None:
            return
        if how != "heard":
            running.speech.stop()
            running.cancel()
        self._remember(running)
        acts = self._floor.finished(id, self._steady())
        running.on_end(how)
        running.speech.release()
        self._carry_out(acts)

    def _remember(self, running: _Running) -> None:
        self._over[running.claim.id] = running.speech.said
        if len(self._over) > REMEMBERED:
            del self._over[next(iter(self._over))]
