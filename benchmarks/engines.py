"""Each engine on its own: first result, real-time factor, memory, and what it takes from the loop.

    python benchmarks/engines.py [--rounds 20] [--commands 20]

Rows: `start` (ready and the loop's longest stall meanwhile), `tts` by language, `tts load` (many sentences at
once), `call` (a request's way to a worker and back, without work), `asr` on ../shared's commands where the
recogniser and the data are there; `engine`: what `lorgnette bench` finds of every engine that needs no
settings, on every chip. first_ms is until the first chunk, rtf is time ÷ length of the audio.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.core.errors import LorgnetteError
from lorgnette.engines.runner import ProcessPool, cores
from lorgnette.engines.tts.espeak import EspeakSynthesizer

COMMANDS = Path(__file__).resolve().parents[2] / "shared/data/speech/commands"
SENTENCES = {
    "en": [
        "It is a quarter past nine.",
        "Your timer for five minutes is running, and the second one ends at half past three.",
        "I added milk, eggs and bread to your shopping list.",
    ],
    "de": [
        "Es ist Viertel nach neun.",
        "Dein Timer läuft fünf Minuten, und der zweite endet um halb vier.",
        "Ich habe Milch, Eier und Brot auf deine Einkaufsliste gesetzt.",
    ],
    "zh": [
        "现在九点一刻。",
        "好的，五分钟的计时器已经开始了，第二个三点半结束。",
        "我已经把牛奶、鸡蛋和面包加到购物清单里了。",
    ],
}


def median(values: list[float], digits: int = 2) -> float:
    return round(statistics.median(values), digits)


def megabytes(pid: int) -> float:
    """Resident memory of a process that it shares with nobody, and its part of the rest (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


async def stall(work: Callable[[], Awaitable[Any]]) -> tuple[float, float]:
    """Seconds that `work` took, and the loop's longest stall while it ran."""
    longest, running = 0.0, True

    async def watch() -> None:
        nonlocal longest
        last = time.perf_counter()
        while running:
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0.01)
    longest = 0.0
    begin = time.perf_counter()
    await work()
    took = time.perf_counter() - begin
    running = False
    await watching
    return took, longest


async def speak(voice: EspeakSynthesizer, text: str, language: str) -> tuple[float, float, float]:
    """First chunk, whole, length of the audio, in seconds."""
    begin, first, size = time.perf_counter(), 0.0, 0
    async for chunk in voice.speak(text, language):
        first = first or time.perf_counter() - begin
        size += len(chunk)
    return first, time.perf_counter() - begin, size / BYTES_PER_SECOND


async def tts_rows(rounds: int) -> list[dict[str, Any]]:
    voice = EspeakSynthesizer()
    took, longest = await stall(voice.pool.ready)
    rows: list[dict[str, Any]] = [
        {
            "part": "start",
            "what": "espeak",
            "ready_ms": round(took * 1000),
            "stall_ms": round(longest * 1000, 1),
        }
    ]
    while voice.health().workers < min(2, cores()):
        await asyncio.sleep(0.01)
    for language, sentences in SENTENCES.items():
        heard = [await speak(voice, text, language) for _ in range(rounds) for text in sentences]
        rows.append(
            {
                "part": "tts",
                "what": f"espeak {language}",
                "first_ms": median([first * 1000 for first, _, _ in heard]),
                "first_max_ms": round(max(first for first, _, _ in heard) * 1000, 1),
                "rtf": median([whole / audio for _, whole, audio in heard], 4),
            }
        )
    load = [speak(voice, SENTENCES["en"][n % 3], "en") for n in range(60)]
    cpu, begin = time.process_time(), time.perf_counter()
    heard = await asyncio.gather(*load)
    rows.append(
        {
            "part": "tts load",
            "what": "espeak, 60 sentences at once",
            "first_ms": median([first * 1000 for first, _, _ in heard]),
            "first_max_ms": round(max(first for first, _, _ in heard) * 1000, 1),
            "rtf": round((time.perf_counter() - begin) / sum(audio for _, _, audio in heard), 4),
            "hub_cpu_ms": round((time.process_time() - cpu) * 1000 / len(heard), 2),
        }
    )
    rows.append(
        {
            "part": "memory",
            "what": "espeak worker",
            "mb": median([megabytes(pid) for pid in voice.pool.pids()], 1),
        }
    )
    await voice.aclose()
    return rows


class Nothing:
    """An engine that gives back what it gets."""

    def echo(self, audio: bytes) -> int:
        return len(audio)


