"""Makes the shipped calibration of the command recogniser from recordings that it is never judged by.

    python benchmarks/calibrate_rejection.py FOLDER [--keep EVIDENCE.json] [--write]

FOLDER is what `calibration_speech.py` made. Four grammars are drawn from its sentences; every utterance, in
another room each time, is decoded with each: right where the sentence is in the grammar and was heard, wrong
else. Besides, beginnings of commands, commands with other speech around them, noise, music, babble. A logistic
model of the evidence is fitted; its figures are cross-validated, all forms of one utterance in the same part.
--keep stores the evidence, or takes it from there where it is stored. Seeded.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from calibration_phrases import FREE, PROMPTS, SLOTS, TEMPLATES
from command_audio import RATE, Samples, babble, pcm_of, samples_of, sounds, varied
from lorgnette.engines.asr import rejection
from lorgnette.engines.asr.evidence import BOUNDS, evidence
from lorgnette.engines.asr.grammar import PHONE_WORDS, Phrase, compile_grammar, plain_word
from lorgnette.engines.asr.passes import Passes
from lorgnette.media.wav import read_audio
from numpy.typing import NDArray

PARTS = 10
PENALTY = 1.0
HARMLESS = set("please the a an my some is of all and to on in".split())
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One utterance decoded with one grammar; `source`: the file it comes from; no evidence: nothing heard."""

    source: str
    kind: str
    speaker: str
    grammar: int
    heard: str
    right: bool
    evidence: dict[str, float]


def rows(folder: Path, grammar: int, share: float) -> Iterator[Row]:
    """Every utterance decoded with one of the grammars; `share` of them for the sake of time."""
    draw = random.Random(grammar)
    prompts = sorted(PROMPTS.values())
    templates = TEMPLATES if grammar == 0 else draw.sample(TEMPLATES, 56)
    prompts = prompts if grammar == 0 else draw.sample(prompts, 33)
    compiled = compile_grammar([Phrase(template, SLOTS) for template in [*templates, *prompts]])
    passes = Passes(compiled)
    inside = {*templates, *prompts}
    for item, pcm in _utterances(folder, inside, np.random.default_rng(grammar), share):
        command = passes.command(pcm)
        words = [plain_word(part.word) for part in command if not part.is_filler]
        said = any(word not in PHONE_WORDS for word in words)
        yield Row(
            source=item["file"],
            kind=item["kind"],
            speaker=item["speaker"],
            grammar=grammar,
            heard=" ".join(words),
            right=said and item["text"] is not None and same(words, item["text"]),
            evidence=evidence(command, passes.phones(pcm), compiled.lexicon) if said else {},
        )


def _utterances(
    folder: Path, inside: set[str], rng: np.random.Generator, share: float
) -> Iterator[tuple[dict[str, Any], bytes]]:
    items = json.loads((folder / "items.json").read_text("utf-8"))
    voices = [read_audio(folder / item["file"]) for item in items]
    known = [n for n, item in enumerate(items) if item["template"] in inside]
    whole = [n for n in known if not any(f"{{{name}}}" in items[n]["template"] for name in FREE)]
    talk = [n for n, item in enumerate(items) if item["kind"] == "talk"]
    for number, item in enumerate(items):
        if rng.random() < share * (1.5 if number in set(known) else 0.8):
            yield item, varied(rng, samples_of(voices[number]))
    for number in rng.choice(whole, int(40 * share)):
        sound = samples_of(voices[number])
        cut = sound[: int(len(sound) * rng.uniform(0.35, 0.58))]
        yield {**items[number], "kind": "cut off", "text": None}, varied(rng, cut)
    for number in rng.choice(whole, int(40 * share)):
        pair: list[Samples] = [samples_of(voices[number]), samples_of(voices[rng.choice(talk)])[: 2 * RATE]]
        run = np.concatenate(pair if rng.random() < 0.5 else pair[::-1])
        yield {**items[number], "kind": "run on", "text": None}, varied(rng, run)
    for clip in [*sounds(rng), *babble(rng, voices[:600], 8)]:
        yield {"file": f"{clip.name}", "kind": clip.kind, "speaker": "", "text": None}, clip.pcm


