"""Silero VAD over all sessions at once: one state array, one thread, one model call a batch."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.errors import EngineError
from lorgnette.engines.health import Health
from lorgnette.engines.providers import CPU, chosen, taken
from lorgnette.engines.runner.batch import BatchThread

WINDOW_SAMPLES = 512
WINDOW_BYTES = WINDOW_SAMPLES * 2
MODEL = Path(__file__).with_name("silero_vad_16k_batched.onnx")
"""Silero VAD 6.2.3, its graph rewritten for batches by scripts/silero_batched.py: 16 µs a window, not 57."""

GATHER = 0.008
"""Seconds that a batch waits for company where several speak: alone a window costs some 100 µs."""

_CONTEXT = 64
"""Samples of the window before that the model wants in front (from the Silero package's own wrapper)."""
_STATE = 128
_FIRST_SLOTS = 16

type Done = Callable[[float], None]
type Float32 = NDArray[np.float32]


class WindowModel(Protocol):
    """The network itself: `run(input [B, 576], state [2, B, 128])` → (probabilities [B], new state)."""

    def run(self, windows: Float32, state: Float32) -> tuple[Float32, Float32]: ...


def session_of(path: Path, provider: str = "cpu", *, arena: bool = False, threads: int = 1) -> Any:
    """An onnxruntime session that uses the calling thread and nothing else, on one of `engines.providers`.

    With `threads` it uses so many; none of them spins while it waits.

    Without an arena and plans for every batch size it keeps less memory; our network is as fast.
    """
    import onnxruntime

    wanted = chosen(provider)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = arena
    options.enable_mem_pattern = arena
    order = [(wanted.onnx, dict(wanted.options)), CPU.onnx] if wanted != CPU else [CPU.onnx]
    session = onnxruntime.InferenceSession(str(path), options, providers=order)
    taken(wanted, session.get_providers())
    return session


class OnnxModel:
    """The network on onnxruntime, one thread, no spinning."""

    def __init__(self, path: Path = MODEL, provider: str = CPU.name) -> None:
        self._session = session_of(path, provider)

    def run(self, windows: Float32, state: Float32) -> tuple[Float32, Float32]:
        out: Sequence[Any] = self._session.run(None, {"input": windows, "state": state})
        return out[0][:, 0], out[1]


type _Window = tuple[int, int, bytes, Done, bool]
"""slot, the slot's generation, samples, whom to tell, whether the slot's state starts anew"""


class SileroDetector:
    """`VoiceDetector` on Silero. The model is loaded in the thread, on the first window or by `start`.

    Where windows wait longer than the thread can work (`queue` of them, all slots together), or the model
    fails, a window is answered with 0: no speech. `health()` counts both.
    """

    def __init__(
        self, model: Callable[[], WindowModel] = OnnxModel, *, batch: int = 64, queue: int = 8192
    ) -> None:
        self._make_model = model
        self._model: WindowModel | None = None
        self._thread = BatchThread[_Window](
            "silero", self._work, self._failed, prepare=self._load, batch=batch, queue=queue, gather=GATHER
        )
        self._generations: list[int] = []
        self._free: list[int] = []
        self._fresh: set[int] = set()
        # owned by the thread:
        self._state: Float32 = np.zeros((2, 0, _STATE), np.float32)
        self._context: Float32 = np.zeros((0, _CONTEXT), np.float32)

    # ── on the loop ─────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Load the model now, in the thread; the first window would do it too."""
        self._thread.start()

    def open(self) -> int:
        """A slot with a fresh state."""
        if self._free:
            slot = self._free.pop()
        else:
            slot = len(self._generations)
            self._generations.append(0)
        self._fresh.add(slot)
        return slot

    def submit(self, slot: int, window: bytes, done: Done) -> None:
        if len(window) != WINDOW_BYTES:
            raise EngineError(f"a VAD window has {WINDOW_BYTES} bytes, not {len(window)}")
        fresh = slot in self._fresh
        item = (slot, self._generations[slot], window, done, fresh)
        if not self._thread.put(item):
            self._thread.call_soon(lambda: self._failed((item,)))
        elif fresh:
            self._fresh.discard(slot)

    def reset(self, slot: int) -> None:
        """The next window starts anew, as if nothing had been heard; those before it are still answered."""
        self._fresh.add(slot)

    def close(self, slot: int) -> None:
        """Free the slot; its waiting windows are skipped and never answered."""
        self._generations[slot] += 1
        self._free.append(slot)

    async def aclose(self) -> None:
        await self._thread.aclose()

    def health(self) -> Health:
        return self._thread.health()

    @property
    def batches(self) -> int:
        """Model calls so far."""
        return self._thread.batches

    def _failed(self, items: Sequence[_Window]) -> None:
        self._answer(items, [0.0] * len(items))

    def _answer(self, items: Sequence[_Window], probabilities: Sequence[float]) -> None:
        generations = self._generations
        for (slot, generation, _, done, _), probability in zip(items, probabilities, strict=True):
            if generations[slot] == generation:
                done(probability)

    # ── in the thread ───────────────────────────────────────────────────────────────────────────────────

    def _load(self) -> None:
        self._model = self._make_model()

    def _work(self, items: Sequence[_Window]) -> Callable[[], None] | None:
        self._make_room()
        order: list[_Window] = []
        results: list[float] = []
        for batch in self._rounds(items):
            order += batch
            results += self._run(batch)
        return (lambda: self._answer(order, results)) if order else None

    def _rounds(self, items: Sequence[_Window]) -> list[list[_Window]]:
        """Batches in which a slot comes once: its windows need the state after the one before."""
        generations = self._generations
        rounds: list[list[_Window]] = []
        seen: dict[int, int] = {}
        for item in items:
            slot = item[0]
            if generations[slot] != item[1]:
                continue  # closed meanwhile
            at = seen.get(slot, 0)
            seen[slot] = at + 1
            if at == len(rounds):
                rounds.append([])
            rounds[at].append(item)
        return rounds

    def _run(self, items: Sequence[_Window]) -> list[float]:
        assert self._model is not None
        slots = np.array([item[0] for item in items], np.intp)
        fresh = [item[0] for item in items if item[4]]
        if fresh:
            self._state[:, fresh] = 0.0
            self._context[fresh] = 0.0
        pcm = np.frombuffer(b"".join([item[2] for item in items]), "<i2")
        inputs = np.empty((len(items), _CONTEXT + WINDOW_SAMPLES), np.float32)
        inputs[:, :_CONTEXT] = self._context[slots]
        scale = np.float32(1 / 32768)
        np.multiply(pcm.reshape(len(items), WINDOW_SAMPLES), scale, out=inputs[:, _CONTEXT:])
        probabilities, state = self._model.run(inputs, self._state[:, slots])
        self._state[:, slots] = state
        self._context[slots] = inputs[:, -_CONTEXT:]
        answers: list[float] = probabilities.tolist()
        return answers

    def _make_room(self) -> None:
        have, need = len(self._context), len(self._generations)
        if need <= have:
            return
        size = max(_FIRST_SLOTS, have)
        while size < need:
            size *= 2
        state = np.zeros((2, size, _STATE), np.float32)
        context = np.zeros((size, _CONTEXT), np.float32)
        state[:, :have] = self._state
        context[:have] = self._context
        self._state, self._context = state, context
