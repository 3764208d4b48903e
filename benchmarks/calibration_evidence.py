"""Evidence for calibrating the command recogniser: many utterances, decoded with several grammars.

    python benchmarks/calibration_evidence.py FOLDER

FOLDER is what `calibration_speech.py` made. Four grammars are drawn from its sentences; every utterance, in
another room each time, is decoded with each: right where the sentence is in the grammar and was heard, wrong
else. Besides, beginnings of commands, commands with other speech around them, noise, music, babble. The
recordings of ../shared are decoded with their own 51 phrases and with all the sentences here, as they are and
in other rooms. Writes `calibration_evidence.csv` beside this file; seeded. Takes fifteen minutes of one core.
"""

import argparse
import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from calibration_phrases import FREE, PROMPTS, SLOTS, TEMPLATES
from command_audio import RATE, Clip, Samples, babble, commands, samples_of, sounds, strangers, varied

from lorgnette.engines.asr.evidence import BOUNDS, evidence
from lorgnette.engines.asr.grammar import (
    PHONE_WORDS,
    CompiledGrammar,
    Phrase,
    compile_grammar,
    plain_word,
)
from lorgnette.engines.asr.passes import Passes
from lorgnette.media.wav import read_audio

FILE = Path(__file__).with_name("calibration_evidence.csv")
HARMLESS = frozenset(("please", "the", "a", "an", "my", "some", "is", "of", "all", "and", "to", "on", "in"))
SHARE = 0.6
"""Of the utterances, for each grammar."""


@dataclass(frozen=True, slots=True)
class Row:
    """One utterance decoded with one grammar. `source`: the recording it comes from.

    `speaker` begins with "shared" for the recordings of ../shared; no evidence: nothing was heard.
    """

    source: str
    kind: str
    speaker: str
    grammar: str
    heard: str
    right: bool
    evidence: dict[str, float]

    @property
    def real(self) -> bool:
        return self.speaker.startswith("shared")


def load() -> list[Row]:
    """What was written, less the utterances in which nothing was heard."""
    with FILE.open(encoding="utf-8") as file:
        return [
            Row(
                **{name: line[name] for name in ("source", "kind", "speaker", "grammar", "heard")},
                right=line["right"] == "1",
                evidence={name: float(line[name]) for name in BOUNDS},
            )
            for line in csv.DictReader(file)
        ]


def save(rows: list[Row]) -> None:
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["source", "kind", "speaker", "grammar", "heard", "right", *BOUNDS])
        for row in rows:
            values = [f"{row.evidence[name]:.3f}" for name in BOUNDS]
            writer.writerow(
                [row.source, row.kind, row.speaker, row.grammar, row.heard, int(row.right), *values]
            )


def made(folder: Path) -> Iterator[Row]:
    """Of the utterances in the folder."""
    prompts = sorted(PROMPTS.values())
    for number in range(4):
        draw = random.Random(number)
        inside = (
            [*draw.sample(TEMPLATES, 56), *draw.sample(prompts, 33)] if number else [*TEMPLATES, *prompts]
        )
        compiled = compile_grammar([Phrase(template, SLOTS) for template in inside])
        passes = Passes(compiled)
        for item, pcm in _utterances(folder, set(inside), np.random.default_rng(number)):
            yield row(passes, compiled, pcm, grammar=f"drawn {number}", **item)


def real() -> Iterator[Row]:
    """Of the recordings, and of sounds."""
    rng = np.random.default_rng(5)
    clips = [*commands(), *strangers()]
    own = compile_grammar([clip.text for clip in clips if clip.text])
    others = compile_grammar([Phrase(template, SLOTS) for template in TEMPLATES])
    for name, grammar, copies, noises in (("own", own, 3, 20), ("others", others, 1, 40)):
        passes = Passes(grammar)
        for clip in clips:
            for copy in range(copies + 1):
                pcm = varied(rng, samples_of(clip.pcm)) if copy else clip.pcm
                speaker = "shared varied" if copy else "shared"
                yield _of_clip(passes, grammar, clip, pcm, name, speaker)
        for clip in sounds(rng, noises):
            yield _of_clip(passes, grammar, clip, clip.pcm, name, "")


def _of_clip(
    passes: Passes, grammar: CompiledGrammar, clip: Clip, pcm: bytes, name: str, speaker: str
) -> Row:
    source = clip.name.partition("#")[0]
    return row(passes, grammar, pcm, name, file=source, kind=clip.kind, speaker=speaker, text=clip.text)


def row(
    passes: Passes,
    compiled: CompiledGrammar,
    pcm: bytes,
    grammar: str,
    *,
    file: str,
    kind: str,
    speaker: str,
    text: str | None,
    **_: object,
) -> Row:
    command = passes.command(pcm)
    words = [plain_word(part.word) for part in command if not part.is_filler]
    said = any(word not in PHONE_WORDS for word in words)
    return Row(
        source=file,
        kind=kind,
        speaker=speaker,
        grammar=grammar,
        heard=" ".join(words),
        right=said and text is not None and same(words, text),
        evidence=evidence(command, passes.phones(pcm), compiled.lexicon) if said else {},
    )


def _utterances(
    folder: Path, inside: set[str], rng: np.random.Generator
) -> Iterator[tuple[dict[str, Any], bytes]]:
    items = json.loads((folder / "items.json").read_text("utf-8"))
    voices = [read_audio(folder / item["file"]) for item in items]
    known = [n for n, item in enumerate(items) if item["template"] in inside]
    whole = [n for n in known if not any(f"{{{name}}}" in items[n]["template"] for name in FREE)]
    talk = [n for n, item in enumerate(items) if item["kind"] == "talk"]
    for number, item in enumerate(items):
        if rng.random() < SHARE * (1.5 if number in set(known) else 0.8):
            yield item, varied(rng, samples_of(voices[number]))
    for number in rng.choice(whole, int(40 * SHARE)):
        sound = samples_of(voices[number])
        cut = sound[: int(len(sound) * rng.uniform(0.35, 0.58))]
        yield {**items[number], "kind": "cut off", "text": None}, varied(rng, cut)
    for number in rng.choice(whole, int(40 * SHARE)):
        pair: list[Samples] = [samples_of(voices[number]), samples_of(voices[rng.choice(talk)])[: 2 * RATE]]
        run = np.concatenate(pair if rng.random() < 0.5 else pair[::-1])
        yield {**items[number], "kind": "run on", "text": None}, varied(rng, run)
    for clip in [*sounds(rng), *babble(rng, voices[:600], 8)]:
        yield {"file": clip.name, "kind": clip.kind, "speaker": "", "text": None}, clip.pcm


def same(words: list[str], text: str) -> bool:
    """Whether the words are the text, but for words that change nothing; free text may be anything."""
    if any(word in PHONE_WORDS for word in words):
        pattern = " ".join("\0" if word in PHONE_WORDS else re.escape(word) for word in words)
        return re.fullmatch(re.sub("\0(?: \0)*", ".+", pattern), text) is not None
    return _bare(" ".join(words)) == _bare(text)


def _bare(text: str) -> list[str]:
    return [word for word in text.replace("'s", " is").split() if word not in HARMLESS]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    found = [*made(parser.parse_args().folder), *real()]
    save([row for row in found if row.evidence])
    print(f"{len(found)} utterances, {sum(not row.evidence for row in found)} with nothing heard")
