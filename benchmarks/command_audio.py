"""Audio for judging the command recogniser: the recordings of ../shared, and sounds made here."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lorgnette.engines.asr.english import number_words
from lorgnette.media.wav import read_audio

RATE = 16_000
SPEECH = Path(__file__).resolve().parents[2] / "shared/data/speech"
Samples = NDArray[np.float32]
Wave = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Clip:
    """One utterance. `kind`: command, speech, noise, music, silence, babble; `text`: what a command says."""

    name: str
    kind: str
    pcm: bytes
    text: str | None = None

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / RATE


def commands() -> list[Clip]:
    """The 51 recordings of English commands."""
    return [
        Clip(line["file"], "command", read_audio(SPEECH / line["file"]), normal(line["text"]))
        for line in _index()
        if _is_command(line)
    ]


def strangers(seconds: float = 4.0) -> list[Clip]:
    """All other recordings, cut in clips of four seconds: 49 of them."""
    size = int(seconds * RATE) * 2
    clips = []
    for line in _index():
        if not _is_command(line):
            pcm = read_audio(SPEECH / line["file"])
            parts = [pcm[at : at + size] for at in range(0, len(pcm), size)]
            clips += [Clip(f"{line['file']}#{n}", "speech", part) for n, part in enumerate(parts)]
    return clips


def normal(text: str) -> str:
    """As the recogniser writes it: lower case, numbers in words."""
    text = re.sub(r"\d+", lambda digits: number_words(int(digits[0])), text.lower().replace("’", "'"))
    return " ".join(text.split())


def sounds(rng: np.random.Generator, count: int = 8) -> list[Clip]:
    """Noise (white, brown, pulsing), music (chords with a beat) and silence."""
    clips = []
    for number in range(count):
        noise = rng.standard_normal(int(rng.uniform(1.5, 4) * RATE))
        if number % 3 == 1:
            noise = brown(noise)
        if number % 3 == 2:
            pulse = np.sin(np.arange(len(noise)) / RATE * 2 * np.pi * rng.uniform(1, 6))
            noise = np.convolve(noise, np.ones(6) / 6, "same") * (1 + pulse)
        clips.append(Clip(f"noise {number}", "noise", pcm_of(noise, rng.uniform(-40, -3))))
        clips.append(Clip(f"music {number}", "music", pcm_of(_chords(rng), rng.uniform(-20, -3))))
    for number, level in enumerate((0.0, 1.0, 3.0)):
        hiss = rng.standard_normal(2 * RATE) * level
        clips.append(Clip(f"silence {number}", "silence", hiss.astype(np.int16).tobytes()))
    return clips


def babble(rng: np.random.Generator, voices: list[bytes], count: int = 20) -> list[Clip]:
    """Three to six voices at once, four seconds."""
    clips = []
    for number in range(count):
        mix = np.zeros(4 * RATE)
        for voice in rng.choice(len(voices), int(rng.integers(3, 7)), replace=False):
            one = samples_of(voices[voice])
            mix += (
                np.resize(np.roll(one, rng.integers(len(one))), len(mix))
                / np.abs(one).max()
                * rng.uniform(0.4, 1)
            )
        clips.append(Clip(f"babble {number}", "babble", pcm_of(mix, -6)))
    return clips


def varied(rng: np.random.Generator, samples: Samples) -> bytes:
    """The same utterance in another room: speed ±5 %, echo, pauses around it, noise, level."""
    if rng.random() < 0.6:
        rate = rng.uniform(0.95, 1.05)
        places = np.arange(int(len(samples) / rate)) * rate
        samples = np.interp(places, np.arange(len(samples)), samples).astype(np.float32)
    if rng.random() < 0.35:
        samples = _room(rng, samples)
    before, after = (np.zeros(int(rng.uniform(0.15, 0.7) * RATE)) for _ in range(2))
    samples = np.concatenate([before, samples, after])
    snr = rng.uniform(18, 30) if rng.random() < 0.5 else rng.uniform(30, 50)
    noise = rng.standard_normal(len(samples))
    if rng.random() < 0.5:
        noise = brown(noise)
    noise *= np.sqrt(np.mean(samples**2)) / noise.std() * 10 ** (-snr / 20)
    return pcm_of(samples + noise, rng.uniform(-24, -3))


def pcm_of(samples: Wave, peak_db: float) -> bytes:
    """PCM16 with its peak at this level."""
    peak = max(float(np.abs(samples).max()), 1e-9)
    return (samples / peak * 10 ** (peak_db / 20) * 32767).astype("<i2").tobytes()


def samples_of(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


def brown(noise: Wave) -> Wave:
    """Noise with most of its power low, without drift."""
    walk = np.cumsum(noise)
    return walk - np.convolve(walk, np.ones(800) / 800, "same")


def _room(rng: np.random.Generator, samples: Samples) -> Samples:
    size = int(rng.uniform(0.15, 0.4) * RATE)
    tail = rng.standard_normal(size) * np.exp(-6.9 * np.arange(size) / size)
    tail *= rng.uniform(0.15, 0.5) / np.sqrt(np.sum(tail**2))
    tail[0] = 1
    return np.convolve(samples, tail)[: len(samples) + RATE // 10].astype(np.float32)


def _chords(rng: np.random.Generator) -> Wave:
    music = np.zeros(4 * RATE)
    beat = rng.uniform(0.25, 0.6)
    for number in range(int(4 / beat)):
        begin = int(number * beat * RATE)
        time = np.arange(min(len(music) - begin, int(beat * 1.2 * RATE))) / RATE
        root = 110 * 2 ** (rng.integers(0, 24) / 12)
        for interval in (0, 4, 7, 12):
            decay = np.exp(-time * rng.uniform(1, 6))
            for overtone in range(1, 7):
                pitch = root * 2 ** (interval / 12) * overtone
                music[begin : begin + len(time)] += np.sin(2 * np.pi * pitch * time) / overtone * decay
        drum = rng.standard_normal(min(800, len(music) - begin))
        music[begin : begin + len(drum)] += 3 * drum * np.exp(-np.arange(len(drum)) / 200)
    return music


def _index() -> list[dict[str, str]]:
    return [json.loads(line) for line in (SPEECH / "index.jsonl").read_text("utf-8").splitlines()]


def _is_command(line: dict[str, str]) -> bool:
    return line["file"].startswith("commands/en") and bool(line["text"])
