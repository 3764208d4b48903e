"""A hub elsewhere, reached as a device reaches it: over the native protocol, in real time."""

import asyncio
from typing import Any, Self

import msgspec
from picows import WSError

from lorgnette.core import events
from lorgnette.core.audio import BYTES_PER_SECOND, FRAME_BYTES, FRAME_MS
from lorgnette.core.errors import Denied, LorgnetteError
from lorgnette.gateways.native.softdevice import SoftDevice
from lorgnette.session.local import turn_result

ANSWER_SECONDS = 90.0
TAIL_SECONDS = 1.6
QUIET_SECONDS = 1.5
"""After a recording: no new turn for this long means that there is none."""


class RemoteHub:
    """`hear --hub` and `say --hub`. Without a token on the line `Denied` says how to get one."""

    def __init__(self, url: str, token: str) -> None:
        if not token:
            raise Denied("--hub needs a device token: --token, or LORGNETTE_TOKEN; get one by pairing")
        self._url = url.replace("http", "ws", 1) if url.startswith("http") else url
        self._device = SoftDevice(token, name="command line", on_event=self._take)
        self._done: asyncio.Queue[events.TurnDone] = asyncio.Queue(64)
        self._languages: dict[str, str] = {}
        self._scenes: dict[str, Any] = {}
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
        match event:
            case events.Transcript(turn=turn, language=language):
                self._languages[turn] = language
            case events.Show(id=id, scene=scene):
                self._scenes[id] = msgspec.to_builtins(scene)
            case events.Hide(id=id):
                self._scenes.pop(id, None)
            case events.State(state=state):
                self._state = state
            case events.TurnDone() if not self._done.full():
                self._done.put_nowait(event)
            case _:
                pass

    async def typed(self, text: str, language: str) -> dict[str, Any]:
        """One typed turn."""
        self._scenes.clear()
        self._device.event(events.Typed(text, language))
        return await self._next(ANSWER_SECONDS)

    async def recorded(self, pcm: bytes) -> list[dict[str, Any]]:
        """A recording, in real time."""
        self._scenes.clear()
        self._device.event(events.ListenStart("always"))
        results: list[dict[str, Any]] = []
        loop = asyncio.get_running_loop()
        due = loop.time()
        sound = pcm + bytes(int(TAIL_SECONDS * BYTES_PER_SECOND))
        for start in range(0, len(sound) - FRAME_BYTES + 1, FRAME_BYTES):
            self._device.microphone(sound[start : start + FRAME_BYTES])
            due += FRAME_MS / 1000
            await asyncio.sleep(max(0.0, due - loop.time()))
            while not self._done.empty():
                results.append(self._result(self._done.get_nowait()))
        while True:
            try:
                results.append(await self._next(QUIET_SECONDS if self._state == "idle" else ANSWER_SECONDS))
            except TimeoutError:
                break
        self._device.event(events.ListenStop())
        return results

    async def _next(self, seconds: float) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            return self._result(await self._done.get())

    def _result(self, done: events.TurnDone) -> dict[str, Any]:
        scenes, self._scenes = list(self._scenes.values()), {}
        return turn_result(done, self._languages.pop(done.turn, ""), scenes)
