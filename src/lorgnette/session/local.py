"""A device without a wire: recordings and typed text take part in a session like any glasses."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Self

import msgspec

from lorgnette.core import events
from lorgnette.core.audio import BYTES_PER_SECOND, FRAME_BYTES, FRAME_MS
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker
from lorgnette.core.ids import new_id
from lorgnette.core.people import Device
from lorgnette.session.attachment import Attachment
from lorgnette.session.sessions import Sessions

TAIL_SECONDS: Final = 1.6
"""Silence fed after a recording, so that its last words end."""
TURN_SECONDS: Final = 90.0

CAPABILITIES: Final = Capabilities(
    form="everyday",
    microphone=Microphone(listen="always"),
    speaker=Speaker(),
    display=Display(),
    inputs=("text",),
)


@dataclass(slots=True)
class _Heard:
    """What came back since the turn began."""

    speech: bytearray = field(default_factory=bytearray)
    scenes: dict[str, Any] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)


class LocalDevice:
    """Implements the session's `Outlet` in memory; everything sent to it counts as heard."""

    def __init__(self, sessions: Sessions, wearer: str, name: str = "command line") -> None:
        self._sessions = sessions
        self._device = Device(id=new_id("local-"), name=name, wearer=wearer)
        self._attachment: Attachment | None = None
        self._heard = _Heard()
        self._done: asyncio.Queue[events.TurnDone] = asyncio.Queue(64)
        self.speech = bytearray()
        """Everything the hub said, PCM16 mono 16 kHz."""
        self.keep_speech = False

    async def __aenter__(self) -> Self:
        self._attachment = await self._sessions.attach(self._device, CAPABILITIES, self, passing=True)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._attachment is not None:
            self._attachment.detach()
            self._sessions.left(self._device.wearer)

    # ── Outlet ─────────────────────────────────────────────────────────────────────────────────────────

    def send(self, event: events.ToDevice) -> None:
        match event:
            case events.Transcript(turn=turn, language=language):
                self._heard.languages[turn] = language
            case events.Show(id=id, scene=scene):
                self._heard.scenes[id] = msgspec.to_builtins(scene)
            case events.Hide(id=id):
                self._heard.scenes.pop(id, None)
            case events.SentenceEnd(utterance=utterance, index=index):
                if self._attachment is not None:
                    self._attachment.event(events.Played(utterance, index))
            case events.TurnDone():
                if not self._done.full():
                    self._done.put_nowait(event)
            case _:
                pass

    def audio(self, pcm: bytes, time_us: int) -> None:
        del time_us
        if self.keep_speech:
            self.speech += pcm

    # ── turns ──────────────────────────────────────────────────────────────────────────────────────────

    async def typed(self, text: str, language: str = "") -> dict[str, Any]:
        """One typed turn, to its end."""
        attachment = self._here
        self._begin()
        attachment.event(events.Typed(text, language))
        async with asyncio.timeout(TURN_SECONDS):
            return self._result(await self._done.get())

    async def recorded(
        self, pcm: bytes, language: str = "", *, realtime: bool = False
    ) -> list[dict[str, Any]]:
        """A recording through the ears, turn by turn; one entry for each utterance that was answered."""
        attachment = self._here
        self._begin()
        attachment.language = language
        attachment.event(events.ListenStart("always"))
        results = []
        loop = asyncio.get_running_loop()
        due = loop.time()
        for frame in _frames(pcm):
            attachment.audio(frame, int(loop.time() * 1e6))
            due += FRAME_MS / 1000
            if realtime:
                await asyncio.sleep(max(0.0, due - loop.time()))
            else:
                await self._keep_up(attachment)
            while not self._done.empty():
                results.append(self._result(self._done.get_nowait()))
        while self._busy(attachment):
            try:
                async with asyncio.timeout(TURN_SECONDS):
                    results.append(self._result(await self._done.get()))
            except TimeoutError:
                break
        attachment.event(events.ListenStop())
        return results

    async def _keep_up(self, attachment: Attachment) -> None:
        """Faster than real time: wait for the VAD, and let a turn end before more is heard."""
        ears = attachment.ears
        session = self._sessions.of(self._device.wearer)
        await asyncio.sleep(0)
        while (ears is not None and ears.backlog) or (session is not None and session.busy):
            await asyncio.sleep(0.001)

    def _busy(self, attachment: Attachment) -> bool:
        session = self._sessions.of(self._device.wearer)
        ears = attachment.ears
        return (session is not None and session.busy) or (ears is not None and ears.utterance is not None)

    @property
    def _here(self) -> Attachment:
        if self._attachment is None:
            raise RuntimeError("use it with `async with`")
        return self._attachment

    def _begin(self) -> None:
        self._heard = _Heard()
        while not self._done.empty():
            self._done.get_nowait()

    def _result(self, done: events.TurnDone) -> dict[str, Any]:
        heard, self._heard = self._heard, _Heard()
        return turn_result(done, heard.languages.get(done.turn, ""), list(heard.scenes.values()))


def turn_result(done: events.TurnDone, language: str, scenes: list[Any]) -> dict[str, Any]:
    """One object a turn, as `--json` prints it; timings are each stage's length."""
    names = ("skill", "tool", "arguments", "result")
    return {
        "transcript": done.transcript,
        "lang": language,
        "reply": done.reply,
        "outcome": done.outcome,
        "tools": [{name: one[name] for name in names} for one in done.tools],
        "scenes": scenes,
        "timings_ms": {stage: round(end - begin, 2) for stage, begin, end in done.stages},
    }


def _frames(pcm: bytes) -> Iterator[bytes]:
    padded = pcm + bytes(int(TAIL_SECONDS * BYTES_PER_SECOND))
    for start in range(0, len(padded) - FRAME_BYTES + 1, FRAME_BYTES):
        yield padded[start : start + FRAME_BYTES]
