"""Reflexes: µs of CPU from a sentence to its tool and arguments, and how well real phrasing is met.

    python benchmarks/reflexes.py [--limit 3000]

*ours*: one sentence drawn from every template of the installed skills, with typical words in its slots.
*people*: utterances of `../shared/data/nlu`, where it is there; *met* is the share in the skills' own
domains that got a tool of the right skill, *wrong* the number in all other domains on which one acted. The
peer, hassil's own recogniser, gets the same templates with every slot as a wildcard.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lorgnette.mind.reflexes import Reflexes
from lorgnette.sdk.registry import load_skills

NLU = Path(__file__).resolve().parents[2] / "shared/data/nlu"
FILES = {"en": ("slurp_en", "clinc_en", "snips_en", "xsid_en"), "de": ("xsid_de",), "zh": ("xsid_zh",)}
OWN = {"timer": "timers", "alarm": "alarms", "volume": "volume", "list": "lists", "time": "clock"}
FOREIGN = {"other", "weather", "music", "local", "news", "qa", "navigation", "payment", "call", "translate"}
FILLED: dict[str, dict[str, str]] = {
    "en": {"duration": "five minutes", "time": "half past seven", "date": "tomorrow", "number": "three"},
    "de": {"duration": "fünf Minuten", "time": "halb acht", "date": "morgen", "number": "drei"},
    "zh": {"duration": "五分钟", "time": "七点半", "date": "明天", "number": "三"},
}
PERCENT = {"en": "forty percent", "de": "vierzig Prozent", "zh": "百分之四十"}
FREE = {"en": "the red box", "de": "die rote Kiste", "zh": "红盒子"}


def measured(match: Callable[[str], Any], texts: Iterable[str]) -> tuple[list[float], list[Any]]:
    """µs of CPU and the result of each."""
    taken, results = [], []
    for text in texts:
        begin = time.thread_time_ns()
        results.append(match(text))
        taken.append((time.thread_time_ns() - begin) / 1000)
    return taken, results


def row(language: str, what: str, engine: str, taken: list[float], **more: Any) -> dict[str, Any]:
    ordered = sorted(taken)
    return {
        "language": language,
        "what": what,
        "engine": engine,
        "sentences": len(taken),
        "p50_us": round(statistics.median(ordered)),
        "p99_us": round(ordered[int(len(ordered) * 0.99)]),
        "max_us": round(ordered[-1]),
        **more,
    }


def own_sentences(reflexes: Reflexes, language: str) -> list[str]:
    """One sentence of each template."""
    from hassil.intents import SlotList, TextSlotList
    from hassil.parse_expression import parse_sentence
    from hassil.sample import sample_expression

    filled = {**FILLED[language], "percent": PERCENT[language], "text": FREE[language]}
    found = []
    for template, slots in reflexes.sentences(language, all=True):
        words = {name: kind[0] if isinstance(kind, tuple) else filled[kind] for name, kind in slots.items()}
        lists: dict[str, SlotList] = {name: TextSlotList.from_strings([word]) for name, word in words.items()}
        text = next(iter(sample_expression(parse_sentence(template).expression, slot_lists=lists)))
        found.append(" ".join(text.split()))
    return found


def peoples(language: str, limit: int) -> list[tuple[str, str]]:
    """(text, domain) as people say it."""
    rows = []
    for file in FILES[language]:
        path = NLU / f"{file}.jsonl"
        if path.is_file():
            rows += [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    random.Random(1).shuffle(rows)
    return [(one["text"], one["domain"]) for one in rows[:limit]]


def peer(reflexes: Reflexes, language: str) -> Callable[[str], Any]:
    """hassil's recogniser on the same templates."""
    from hassil.intents import Intents
    from hassil.recognize import recognize_best

    sentences = reflexes.sentences(language, all=True)
    names = {name for _, slots in sentences for name in slots}
    intents = Intents.from_dict(
        {
            "language": language,
            "settings": {"ignore_whitespace": language == "zh"},
            "intents": {"all": {"data": [{"sentences": [template for template, _ in sentences]}]}},
            "lists": {name: {"wildcard": True} for name in names},
        }
    )
    return lambda text: recognize_best(text, intents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=3000, help="utterances of people a language")
    limit = parser.parse_args().limit
    begin = time.process_time()
    reflexes = Reflexes(load_skills())
    rows, notes = [], []
    for language in FILLED:
        reflexes.warm(language)
        compiled, begin = time.process_time() - begin, time.process_time()
        count = len(reflexes.sentences(language, all=True))
        notes.append(f"{language}: {count} templates, {compiled:.2f} s to compile")
        match = lambda text, language=language: reflexes.match(text, language)  # noqa: E731
        own, people = own_sentences(reflexes, language), peoples(language, limit)
        taken, results = measured(match, own)
        rows.append(
            row(language, "own", "lorgnette", taken, met=round(sum(map(bool, results)) / len(own), 3))
        )
        if people:
            taken, results = measured(match, [text for text, _ in people])
            found = [result.skill if result else "" for result in results]
            mine = [
                skill == OWN[domain]
                for skill, (_, domain) in zip(found, people, strict=True)
                if domain in OWN
            ]
            wrong = sum(
                bool(skill) for skill, (_, domain) in zip(found, people, strict=True) if domain in FOREIGN
            )
            foreign = sum(domain in FOREIGN for _, domain in people)
            share = round(sum(mine) / len(mine), 3)
            rows.append(row(language, "people", "lorgnette", taken, met=share, wrong=wrong, foreign=foreign))
        taken, results = measured(peer(reflexes, language), own[:60])
        rows.append(row(language, "own", "hassil", taken, met=round(sum(map(bool, results)) / len(taken), 3)))
        begin = time.process_time()
    if not NLU.is_dir():
        notes.append("../shared/data/nlu is not here: no utterances of people")
    print(
        json.dumps({"rows": rows, "keys": ["language", "what", "engine"], "notes": notes}, ensure_ascii=False)
    )


if __name__ == "__main__":
    main()
