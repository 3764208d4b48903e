"""Turn completion: how often a pause in a sentence is taken for its end, and how long the end is waited for.

    python benchmarks/turns.py --model smart-turn-v3.2-cpu.onnx

*pauses*: silences of 0.3 to 0.8 s with speech behind them, in the long recordings of ../shared, as the hub's
VAD and endpointer see them; cut in: the utterance would have ended before the speech went on. *ends*: the
short commands of ../shared, followed by silence; delay: from the last speech to the end. Nobody understands
words here, so that without the ear every silence of 0.6 s ends an utterance. Both count every verdict,
however late; *late* says how many took longer than their deadline here, and would have changed nothing.
"""

import argparse
import asyncio
import json
import statistics
import time
from dataclasses import dataclass
from typing import Any

import command_audio
import numpy as np

from lorgnette.core.audio import RATE
from lorgnette.engines.turn.smart import SmartTurn
from lorgnette.engines.vad.silero import SileroDetector
from lorgnette.media.wav import read_audio
from lorgnette.session.completion import DEADLINE, Pause, read
from lorgnette.session.endpoint import WINDOW_SECONDS, Endpointer, Patience

SHORTEST, LONGEST = 0.3, 0.8
WINDOW = 512
PATIENCE = Patience()
KEEP = Endpointer.KEEP
BREAK = 1.2
"""After so long a silence a new utterance begins, whatever is measured."""


@dataclass(frozen=True, slots=True)
class Silence:
    """The sound of an utterance up to 0.2 s into it, and its whole length."""

    name: str
    sound: bytes
    seconds: float


async def probabilities(vad: SileroDetector, pcm: bytes) -> list[float]:
    slot = vad.open()
    found: list[float] = []
    for at in range(0, len(pcm) - 2 * WINDOW + 1, 2 * WINDOW):
        vad.submit(slot, pcm[at : at + 2 * WINDOW], found.append)
        while at % (64 * WINDOW) == 0 and len(found) < at // (2 * WINDOW):
            await asyncio.sleep(0.001)
    while len(found) < len(pcm) // (2 * WINDOW):
        await asyncio.sleep(0.001)
    vad.close(slot)
    return found


def silences(name: str, pcm: bytes, speech: list[float]) -> list[Silence]:
    """Every silence behind which speech goes on; the last one, too, with the length infinity."""
    found, begin, quiet, heard = [], 0, 0, False
    ask = round(PATIENCE.ask / WINDOW_SECONDS + 0.5)
    for number, probability in enumerate((*speech, *([0.0] * 64))):
        if probability >= KEEP:
            if heard and quiet * WINDOW_SECONDS >= SHORTEST:
                sound = pcm[begin * 2 * WINDOW : (number - quiet + ask) * 2 * WINDOW]
                found.append(Silence(name, sound, quiet * WINDOW_SECONDS))
            if not heard or quiet * WINDOW_SECONDS > BREAK:
                begin = max(0, number - 12)
            heard, quiet = True, 0
        else:
            quiet += 1
    end = len(speech) + 64 - quiet + ask
    padded = pcm + bytes(ask * 2 * WINDOW)
    if heard:
        found.append(Silence(name, padded[begin * 2 * WINDOW : end * 2 * WINDOW], float("inf")))
    return found


async def limit(judge: SmartTurn | None, one: Silence) -> tuple[float, float]:
    """Seconds of silence that would end it, and how long the verdict took."""
    pause = Pause()
    if judge is None:
        return pause.seconds(PATIENCE), 0.0
    begin = time.perf_counter()
    sure = await judge.finished(one.sound)
    took = time.perf_counter() - begin
    pause.verdict = read(sure)
    return pause.seconds(PATIENCE), took


async def row(
    name: str, judge: SmartTurn | None, pauses: list[Silence], ends: list[Silence]
) -> dict[str, Any]:
    cut = [await limit(judge, one) for one in pauses]
    done = [await limit(judge, one) for one in ends]
    took = [one[1] for one in (*cut, *done)]
    cuts = sum(seconds < one.seconds for (seconds, _), one in zip(cut, pauses, strict=True))
    return {
        "ear": name,
        "pauses": len(pauses),
        "cut in": cuts,
        "cut in %": round(100 * cuts / len(pauses), 1),
        "ends": len(ends),
        "delay mean s": round(statistics.mean(one[0] for one in done), 3),
        "delay p90 s": round(float(np.quantile([one[0] for one in done], 0.9)), 2),
        "ends within 0.5 s %": round(100 * sum(one[0] <= 0.5 for one in done) / len(done), 1),
        "verdict median ms": round(statistics.median(took) * 1000, 1),
        "late": sum(one > DEADLINE for one in took),
    }


async def measure(model: str) -> dict[str, Any]:
    if not command_audio.SPEECH.is_dir():
        return {"rows": [], "keys": ["ear"], "notes": ["no recordings: ../shared/data/speech is missing"]}
    vad = SileroDetector()
    pauses, ends = [], []
    for path in sorted(command_audio.SPEECH.glob("*.flac")):
        pcm = read_audio(path)
        found = silences(path.name, pcm, await probabilities(vad, pcm))
        pauses += [one for one in found if one.seconds <= LONGEST]
    for path in sorted((command_audio.SPEECH / "commands").glob("*.flac")):
        pcm = read_audio(path)
        ends += silences(path.name, pcm, await probabilities(vad, pcm))[-1:]
    rows = [await row("none", None, pauses, ends)]
    if model:
        judge = SmartTurn(model)
        await judge.finished(bytes(RATE))
        rows.append(await row("smart", judge, pauses, ends))
        await judge.aclose()
    await vad.aclose()
    sources = len({one.name for one in pauses})
    return {
        "rows": rows,
        "keys": ["ear"],
        "notes": [f"pauses from {sources} recordings, read or spoken freely"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="", help="file of the Smart Turn network; without it only silence")
    given = parser.parse_args()
    print(json.dumps(asyncio.run(measure(given.model))))


if __name__ == "__main__":
    main()
