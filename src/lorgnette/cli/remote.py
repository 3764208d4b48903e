"""A hub elsewhere, reached as a device reaches it: over the native protocol, in real time."""

import asyncio
from typing import Any, Self

from picows import WSError

from lorgnette.core import events
from lorgnette.core.audio import FRAME_MS
from lorgnette.core.errors import Denied, LorgnetteError
from lorgnette.gateways.native.softdevice import SoftDevice
from lorgnette.session.results import TurnResults, frames_of

ANSWER_SECONDS = 90.0
QUIET_SECONDS = 1.5
"""After a recording: no new turn for this long means that there is none."""


class RemoteHub:
    """`hear --hub` and `say --hub`. Without a token on the line `Denied` says how to get one."""

    def __init__(self, url: str, token: str) -> None:
        if not token:
            raise Denied("--hub needs a device token: --token, or LORGNETTE_TOKEN; get one by pairing")
        self._url = url.replace("http", "ws", 1) if url.startswith("http") else url
        self._device = SoftDevice(token, name="command line", on_event=self._take)
        self._results = TurnResults()
        self._state = "idle"

    async def __aenter__(self) -> Self:
        try:
            await self._device.connect(self._url)
        except (OSError, ValueError, WSError) as error:
            raise LorgnetteError(f"{self._url} can't be reached: {error or type(error).__name__}") from None
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._device.close()

    def _take(self, event: events.ToDevice) -> None:
        self._results.take(event)
        if isinstance(event, events.State):
            self._state = event.state

    async def typed(self, text: str, language: str) -> dict[str, Any]:
        """One typed turn."""
        self._results.begin()
        self._device.event(events.Typed(text, language))
        return await self._results.next(ANSWER_SECONDS)

    async def recorded(self, pcm: bytes) -> list[dict[str, Any]]:
        """A recording, in real time."""
        self._results.begin()
        self._device.event(events.ListenStart("always"))
        results: list[dict[str, Any]] = []
        loop = asyncio.get_running_loop()
        due = loop.time()
        for frame in frames_of(pcm):
            self._device.microphone(frame)
            due += FRAME_MS / 1000
            await asyncio.sleep(max(0.0, due - loop.time()))
            results += self._results.over()
        while True:
            try:
                results.append(
                    await self._results.next(QUIET_SECONDS if self._state == "idle" else ANSWER_SECONDS)
                )
            except TimeoutError:
                break
        self._device.event(events.ListenStop())
        return results
