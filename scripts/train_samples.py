"""Sentences drawn from templates, with what stands in their slots, and the noise of people and ears."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hassil.expression import Alternative, ListReference, Permutation, TextChunk
from hassil.parse_expression import parse_sentence

from lorgnette.sdk.sentences import spell_out

FOLDER = Path(__file__).parent / "training"
_OPEN, _CLOSE = "\ue000", "\ue001"
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Sample:
    """An utterance, what it asks for, and where its slots stand. `label`: a tool's name, "~domain" for none.

    `also`: tools that would do, too; `group`: what it was drawn from, which is never split between training
    and measuring; `weight`: how much it counts.
    """

    text: str
    label: str
    slots: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    group: str = ""
    weight: float = 1.0
    natural: bool = False


@cache
def tables(language: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What people say to tools, and the rest of the world."""
    said, world = (
        tomllib.loads((FOLDER / f"{language}{end}.toml").read_text("utf-8")) for end in ("", "_world")
    )
    return said, world


@cache
def _expression(template: str) -> Any:
    return parse_sentence(template).expression


def draw(
    template: str, values: Mapping[str, Sequence[str]], random: Random
) -> tuple[str, dict[str, tuple[int, int]]]:
    """One sentence of a template and where its slots stand. `values`: what each slot may be."""
    names: list[str] = []

    def walk(expression: Any) -> str:
        if isinstance(expression, TextChunk):
            return str(expression.text)
        if isinstance(expression, ListReference):
            names.append(expression.slot_name)
            return f"{_OPEN}{random.choice(values[expression.slot_name])}{_CLOSE}"
        if isinstance(expression, Alternative):
            if expression.is_optional and random.random() < 0.45:  # half of all politeness would be too much
                return ""
            return walk(random.choice(expression.items))
        if isinstance(expression, Permutation):
            return "".join(walk(item) for item in random.sample(expression.items, len(expression.items)))
        return "".join(walk(item) for item in expression.items)

    return _placed(walk(_expression(template)), names)


def _placed(text: str, names: Sequence[str]) -> tuple[str, dict[str, tuple[int, int]]]:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(rf"({_OPEN}) | ({_CLOSE})(?=\w)", r"\1", text)
    out, spans, begin, count = "", {}, 0, 0
    for char in text:
        if char == _OPEN:
            begin = len(out)
        elif char == _CLOSE:
            spans[names[count]] = (begin, len(out))
            count += 1
        else:
            out += char
    return out, spans


def values_for(language: str, tool: str, slots: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """What may stand in the slots of a tool; `slots`: kind by name, for those without a list of their own."""
    said, world = tables(language)
    names = said["slots"]
    found: dict[str, Sequence[str]] = dict(world["kinds"])
    found |= {
        slot: world["values"].get(value, world["kinds"].get(value))
        for slot, value in names.items()
        if "." not in slot
    }
    for slot, kind in slots.items():
        own = names.get(f"{tool}.{slot}") or (
            names.get(slot, kind) if kind not in world["kinds"] or kind == "text" else kind
        )
        known = world["values"].get(own) or world["kinds"].get(own) or world["kinds"].get(kind)
        found[slot] = known or world["values"].get(kind) or world["kinds"]["text"]
    for key, value in names.items():
        owner, _, slot = key.partition(".")
        if slot and owner == tool:
            found[slot] = world["values"][value]
    return found


def templates(language: str) -> dict[str, list[str]]:
    """Our own templates by tool."""
    said, _ = tables(language)
    return {tool: spell_out(lines, said["words"]) for tool, lines in said["say"].items()}


def noisy(sample: Sample, language: str, random: Random) -> Sample:  # noqa: C901 — one kind of noise after another
    """The sample as somebody hesitant says it to a poor recogniser. Slots stay whole."""
    _, world = tables(language)
    noise = world["noise"]
    text, slots = sample.text, dict(sample.slots)
    joint = "" if _HAN.search(text) else " "

    def put(at: int, words: str) -> None:
        nonlocal text
        text = text[:at] + words + text[at:]
        for name, (begin, end) in slots.items():
            if begin >= at:
                slots[name] = (begin + len(words), end + len(words))

    def swap(begin: int, end: int, words: str) -> None:
        nonlocal text
        text = text[:begin] + words + text[end:]
        by = len(words) - (end - begin)
        for name, (first, last) in slots.items():
            if first >= end:
                slots[name] = (first + by, last + by)

    def outside(begin: int, end: int) -> bool:
        return all(end <= first or begin >= last for first, last in slots.values())

    if random.random() < 0.3:
        pairs = [
            (m.start(), m.end(), random.choice(right))
            for wrong, right in noise["confusions"].items()
            for m in re.finditer(rf"\b{wrong}\b" if joint else re.escape(wrong), text)
            if outside(m.start(), m.end())
        ]
        if pairs:
            swap(*random.choice(pairs))
    if joint and random.random() < 0.15:  # a word that was lost
        words = [m for m in re.finditer(r"\w+ ", text) if outside(m.start(), m.end())]
        if len(words) > 2:
            lost = random.choice(words)
            swap(lost.start(), lost.end(), "")
    if random.random() < 0.2:
        gaps = [m.start() for m in re.finditer(" ", text)] if joint else list(range(1, len(text)))
        gaps = [at for at in gaps if outside(at, at)]
        if gaps:
            put(random.choice(gaps), joint + random.choice(noise["inside"]))
    if random.random() < 0.35:
        put(len(text), joint + random.choice(noise["after"]))
    if random.random() < 0.4:
        for _ in range(random.choice((1, 1, 2))):
            put(0, random.choice(noise["before"]) + joint)
    return replace(sample, text=text, slots=slots)