async def call_rows(rounds: int) -> list[dict[str, Any]]:
    folder = str(Path(__file__).parent)
    pool = ProcessPool("nothing", "engines:Nothing", workers=1, environment={"PYTHONPATH": folder})
    await pool.ready()
    rows = []
    for seconds in (0, 3, 15):
        body, taken = bytes(seconds * BYTES_PER_SECOND), []
        cpu = time.process_time()
        for _ in range(rounds * 5):
            begin = time.perf_counter()
            await pool.call("echo", body)
            taken.append((time.perf_counter() - begin) * 1000)
        rows.append(
            {
                "part": "call",
                "what": f"{seconds} s of audio there and back",
                "first_ms": median(taken, 3),
                "hub_cpu_ms": round((time.process_time() - cpu) * 1000 / len(taken), 3),
            }
        )
    await pool.aclose()
    return rows


async def asr_rows(most: int) -> list[dict[str, Any]]:
    files = sorted(COMMANDS.glob("en_*.flac"))[:most]
    if not files:
        return []
    import soundfile

    from lorgnette.engines.registry import EngineChoice, Sentence, build_engines

    sentences = [Sentence("set a timer for {duration}"), Sentence("what time is it"), Sentence("stop")]
    engines = build_engines(EngineChoice(vad=(), asr=("pocketsphinx",), tts=()), {"en": sentences})
    (engine,) = engines.recognizer.engines  # type: ignore[attr-defined]
    try:
        took, longest = await stall(engine.pool.ready)
        heard = []
        for file in files:
            pcm = soundfile.read(file, dtype="int16")[0].tobytes()
            begin = time.perf_counter()
            await engine.recognize(pcm, "en")
            heard.append((time.perf_counter() - begin, len(pcm) / BYTES_PER_SECOND))
        return [
            {
                "part": "start",
                "what": "pocketsphinx",
                "ready_ms": round(took * 1000),
                "stall_ms": round(longest * 1000, 1),
            },
            {
                "part": "asr",
                "what": "pocketsphinx, 3 sentences",
                "first_ms": median([took * 1000 for took, _ in heard]),
                "first_max_ms": round(max(took for took, _ in heard) * 1000, 1),
                "rtf": median([took / audio for took, audio in heard], 4),
            },
            {
                "part": "memory",
                "what": "pocketsphinx worker",
                "mb": round(megabytes(engine.pool.pids()[0]), 1),
            },
        ]
    finally:
        await engines.aclose()


async def engine_rows(most: int) -> list[dict[str, Any]]:
    """Engines × chips × languages by the bench itself; a chip that isn't here is a row that says so."""
    from lorgnette.engines.registry import KINDS, Sentence, available
    from lorgnette.gauge import Candidate, candidates, recordings
    from lorgnette.gauge import measure as gauged

    bases = [Candidate(kind, name) for kind in KINDS for name in available(kind)]
    found = [one for one in candidates(bases) if not one.pretends]
    sentences = {"en": [Sentence("set a timer for {duration}", {"duration": "duration"}), Sentence("stop")]}
    folder = COMMANDS.parent
    material = recordings([folder], "en", most) if folder.is_dir() else []
    rows: list[dict[str, Any]] = []
    async for candidate, figures in gauged(found, material, ("de", "en", "zh"), sentences, seconds=3.0):
        for one in figures:
            row = {"part": "engine", "what": f"{candidate.name} {one.language}".strip(), "chip": one.provider}
            if not one.usable:
                if candidate.provider != "cpu" or not one.absent:  # not: what only lacks a setting
                    rows.append({**row, "not measured": one.why})
                continue
            measured = {
                "first_ms": one.first_s and round(one.first_s * 1000, 3),
                "answer_ms": one.answer_s and round(one.answer_s * 1000, 1),
                "rtf": one.rtf,
                "mb": one.memory_mb,
                "ready_ms": one.load_s and round(one.load_s * 1000),
                "64 microphones, s of sound a second": one.per_s,
            }
            rows.append({**row, **{name: value for name, value in measured.items() if value is not None}})
    return rows


async def measure(rounds: int, commands: int) -> dict[str, Any]:
    rows, notes = await tts_rows(rounds) + await call_rows(rounds), [f"{cores()} cores"]
    rows += await engine_rows(commands // 4)
    try:
        rows += await asr_rows(commands)
    except LorgnetteError as error:
        notes.append(f"no asr rows: {error.detail}")
    return {"rows": rows, "keys": ["part", "what", "chip"], "notes": notes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--commands", type=int, default=20)
    given = parser.parse_args()
    print(json.dumps(asyncio.run(measure(given.rounds, given.commands)), ensure_ascii=False))


if __name__ == "__main__":
    main()