def same(words: list[str], text: str) -> bool:
    """Whether the words are the text, but for words that change nothing; free text may be anything."""
    if any(word in PHONE_WORDS for word in words):
        pattern = " ".join("\0" if word in PHONE_WORDS else re.escape(word) for word in words)
        return re.fullmatch(re.sub("\0(?: \0)*", ".+", pattern), text) is not None
    return _bare(" ".join(words)) == _bare(text)


def _bare(text: str) -> list[str]:
    return [word for word in text.replace("'s", " is").split() if word not in HARMLESS]


def table(found: list[Row]) -> tuple[Floats, Floats]:
    values = np.array([[row.evidence[name] for name in BOUNDS] for row in found])
    return values, np.array([float(row.right) for row in found])


def fit(values: Floats, right: Floats) -> Floats:
    """Weights and, last, the bias of a logistic model (Newton's method, penalty on standardised weights)."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = np.c_[(values - mean) / spread, np.ones(len(values))]
    penalty = np.diag([PENALTY] * values.shape[1] + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (chance - right) + penalty @ weights
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ mean)


def chances(weights: Floats, values: Floats) -> Floats:
    total = np.clip(values @ weights[:-1] + weights[-1], -30, 30)
    return np.asarray(1 / (1 + np.exp(-total)))


def cross_validated(found: list[Row], values: Floats, right: Floats, by: str) -> Floats:
    """Each row's chance by a model that never met its source (or its speaker)."""
    groups = [getattr(row, by) for row in found]
    names = sorted(set(groups))
    random.Random(0).shuffle(names)
    part = np.array([names.index(group) % PARTS for group in groups])
    result = np.zeros(len(found))
    for number in range(PARTS):
        inside = part == number
        if inside.any():
            result[inside] = chances(fit(values[~inside], right[~inside]), values[inside])
    return result


def report(
    title: str, found: list[Row], chance: Floats, right: Floats, accept: float, confirm: float
) -> None:
    loss = -np.mean(np.log(np.where(right > 0, chance, 1 - chance) + 1e-9))
    print(f"\n{title}: {len(found)} heard, {int(right.sum())} right, log loss {loss:.3f}")
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            print(
                f"  {low:.1f}-{min(high, 1):.1f}: n {inside.sum():4}, mean {chance[inside].mean():.2f}, right {right[inside].mean():.2f}"
            )
    for kind in sorted({row.kind for row in found}):
        of = np.array([row.kind == kind for row in found])
        good, bad = of & (right > 0), of & (right == 0)
        yes, ask = chance >= accept, (chance >= confirm) & (chance < accept)
        print(
            f"  {kind:8} right {good.sum():4}: accepted {(good & yes).sum():4}, asked {(good & ask).sum():3}; "
            f"wrong {bad.sum():4}: accepted {(bad & yes).sum():3}, asked {(bad & ask).sum():3}"
        )


def main(folder: Path, keep: Path | None, write: bool, share: float, accept: float, confirm: float) -> None:
    if keep and keep.exists():
        found = [Row(**row) for row in json.loads(keep.read_text())]
    else:
        found = [row for grammar in range(4) for row in rows(folder, grammar, share)]
        if keep:
            keep.write_text(json.dumps([asdict(row) for row in found]))
    silent = [row for row in found if not row.evidence]
    print(f"{len(found)} utterances, {len(silent)} with nothing heard")
    found = [row for row in found if row.evidence]
    values, right = table(found)
    weights = fit(values, right)
    for by in ("source", "speaker"):
        report(
            f"cross-validated by {by}",
            found,
            cross_validated(found, values, right, by),
            right,
            accept,
            confirm,
        )
    report("in-sample", found, chances(weights, values), right, accept, confirm)
    print(
        json.dumps(
            {
                name: round(float(w * s), 2)
                for name, w, s in zip(BOUNDS, weights, values.std(axis=0), strict=False)
            }
        )
    )
    if write:
        shipped = {
            "weights": dict(zip(BOUNDS, weights[:-1].round(5).tolist(), strict=True)),
            "bias": round(float(weights[-1]), 5),
            "accept": accept,
            "confirm": confirm,
        }
        target = Path(rejection.__file__).with_name(rejection.SHIPPED)
        target.write_text(json.dumps(shipped, indent=2) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--share", type=float, default=0.6, help="of the utterances, for each grammar")
    parser.add_argument("--accept", type=float, default=0.8)
    parser.add_argument("--confirm", type=float, default=0.35)
    given = parser.parse_args()
    main(given.folder, given.keep, given.write, given.share, given.accept, given.confirm)
