"""All utterances to train on and to measure with, of one language: other people's, the skills', our own."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, Final
from zlib import crc32

from train_samples import FOLDER, Sample, draw, noisy, tables, templates, values_for

from lorgnette.sdk.language import language_of
from lorgnette.sdk.registry import RegisteredTool, SkillRegistry
from lorgnette.sdk.schema import kind_of
from lorgnette.sdk.sentences import sentences_of

NLU: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "nlu"
NATURAL: Final = 4.0
"""How much an utterance that somebody really said counts beside one that was drawn."""
RARE: Final = 0.3
"""How much a sentence counts of a tool that is seldom asked for: one without sentences of its own here."""
SAME: Final = {"recall_mine": "recall", "recall_where": "recall"}
"""Tools that only a sentence reaches, and the one that means the same."""
OWN: Final = "own "
"""What the groups of samples of the skills' own sentences begin with."""
MOST: Final = {"en": 300, "de": 700, "zh": 700}
"""Drawn samples a tool."""


def split_of(group: str, *, natural: bool) -> str:
    """train, calibrate or measure; by hash, so that it never changes. Drawn ones aren't measured with.

    The skills' own sentences are always learned: the grammar knows them, and the parser is asked to agree.
    """
    if group.startswith(OWN):
        return "train"
    place = crc32(group.encode()) % 100
    if natural:
        return "train" if place < 70 else "calibrate" if place < 85 else "measure"
    return "train" if place < 80 else "calibrate"


def corpus(language: str, registry: SkillRegistry) -> list[Sample]:
    """Every sample of a language, in an order that doesn't change."""
    random = Random(f"corpus {language}")
    positive = list(_drawn(language, registry, random))
    negative = list(_other(language, random))
    framed = list(_framed(language, positive, random))
    return [*positive, *negative, *framed, *(natural() if language == "en" else ())]


def natural(folder: Path = NLU) -> Iterator[Sample]:
    """English utterances of other people's data sets, with our tools as labels (`training/sources.toml`)."""
    rules = tomllib.loads((FOLDER / "sources.toml").read_text("utf-8"))
    for source in ("clinc", "slurp", "snips"):
        seen: set[str] = set()
        for line in (folder / f"{source}_en.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            text = row["text"]
            if text.casefold() in seen:
                continue
            seen.add(text.casefold())
            label, also = _labelled(row, rules[source])
            if label:
                yield Sample(
                    text, label, also=also, group=f"{source} {text.casefold()}", weight=NATURAL, natural=True
                )


def _labelled(row: Mapping[str, Any], rules: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    for rule in rules.get(row["intent"], ({"tool": f"~{row['domain']}"},)):
        if "if" not in rule or re.search(rule["if"], row["text"], re.IGNORECASE):
            return rule["tool"], tuple(rule.get("also", ()))
    return "", ()


def _drawn(language: str, registry: SkillRegistry, random: Random) -> Iterator[Sample]:
    """Samples of the skills' own sentences and of those in `training/`."""
    ours = templates(language)
    installed = {registered.tool.name: registered for registered in registry.tools.values()}
    for tool in sorted({*ours, *installed}):
        if tool in installed and (not installed[tool].tool.offered or installed[tool].tool.final):
            continue
        slots: dict[str, str] = {}
        own: list[str] = []
        for registered in (one for name, one in installed.items() if SAME.get(name, name) == tool):
            skill = registered.skill
            own += sentences_of(skill.key, skill.phrases.folder, registered.tool, language_of(language))
            slots |= _slots(registered)
        values = values_for(language, tool, slots)
        weight = 1.0 if tool in ours else RARE
        told = ours.get(tool, [])
        for sample in _several(tool, [*told, *own], values, language, random, MOST[language]):
            known = sample.group.removeprefix(f"{tool} ") in told
            yield replace(sample, weight=weight, group=sample.group if known else f"{OWN}{sample.group}")


def _slots(registered: RegisteredTool) -> dict[str, str]:
    found: dict[str, str] = {}
    for parameter in registered.tool.parameters:
        kind = str(kind_of(parameter.kind)[0])
        found[parameter.name] = {"quantity": "measure"}.get(kind, kind)
    return found


def _several(
    label: str,
    sources: Iterable[str],
    values: Mapping[str, Any],
    language: str,
    random: Random,
    most: int,
) -> Iterator[Sample]:
    every = list(dict.fromkeys(sources))
    if not every:
        return
    share = max(3, most // len(every))
    seen: set[str] = set()
    for template in every:
        for _ in range(share):
            try:
                text, slots = draw(template, values, random)
            except KeyError as error:
                raise KeyError(f"{label}: no values for the slot {error} of {template!r}") from None
            if not text:
                continue
            sample = Sample(text, label, slots, group=f"{label} {template}")
            if random.random() < 0.5:
                sample = noisy(sample, language, random)
            if sample.text not in seen:
                seen.add(sample.text)
                yield sample


def _other(language: str, random: Random) -> Iterator[Sample]:
    """What is for no tool."""
    _, world = tables(language)
    values = values_for(language, "", {})
    values |= {name: one for name, one in world["values"].items() if name not in values}
    for domain, lines in world["other"].items():
        for line in lines:
            label = f"~{domain.rstrip('0123456789')}"
            yield from _several(label, [line], values, language, random, 14)


def _framed(language: str, positive: list[Sample], random: Random) -> Iterator[Sample]:
    """Orders in a frame that makes them none: negation, reported speech, conditions, questions about them."""
    _, world = tables(language)
    for reason, frames in world["frames"].items():
        for frame in frames:
            for sample in random.sample(positive, min(220, len(positive))):
                text = frame.replace("{x}", sample.text)
                yield Sample(text, f"~{reason}", group=f"{reason} {sample.group}", weight=1.0)
