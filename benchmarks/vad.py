"""Silero VAD: µs a window in the model by batch, and what a live window costs loop, process and wearer.

    python benchmarks/vad.py [--seconds 4]

*model*: CPU of one run of the network, by batch size, beside the network as its makers publish it. *live*: N
sessions send a window every 32 ms, each at its own moment, in real time; the loop's CPU is its thread's,
less what the pacing alone costs; wait is from `submit` to `done`.
"""

import argparse
import asyncio
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from lorgnette.engines.vad.silero import WINDOW_BYTES, OnnxModel, SileroDetector, WindowModel, session_of

SHARED = Path(__file__).resolve().parents[2] / "shared/data/speech/jfk.flac"
PUBLISHED = Path(__file__).resolve().parents[1] / "tests/engines/vad/silero_vad_16k_op15.onnx"
WINDOW_S = 0.032


def speech() -> list[bytes]:
    if SHARED.is_file():
        import soundfile

        pcm = soundfile.read(SHARED, dtype="int16")[0].tobytes()
    else:
        pcm = (np.random.default_rng(0).standard_normal(160_000) * 3000).astype(np.int16).tobytes()
    return [pcm[at : at + WINDOW_BYTES] for at in range(0, len(pcm) - WINDOW_BYTES + 1, WINDOW_BYTES)]


class Published:
    """The network of the silero-vad package; it needs the arena, without which it takes twice as long."""

    def __init__(self) -> None:
        self._session = session_of(PUBLISHED, arena=True)

    def run(self, windows: np.ndarray, state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        out = self._session.run(None, {"input": windows, "state": state, "sr": np.array(16_000)})
        return out[0][:, 0], out[1]


def model_row(batch: int) -> dict[str, object]:
    """Median CPU time of the networks alone, in turns."""
    inputs = np.random.default_rng(1).normal(0, 0.1, (batch, 576)).astype(np.float32)
    state = np.zeros((2, batch, 128), np.float32)
    models: dict[str, WindowModel] = {"network_us": OnnxModel(), "published_us": Published()}
    taken: dict[str, list[float]] = {name: [] for name in models}
    for _ in range(20 + 3000 // batch):
        for name, model in models.items():
            begin = time.thread_time_ns()
            model.run(inputs, state)
            taken[name].append((time.thread_time_ns() - begin) / 1000 / batch)
    medians = {name: round(statistics.median(times), 1) for name, times in taken.items()}
    return {"part": "model", "n": batch, **medians}


async def live_row(make: Callable[[], WindowModel], sessions: int, seconds: float) -> dict[str, object]:
    windows = speech()
    detector = SileroDetector(make)
    detector.start()
    slots = [detector.open() for _ in range(sessions)]
    waits: list[float] = []

    async def pace(submit: Callable[[int, bytes], None]) -> tuple[int, float, float]:
        """Windows sent, CPU of this thread, CPU of the process."""
        sent, begin = 0, time.monotonic()
        thread, process = time.thread_time(), time.process_time()
        while (now := time.monotonic() - begin) < seconds:
            due = int(now / WINDOW_S * sessions)  # each session at its own phase of the 32 ms
            while sent < due:
                submit(slots[sent % sessions], windows[sent // sessions % len(windows)])
                sent += 1
            await asyncio.sleep(0.001)
        return sent, time.thread_time() - thread, time.process_time() - process

    def send(slot: int, window: bytes) -> None:
        at = time.monotonic()
        detector.submit(slot, window, lambda _: waits.append(time.monotonic() - at))

    warm: list[float] = []
    detector.submit(slots[0], windows[0], warm.append)
    while not warm:
        await asyncio.sleep(0.01)
    before = detector.batches
    bare_sent, bare_thread, bare_process = await pace(lambda _slot, _window: None)
    sent, thread, process = await pace(send)
    batches = detector.batches - before
    await detector.aclose()
    waits.sort()
    return {
        "part": "live",
        "n": sessions,
        "loop_us": round((thread / sent - bare_thread / bare_sent) * 1e6, 1),
        "process_us": round((process / sent - bare_process / bare_sent) * 1e6, 1),
        "batch": round(sent / batches, 1),
        "wait_p50_ms": round(waits[len(waits) // 2] * 1000, 2),
        "wait_p95_ms": round(waits[int(len(waits) * 0.95)] * 1000, 2),
        "wait_max_ms": round(waits[-1] * 1000, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0)
    seconds = parser.parse_args().seconds
    rows = [model_row(batch) for batch in (1, 8, 32, 64)]
    rows += [asyncio.run(live_row(OnnxModel, sessions, seconds)) for sessions in (1, 25, 100, 250)]
    cores = len(os.sched_getaffinity(0))
    print(
        json.dumps(
            {"rows": rows, "keys": ["part", "n"], "notes": [f"{cores} cores; onnxruntime, one thread"]}
        )
    )


if __name__ == "__main__":
    main()
