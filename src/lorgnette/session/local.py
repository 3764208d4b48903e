"""A device without a wire: recordings and typed text take part in a session like any glasses."""

import asyncio
from typing import Any, Final, Self

from lorgnette.core import events
from lorgnette.core.audio import FRAME_MS
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker
from lorgnette.core.ids import new_id
from lorgnette.core.people import Device
from lorgnette.session.attachment import Attachment
from lorgnette.session.results import TurnResults, frames_of
from lorgnette.session.sessions import Sessions

TURN_SECONDS: Final = 90.0

CAPABILITIES: Final = Capabilities(
    form="everyday",
    microphone=Microphone(listen="always"),
    speaker=Speaker(),
    display=Display(),
    inputs=("text",),
)


class LocalDevice:
    """Implements the session's `Outlet` in memory; everything sent to it counts as heard."""

    def __init__(self, sessions: Sessions, wearer: str, name: str = "command line") -> None:
        self._sessions = sessions
        self._device = Device(id=new_id("local-"), name=name, wearer=wearer)
        self._attachment: Attachment | None = None
        self._results = TurnResults()
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
        self._results.take(event)
        if isinstance(event, events.SentenceEnd) and self._attachment is not None:
            self._attachment.event(events.Played(event.utterance, event.index))

    def audio(self, pcm: bytes, time_us: int) -> None:
        del time_us
        if self.keep_speech:
            self.speech += pcm

    # ── turns ──────────────────────────────────────────────────────────────────────────────────────────

    async def typed(self, text: str, language: str = "") -> dict[str, Any]:
        """One typed turn, to its end."""
        attachment = self._here
        self._results.begin()
        attachment.event(events.Typed(text, language))
        return await self._results.next(TURN_SECONDS)

    async def recorded(
        self, pcm: bytes, language: str = "", *, realtime: bool = False
    ) -> list[dict[str, Any]]:
        """A recording through the ears, turn by turn; one entry for each utterance that was answered."""
        attachment = self._here
        self._results.begin()
        attachment.language = language
        attachment.event(events.ListenStart("always"))
        results: list[dict[str, Any]] = []
        loop = asyncio.get_running_loop()
        due = loop.time()
        for frame in frames_of(pcm):
            attachment.audio(frame, int(loop.time() * 1e6))
            due += FRAME_MS / 1000
            if realtime:
                await asyncio.sleep(max(0.0, due - loop.time()))
            else:
                await self._keep_up(attachment)
            results += self._results.over()
        while self._busy(attachment):
            try:
                results.append(await self._results.next(TURN_SECONDS))
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
