"""Smart Turn v3 on onnxruntime: one thread for all sessions, what waits in one batch, no spinning."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.health import Health
from lorgnette.engines.runner import BatchThread
from lorgnette.engines.turn.whisper_mel import FRAMES, MELS, features

_INPUT = "input_features"
_BATCH = 8
"""More at once would only make the first wait for the last."""


class _Asked(NamedTuple):
    pcm: bytes
    answer: asyncio.Future[float]


class SmartTurn:
    """`TurnJudge`. `model`: the network's file, `[B, 80, 800]` features → `[B, 1]` probabilities."""

    name = "smart"

    def __init__(self, model: str | Path = "", *, queue: int = 64) -> None:
        if not str(model):
            raise EngineError("no network is named: turn_smart.model is a file as smart-turn-v3.2-cpu.onnx")
        self._path = Path(model).expanduser()
        if not self._path.is_file():
            raise EngineError(f"there is no file {self._path}")
        self._session: Any = None
        self._thread = BatchThread[_Asked](
            f"turn-{self.name}", self._work, self._failed, prepare=self._load, batch=_BATCH, queue=queue
        )

    def start(self) -> None:
        """Load the network now, in the thread; the first question would do it too."""
        self._thread.start()

    async def finished(self, pcm: bytes) -> float | None:
        answer: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        if not self._thread.put(_Asked(pcm, answer)):
            raise Busy(f"{self.name}: too many questions wait already")
        return await answer

    async def aclose(self) -> None:
        await self._thread.aclose()

    def health(self) -> Health:
        return self._thread.health()

    def _failed(self, items: Sequence[_Asked]) -> None:
        for item in items:
            if not item.answer.done():
                item.answer.set_exception(EngineError(f"{self.name}: {self._thread.health().last_error}"))

    # ── in the thread ───────────────────────────────────────────────────────────────────────────────────

    def _load(self) -> None:
        from lorgnette.engines.vad.silero import session_of

        session = session_of(self._path)
        shapes = {one.name: list(one.shape) for one in session.get_inputs()}
        if list(shapes) != [_INPUT] or shapes[_INPUT][1:] != [MELS, FRAMES]:
            raise EngineError(f"{self._path.name} takes {shapes} and not {_INPUT} [B, {MELS}, {FRAMES}]")
        session.run(None, {_INPUT: np.zeros((1, MELS, FRAMES), np.float32)})
        self._session = session

    def _work(self, items: Sequence[_Asked]) -> Callable[[], None] | None:
        wanted = [item for item in items if not item.answer.done()]
        if not wanted:
            return None
        seen = np.stack([features(item.pcm) for item in wanted])
        values = np.asarray(self._session.run(None, {_INPUT: seen})[0], np.float64).reshape(len(wanted), -1)
        return partial(_tell, wanted, np.clip(values[:, 0], 0, 1).tolist())


def _tell(items: Sequence[_Asked], values: Sequence[float]) -> None:
    for item, value in zip(items, values, strict=True):
        if not item.answer.done():
            item.answer.set_result(value)
