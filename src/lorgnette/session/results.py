"""What a command shows of a turn: the events that come back, gathered into one object a turn."""

import asyncio
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from lorgnette.core import events
from lorgnette.core.audio import BYTES_PER_SECOND, FRAME_BYTES

TAIL_SECONDS: Final = 1.6
"""Silence fed after a recording, so that its last words end."""
MOST_WAITING: Final = 64


class TurnResults:
    """Give it every event of the hub with `take`; turns come out in their order."""

    def __init__(self) -> None:
        self._done: asyncio.Queue[events.TurnDone] = asyncio.Queue(MOST_WAITING)
        self._languages: dict[str, str] = {}
        self._scenes: dict[str, Any] = {}

    def take(self, event: events.ToDevice) -> None:
        """One event; what isn't about a turn is left alone."""
        match event:
            case events.Transcript(turn=turn, language=language):
                self._languages[turn] = language
            case events.Show(id=id, scene=scene):
                self._scenes[id] = msgspec.to_builtins(scene)
            case events.Hide(id=id):
                self._scenes.pop(id, None)
            case events.TurnDone() if not self._done.full():
                self._done.put_nowait(event)
            case _:
                pass

    def begin(self) -> None:
        """Forget what was before."""
        self._languages.clear()
        self._scenes.clear()
        while not self._done.empty():
            self._done.get_nowait()

    def over(self) -> list[dict[str, Any]]:
        """The turns that are over by now."""
        results = []
        while not self._done.empty():
            results.append(self._result(self._done.get_nowait()))
        return results

    async def next(self, seconds: float) -> dict[str, Any]:
        """The next turn; `TimeoutError` when none ends in time."""
        async with asyncio.timeout(seconds):
            return self._result(await self._done.get())

    def _result(self, done: events.TurnDone) -> dict[str, Any]:
        """One object a turn, as `--json` prints it; timings are each stage's length."""
        scenes, self._scenes = list(self._scenes.values()), {}
        names = ("skill", "tool", "arguments", "result")
        return {
            "transcript": done.transcript,
            "lang": self._languages.pop(done.turn, ""),
            "reply": done.reply,
            "outcome": done.outcome,
            "tools": [{name: one[name] for name in names} for one in done.tools],
            "scenes": scenes,
            "timings_ms": {stage: round(end - begin, 2) for stage, begin, end in done.stages},
        }


def frames_of(pcm: bytes) -> Iterator[bytes]:
    """A recording as a microphone gives it, with silence at its end."""
    padded = pcm + bytes(int(TAIL_SECONDS * BYTES_PER_SECOND))
    for start in range(0, len(padded) - FRAME_BYTES + 1, FRAME_BYTES):
        yield padded[start : start + FRAME_BYTES]
