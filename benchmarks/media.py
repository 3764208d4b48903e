"""Cost of each thing that runs per 20 ms frame or 32 ms window, in µs; prints JSON.

    python benchmarks/media.py [--rounds 3]

Each figure is the median of the rounds, of CPU time a call, on real speech where ../shared is there.
"""

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from lorgnette.core.audio import FRAME_BYTES, RATE, Codec
from lorgnette.media import (
    DUCK_DB,
    Aligner,
    EnergyGate,
    Gain,
    JitterBuffer,
    available_codecs,
    echo_available,
    is_echo_of,
    level_db,
    levels_db,
    make_decoder,
    make_encoder,
    make_resampler,
    mix,
    read_audio,
)

SHARED = Path(__file__).resolve().parents[2] / "shared/data/speech/jfk.flac"


def speech() -> bytes:
    if SHARED.is_file():
        return read_audio(SHARED)[: RATE * 2 * 10]
    return (np.random.default_rng(0).standard_normal(RATE * 10) * 3000).astype(np.int16).tobytes()


def frames(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data) - size + 1, size)]


def measure[T](make: Callable[[], Callable[[T], object]], inputs: Sequence[T], rounds: int) -> float:
    """Median over the rounds of µs a call; state is made anew each round and warmed by one pass of ten."""
    taken = []
    for _ in range(rounds):
        call = make()
        for item in inputs[:10]:
            call(item)
        begin = time.process_time_ns()
        for item in inputs:
            call(item)
        taken.append((time.process_time_ns() - begin) / len(inputs) / 1000)
    return round(statistics.median(taken), 2)


def resampler(rate: int, target: int) -> Callable[[], Callable[[bytes], object]]:
    return lambda: make_resampler(rate, target).push


def decoder(codec: Codec) -> Callable[[], Callable[[bytes], object]]:
    return lambda: make_decoder(codec, RATE).decode


def encoder_of(codec: Codec) -> Callable[[], Callable[[bytes], object]]:
    return lambda: make_encoder(codec, RATE).encode


def resampling(rounds: int) -> dict[str, float]:
    found = {}
    for rate in (8000, 22_050, 24_000, 44_100, 48_000):
        noise = (np.random.default_rng(1).standard_normal(rate * 10) * 3000).astype(np.int16).tobytes()
        found[f"{rate} to 16000"] = measure(resampler(rate, RATE), frames(noise, rate // 50 * 2), rounds)
    for rate in (24_000, 48_000):
        found[f"16000 to {rate}"] = measure(resampler(RATE, rate), frames(speech(), FRAME_BYTES), rounds)
    return found


def lateness() -> dict[str, dict[str, float]]:
    """The most sound, in ms, that a resampler holds back once it runs, fed with 20 ms frames."""
    import soxr

    found: dict[str, dict[str, float]] = {}
    for rate in (8000, 24_000, 44_100, 48_000):
        frame = rate // 50
        noise = (np.random.default_rng(1).standard_normal(rate * 4) * 3000).astype(np.int16)
        row = found[f"{rate} to 16000"] = {"ours": round(make_resampler(rate, RATE).delay_ms, 1)}
        for quality in ("LQ", "MQ", "HQ"):
            stream, given, held = soxr.ResampleStream(rate, RATE, 1, dtype="int16", quality=quality), 0, 0.0
            for at in range(0, len(noise), frame):
                given += len(stream.resample_chunk(noise[at : at + frame]))
                if at > rate:
                    held = max(held, (at + frame) / rate - given / RATE)
            row[f"soxr {quality}"] = round(held * 1000, 1)
    return found


def codecs(sound: list[bytes], rounds: int) -> dict[str, float]:
    found = {}
    for codec in available_codecs():
        encoder = make_encoder(codec, RATE)
        payloads = [encoder.encode(frame) for frame in sound]
        found[f"{codec} decode"] = measure(decoder(codec), payloads, rounds)
        found[f"{codec} encode"] = measure(encoder_of(codec), sound, rounds)
    return found


def mixing(sound: list[bytes], rounds: int) -> dict[str, float]:
    loud, low = Gain(), Gain(DUCK_DB)

    def ramp() -> Callable[[bytes], object]:
        gain = Gain()
        gain.set_db(DUCK_DB, 1e7)
        return lambda frame: mix([(frame, gain)])

    return {
        "one source, full level": measure(lambda: lambda frame: mix([(frame, loud)]), sound, rounds),
        "one source, ducked": measure(lambda: lambda frame: mix([(frame, low)]), sound, rounds),
        "one source, on a ramp": measure(ramp, sound, rounds),
        "two sources": measure(lambda: lambda frame: mix([(frame, loud), (frame, low)]), sound, rounds),
    }


def gating(data: bytes, rounds: int) -> dict[str, float]:
    windows = frames(data, 1024)

    def alone() -> Callable[[bytes], object]:
        gate = EnergyGate()
        return lambda window: gate.update(level_db(window))

    found = {"one window": measure(alone, windows, rounds)}
    for size in (8, 64, 256):
        rows = np.frombuffer(b"".join(windows), np.int16).reshape(-1, 512)
        batches = [rows[(np.arange(size) + at) % len(rows)] for at in range(100)]

        def make(size: int = size) -> Callable[[np.ndarray], object]:
            gates = [EnergyGate() for _ in range(size)]
            return lambda batch: [
                gate.update(level) for gate, level in zip(gates, levels_db(batch).tolist(), strict=True)
            ]

        found[f"a window in a batch of {size}"] = round(measure(make, batches, rounds) / size, 2)
    return found


def echo(sound: list[bytes], rounds: int) -> dict[str, float]:
    if not echo_available():
        return {}

    def playing() -> Callable[[tuple[int, bytes]], object]:
        aligner = Aligner()

        def call(item: tuple[int, bytes]) -> None:
            aligner.push_reference(item[1], item[0] * 20_000 + 60_000)
            aligner.clean(item[1], item[0] * 20_000)

        return call

    def quiet() -> Callable[[tuple[int, bytes]], object]:
        aligner = Aligner()
        return lambda item: aligner.clean(item[1], item[0] * 20_000)

    numbered = list(enumerate(sound))
    return {
        "while playing": measure(playing, numbered, rounds),
        "nothing plays": measure(quiet, numbered, rounds),
    }


def others(sound: list[bytes], rounds: int) -> dict[str, float]:
    def jitter() -> Callable[[tuple[int, bytes]], object]:
        buffer, offset = JitterBuffer[bytes](), iter(range(10**9))
        return lambda item: buffer.push(next(offset), item[1])

    sentence = "The timer is set for five minutes, and tomorrow I will remind you to call Anna."
    partials = [sentence[10 : 20 + at % 50] for at in range(500)]
    return {
        "jitter buffer, in order": measure(jitter, list(enumerate(sound)), rounds),
        "own sentence in a partial": measure(
            lambda: lambda partial: is_echo_of(partial, sentence), partials, rounds
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    data = speech()
    sound = frames(data, FRAME_BYTES)
    result = {
        "unit": "µs of CPU a call",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": platform.machine(),
        "resample, a 20 ms frame": resampling(rounds),
        "resampler, most ms held back": lateness(),
        "codec, a 20 ms frame": codecs(sound, rounds),
        "mix, a 20 ms frame": mixing(sound, rounds),
        "energy gate": gating(data, rounds),
        "echo control, a 20 ms frame": echo(sound, rounds),
        "other": others(sound, rounds),
    }
    print(json.dumps(result, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
