"""Trains the parser behind the grammar from ../shared/data/nlu, the skills' sentences and `training/`.

    python scripts/train.py [--out FILE] [--language en ...]

Everything random is seeded.
"""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import train_fit as fit
from train_corpus import corpus, split_of
from train_samples import Sample

from lorgnette.mind.grammar import SlotParser
from lorgnette.mind.parser import Parser, Weights
from lorgnette.mind.parser.beginnings import Beginnings
from lorgnette.mind.parser.features import (
    BUCKETS,
    KNOWN_BUCKETS,
    TAG_BUCKETS,
    intent_features,
    known_bucket,
    marked,
    tag_features,
)
from lorgnette.mind.parser.spans import apart, find_spans
from lorgnette.mind.parser.weights import MODEL, save_weights
from lorgnette.mind.reflexes import LanguageGrammar, Reflexes
from lorgnette.mind.tokens import Tokens
from lorgnette.sdk.language import language_of
from lorgnette.sdk.registry import SkillRegistry, load_skills
from lorgnette.sdk.schema import kind_of


class Read:
    """A sample as the parser sees it."""

    def __init__(
        self,
        sample: Sample,
        grammar: LanguageGrammar,
        readers: Mapping[str, SlotParser],
        beginnings: Beginnings,
    ) -> None:
        self.sample = sample
        self.tokens: Tokens = grammar.plain(sample.text)
        self.spans = apart(find_spans(self.tokens, readers, beginnings.kinds))
        self.words = marked(self.tokens.words, self.spans)
        self.typed = [""] * len(self.tokens.words)
        for span in self.spans:
            self.typed[span.begin : span.end] = [span.kind] * (span.end - span.begin)

    def inside(self, slot: str) -> list[bool]:
        """Which tokens stand in a slot."""
        begin, end = self.sample.slots.get(slot, (0, 0))
        return [begin <= a and b <= end for a, b in self.tokens.spans]


def train(language: str, registry: SkillRegistry) -> Weights:
    """One language's model."""
    began = time.process_time()
    grammar = Reflexes(registry).language(language)
    assert grammar is not None
    readers = grammar.readers
    beginnings = Beginnings(language_of(language), readers)
    reads = [Read(sample, grammar, readers, beginnings) for sample in corpus(language, registry)]
    reads = [read for read in reads if read.tokens.words]
    parts: dict[str, list[Read]] = {"train": [], "calibrate": [], "measure": []}
    for read in reads:
        parts[split_of(read.sample.group, natural=read.sample.natural)].append(read)
    chosen = parts["train"]
    labels = sorted({read.sample.label for read in chosen})
    index = {label: at for at, label in enumerate(labels)}
    weights, bias = fit.softmax_regression(
        [intent_features(read.words, BUCKETS[language]) for read in chosen],
        np.array([index[read.sample.label] for read in chosen]),
        np.array([read.sample.weight for read in chosen], np.float32),
        BUCKETS[language],
        len(labels),
    )
    intents, scale = fit.quantized(weights)
    tags, tag_scale = _tags(chosen, registry)
    model = Weights(
        labels=tuple(labels),
        intents=intents,
        scale=scale,
        bias=bias,
        known=_known(chosen, index),
        tags=tags,
        tag_scale=tag_scale,
        calibration=np.zeros(10, np.float32),
    )
    parser = Parser(model, language, registry.tools, grammar)
    calibration = _calibration(parser, parts["calibrate"])
    print(
        f"{language}: {len(chosen)} to train on, {len(parts['calibrate'])} to calibrate with,"
        f" {len(labels)} labels, {time.process_time() - began:.0f} s"
    )
    return Weights(
        labels=model.labels,
        intents=model.intents,
        scale=model.scale,
        bias=model.bias,
        known=model.known,
        tags=model.tags,
        tag_scale=model.tag_scale,
        calibration=calibration,
    )


def _tags(reads: Sequence[Read], registry: SkillRegistry) -> tuple[np.ndarray, float]:
    """The tagger's weights: every free text of the samples' tools, and where a tool's is missing, nothing."""
    free: dict[str, set[str]] = {}
    for registered in registry.tools.values():
        for parameter in registered.tool.parameters:
            kind, _, choice = kind_of(parameter.kind)
            if kind in {"text", "place", "person"} or (choice is not None and choice.open):
                free.setdefault(registered.tool.name, set()).add(parameter.name)
    rows: list[list[int]] = []
    inside: list[bool] = []
    weights: list[float] = []
    for read in reads:
        label = read.sample.label
        if read.sample.natural or label.startswith("~"):
            continue
        for slot in sorted(free.get(label, set(read.sample.slots))):
            marks = read.inside(slot)
            rows += tag_features(read.tokens.words, read.typed, f"{label}.{slot}")
            inside += marks
            weights += [1.0 if any(marks) else 0.5] * len(marks)
    fitted = fit.tagger(np.array(rows), np.array(inside), np.array(weights, np.float32), TAG_BUCKETS)
    scale = float(max(np.abs(fitted).max(), 1e-6)) / 127
    return np.round(fitted / scale).astype(np.int8), scale


def _known(reads: Sequence[Read], index: dict[str, int]) -> np.ndarray:
    """Bits: which words stood outside the slots of which label's sentences."""
    seen = np.zeros((KNOWN_BUCKETS, len(index)), bool)
    for read in reads:
        label = index[read.sample.label]
        free = [read.inside(slot) for slot in read.sample.slots]
        for at, word in enumerate(read.tokens.words):
            if not read.typed[at] and not any(marks[at] for marks in free):
                seen[known_bucket(word), label] = True
    return np.packbits(seen, axis=1)


def _calibration(parser: Parser, reads: Sequence[Read]) -> np.ndarray:
    """What makes the confidence, from samples that the model hasn't seen."""
    signs, right, weights = [], [], []
    for read in reads:
        guess = parser.guess(read.tokens)
        if guess is None:
            continue
        name = guess.registered.tool.name
        signs.append(guess.signs)
        right.append(name == read.sample.label or name in read.sample.also)
        weights.append(read.sample.weight)
    return fit.logistic(np.array(signs), np.array(right, float), np.array(weights)).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--language", nargs="*", default=list(BUCKETS))
    given = parser.parse_args()
    registry = load_skills()
    models = {language: train(language, registry) for language in given.language}
    save_weights(models, given.out)
    tools = sorted(registered.tool.name for registered in registry.tools.values() if registered.tool.offered)
    print(json.dumps({"model": str(given.out), "bytes": given.out.stat().st_size, "tools": len(tools)}))


if __name__ == "__main__":
    main()
