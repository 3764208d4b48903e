"""Wake words: how often they are heard, what follows them, and how often something else is taken for one.

    python benchmarks/wake.py [--words hey_jarvis,okay_nabu,alexa] [--piper VOICE.onnx] [--commands 24]

Everything goes the way of a microphone: energy gate, wake detector, VAD, endpointer. *alone*: the word and
then silence; *at once*: a command follows without a pause; by voices of eSpeak at three rates (and Piper's
where a voice is given), over noise of −64 dBFS. *understood*: commands by PocketSphinx and the skills'
grammar, behind the word with a pause, at once, and pushed without a word. *false*: all recordings of
../shared. lag: from the word's end to the detection.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import command_audio
import numpy as np

from lorgnette.core.audio import RATE
from lorgnette.engines.protocols import Recognizer, Synthesizer, Wake
from lorgnette.engines.registry import EngineChoice, Sentence, build_engines
from lorgnette.engines.tts.espeak import EspeakSynthesizer
from lorgnette.engines.tts.piper import PiperSynthesizer
from lorgnette.engines.vad.silero import SileroDetector
from lorgnette.engines.wake.openwakeword import OpenWakeWords
from lorgnette.media.level import EnergyGate
from lorgnette.session.ears import WINDOW_BYTES, Ears, Utterance
from lorgnette.session.endpoint import WINDOW_SECONDS, Patience
from lorgnette.session.expectation import expected
from lorgnette.session.levels import LevelBatch
from lorgnette.session.waking import Waking

VOICES = ("en-us", "en-gb", "en-gb-scotland", "en-us+f2", "en-us+f4", "en-gb+f2", "en-us+m3", "en-us+m7")
RATES = (0.85, 1.0, 1.2)
COMMANDS = (
    "what time is it",
    "set a timer for five minutes",
    "cancel all timers",
    "wake me at half past seven",
    "what's on my shopping list",
    "stop",
)
TAIL = 0.06
"""Silence that a voice leaves at the end of a sentence."""
NOISE = 20.0
AHEAD = 12
"""Windows fed before the engines are waited for: as a microphone gives them, they never fall behind."""

type Voice = tuple[str, Synthesizer]


@dataclass
class Ear:
    """One microphone: a `Listener` that keeps what it hears."""

    detector: OpenWakeWords
    vad: SileroDetector
    woken: list[tuple[Wake, float]] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    now: float = 1.0

    def __post_init__(self) -> None:
        self.ears = Ears(self.vad, LevelBatch(), EnergyGate(), self, lambda: self.now, Patience())

    def wait(self) -> None:
        self.ears.wait(lambda: Waking(self.detector, self._woken))

    def _woken(self, wake: Wake, windows: Sequence[tuple[bytes, float]]) -> None:
        behind = windows[round(wake.tail / WINDOW_SECONDS) :]
        at = behind[0][1] if behind else self.now
        self.woken.append((wake, at))
        self.ears.awaken(windows)

    def on_start(self, ears: Ears, utterance: Utterance) -> None: ...

    def on_window(self, ears: Ears, probability: float) -> None: ...

    def on_pause(self, ears: Ears, utterance: Utterance) -> None: ...

    def on_words(self, ears: Ears, utterance: Utterance) -> None: ...

    def on_drop(self, ears: Ears, utterance: Utterance) -> None: ...

    def on_end(self, ears: Ears, utterance: Utterance) -> None:
        self.heard.append(bytes(utterance.audio))
        ears.rest()

    def on_nobody(self, ears: Ears) -> None:
        ears.rest()

    async def feed(self, pcm: bytes) -> None:
        for number, at in enumerate(range(0, len(pcm) - WINDOW_BYTES + 1, WINDOW_BYTES)):
            self.now += WINDOW_SECONDS
            self.ears.push(pcm[at : at + WINDOW_BYTES])
            if number % AHEAD == 0:
                await self.settled()
        await self.settled()

    async def settled(self) -> None:
        await asyncio.sleep(0)
        while self.ears.backlog or (health := self.detector.health()).queued or health.running:
            await asyncio.sleep(0.001)
        await asyncio.sleep(0)


async def say(voice: Synthesizer, text: str, rate: float) -> bytes:
    pcm = b"".join([chunk async for chunk in voice.speak(text, "en", rate)])
    return pcm[: max(0, len(pcm) - int(TAIL * RATE) * 2)]


def noisy(rng: np.random.Generator, *parts: bytes | float) -> bytes:
    """Sound and seconds of silence one after the other, over some noise."""
    pcm = b"".join(bytes(int(part * RATE) * 2) if isinstance(part, float) else part for part in parts)
    wave = np.frombuffer(pcm, "<i2") + rng.normal(0, NOISE, len(pcm) // 2)
    return np.clip(np.rint(wave), -32768, 32767).astype("<i2").tobytes()


def row(
    part: str, word: str, voices: str, n: int, ear: Sequence[Ear], ends: Sequence[float]
) -> dict[str, Any]:
    lags = [one.woken[0][1] - end for one, end in zip(ear, ends, strict=True) if one.woken]
    found: dict[str, Any] = {
        "part": part,
        "word": word,
        "voices": voices,
        "n": n,
        "heard": len(lags),
        "heard %": round(100 * len(lags) / n),
    }
    if lags:
        found["lag s"] = round(statistics.median(lags), 2)
        low, high = np.quantile(lags, (0.1, 0.9))
        found["lag p10 s"], found["lag p90 s"] = round(float(low), 2), round(float(high), 2)
    return found


async def detections(
    word: str, voices: dict[str, list[Voice]], vad: SileroDetector, rng: np.random.Generator
) -> list[dict[str, Any]]:
    detector = OpenWakeWords([word])
    rows = []
    for kind, several in voices.items():
        for part in ("alone", "at once"):
            ears, ends = [], []
            for _, voice in several:
                for rate in RATES:
                    sound = await say(voice, detector.words[0], rate)
                    after = await say(voice, COMMANDS[1], rate) if part == "at once" else 0.5
                    ear = Ear(detector, vad)
                    ear.wait()
                    await ear.feed(noisy(rng, 0.6, sound, after, 1.2))
                    ear.ears.dispose()
                    ears.append(ear)
                    ends.append(1.0 + 0.6 + len(sound) / 2 / RATE)
            rows.append(row(part, detector.words[0], kind, len(ears), ears, ends))
    await detector.aclose()
    return rows


async def understood(
    word: str,
    several: list[Voice],
    vad: SileroDetector,
    recogniser: Recognizer,
    rng: np.random.Generator,
    most: int,
) -> list[dict[str, Any]]:
    """How many commands are right behind the word; of those whose word was heard."""
    detector = OpenWakeWords([word])
    said = detector.words[0]
    cases = [(voice, text) for _, voice in several for text in COMMANDS][:most]
    rows = []
    for how, parts in (("pushed, no word", None), ("after a pause", 0.8), ("at once", 0.0)):
        right = heard = 0
        for voice, text in cases:
            command = await say(voice, text, 1.0)
            ear = Ear(detector, vad)
            if parts is None:
                ear.ears.open("push")
                await ear.feed(noisy(rng, 0.4, command, 1.5))
                heard += 1
            else:
                ear.wait()
                await ear.feed(noisy(rng, 0.6, await say(voice, said, 1.0), parts, command, 1.5))
                heard += bool(ear.woken)
            ear.ears.dispose()
            for pcm in ear.heard[:1]:
                stream = recogniser.open("en")
                stream.feed(pcm)
                answer = expected(await stream.finish())
                right += answer.decision != "reject" and answer.text == command_audio.normal(text)
        rows.append(
            {
                "part": "understood",
                "word": said,
                "voices": how,
                "n": len(cases),
                "heard": heard,
                "right": right,
            }
        )
    await detector.aclose()
    return rows


async def false_alarms(words: list[str], vad: SileroDetector) -> tuple[list[dict[str, Any]], float]:
    clips = [clip.pcm for clip in (*command_audio.commands(), *command_audio.strangers())]
    hours = sum(map(len, clips)) / 2 / RATE / 3600
    rows = []
    for word in words:
        detector = OpenWakeWords([word])
        ear = Ear(detector, vad)
        ear.wait()
        begin = time.process_time()
        for clip in clips:
            await ear.feed(clip)
        spent = time.process_time() - begin
        rows.append(
            {
                "part": "false",
                "word": detector.words[0],
                "voices": "recordings",
                "n": len(clips),
                "heard": len(ear.woken),
                "hours": round(hours, 3),
                "CPU ms a second": round(spent * 1000 / (hours * 3600), 1),
            }
        )
        ear.ears.dispose()
        await detector.aclose()
    return rows, hours


async def measure(words: list[str], piper: str, most: int) -> dict[str, Any]:
    rng = np.random.default_rng(7)
    vad = SileroDetector()
    espeak: list[Voice] = [(name, EspeakSynthesizer({"en": name}, workers=1)) for name in VOICES]
    voices = {"eSpeak": espeak}
    if piper:
        voices["Piper"] = [("piper", PiperSynthesizer([piper]))]
    engines = build_engines(EngineChoice(vad=(), tts=()), {"en": skills()})
    notes = [f"{len(VOICES)} voices of eSpeak at rates {', '.join(map(str, RATES))}"]
    rows: list[dict[str, Any]] = []
    try:
        for word in words:
            rows += await detections(word, voices, vad, rng)
        rows += await understood(
            words[0], voices.get("Piper", []) + espeak, vad, engines.recognizer, rng, most
        )
        if command_audio.SPEECH.is_dir():
            found, hours = await false_alarms(words, vad)
            rows += found
            notes.append(f"{hours:.2f} hours of recordings: too few to tell a rate of false alarms")
    finally:
        await engines.aclose()
        await vad.aclose()
        for several in voices.values():
            for _, voice in several:
                await voice.aclose()  # type: ignore[attr-defined]
    return {"rows": rows, "keys": ["part", "word", "voices"], "notes": notes}


def skills() -> list[Sentence]:
    from lorgnette.mind.reflexes import Reflexes
    from lorgnette.sdk.registry import load_skills

    return [Sentence(template, slots) for template, slots in Reflexes(load_skills()).sentences("en")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", default="hey_jarvis,okay_nabu,alexa")
    parser.add_argument("--piper", default="")
    parser.add_argument("--commands", type=int, default=24)
    given = parser.parse_args()
    print(json.dumps(asyncio.run(measure(given.words.split(","), given.piper, given.commands))))


if __name__ == "__main__":
    main()
