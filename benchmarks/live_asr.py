"""Streaming recognisers with tiny random models: what our side of them costs, and whether they hold the GIL.

    python benchmarks/live_asr.py [--seconds 4] [--folder FOLDER]

*model*: CPU in ms a second of speech, by how many are heard at once. *gil*: which part of the time another
thread of Python waited for it (the kernel's word: neither running nor ready to) while one heard ten seconds
for 16. *live*: N speak at once, in real time: CPU of all threads and of the loop, ms a second of speech each;
"late": from the window that completes a tenth of a second until the words are there. `--folder`: real weights
for sherpa-onnx instead.
"""

import argparse
import asyncio
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from tests.engines.asr import tinymodels
from tests.engines.asr.tinykaldi import kaldi

from lorgnette.engines.asr.live import LiveModel, LiveRecognizer
from lorgnette.engines.asr.sherpa_folder import find
from lorgnette.engines.asr.sherpa_model import SherpaSettings, StreamingSherpa
from lorgnette.engines.asr.vosk_model import VoskModel
from lorgnette.media.wav import read_audio

SHARED = Path(__file__).resolve().parents[2] / "shared/data/speech/jfk.flac"
WINDOW, WINDOW_S = 1024, 0.032


def speech(seconds: float) -> bytes:
    if SHARED.is_file():
        pcm = read_audio(SHARED)
    else:
        pcm = (np.random.default_rng(0).standard_normal(160_000) * 3000).astype("<i2").tobytes()
    return (pcm * (1 + int(seconds * 32_000) // len(pcm)))[: int(seconds * 32_000)]


def model_cost(make: Callable[[], LiveModel[Any]], name: str) -> None:
    sound = speech(10.0)
    for many in (1, 8, 32):
        model = make()
        ears = [model.open("en") for _ in range(many)]
        began = time.process_time()
        for at in range(0, len(sound), 3 * WINDOW):
            model.hear([(ear, sound[at : at + 3 * WINDOW]) for ear in ears])
        model.settle(ears)
        cost = (time.process_time() - began) / many / 10
        print(f"model {name:7} {many:3} at once: {cost * 1000:6.2f} ms CPU a second of speech")


def gil(make: Callable[[], LiveModel[Any]], name: str) -> None:
    model = make()
    ears, sound = [model.open("en") for _ in range(16)], speech(10.0)

    def hear() -> None:
        for at in range(0, len(sound), 10 * WINDOW):
            model.hear([(ear, sound[at : at + 10 * WINDOW]) for ear in ears])

    def python() -> None:
        for _ in range(3_000_000):
            pass

    hearing, counting = (statistics.median(blocked(work) for _ in range(3)) for work in (hear, python))
    print(
        f"gil   {name:7} another thread waits {hearing:6.1%} of the time; beside pure Python {counting:6.1%}"
    )


def blocked(work: Callable[[], None]) -> float:
    """Which part of `work`'s time this thread, which always has something to do, waited for the GIL."""
    thread = threading.Thread(target=work)
    own = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    thread.start()
    before, began = own.read_text().split(), time.perf_counter_ns()
    while thread.is_alive():
        pass
    took = time.perf_counter_ns() - began
    ran, ready = (
        int(now) - int(then) for now, then in zip(own.read_text().split()[:2], before[:2], strict=True)
    )
    return max(0.0, 1 - (ran + ready) / took)


async def live(make: Callable[[], LiveModel[Any]], name: str, many: int, seconds: float) -> None:
    engine = LiveRecognizer(name, frozenset({"en"}), make)
    warm = engine.open("en")
    warm.feed(speech(1.0))
    await warm.finish()
    sound = speech(seconds)
    late: list[float] = []

    async def one(number: int) -> None:
        await asyncio.sleep(number * WINDOW_S / many)
        utterance, began = engine.open("en"), time.perf_counter()
        shown, fed = "", began
        for n, at in enumerate(range(0, len(sound), WINDOW)):
            await asyncio.sleep(max(0.0, began + n * WINDOW_S - time.perf_counter()))
            if utterance.partial != shown:
                shown = utterance.partial
                late.append(time.perf_counter() - fed)
            utterance.feed(sound[at : at + WINDOW])
            if not n % 3:
                fed = time.perf_counter()
        await utterance.finish()

    before, loop_before = resource.getrusage(resource.RUSAGE_SELF), time.thread_time()
    await asyncio.gather(*(one(number) for number in range(many)))
    after = resource.getrusage(resource.RUSAGE_SELF)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    each = 1000 / many / seconds
    loop = (time.thread_time() - loop_before) * each
    print(
        f"live  {name:7} {many:3} speak: {used * each:6.2f} ms CPU, loop {loop:5.2f}; "
        f"late {statistics.median(late) * 1e3:4.0f} ms, {engine.batches} batches"
    )
    await engine.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        zipformer = given.folder or tinymodels.streaming_zipformer(Path(place) / "zipformer")
        makers: dict[str, Callable[[], LiveModel[Any]]] = {
            "sherpa": lambda: StreamingSherpa(find(zipformer), SherpaSettings())
        }
        if given.folder is None:
            vosk = kaldi(Path(place) / "vosk")
            makers["vosk"] = lambda: VoskModel(str(vosk))
        for name, make in makers.items():
            model_cost(make, name)
            gil(make, name)
            for many in (1, 16):
                asyncio.run(live(make, name, many, given.seconds))


if __name__ == "__main__":
    main()
