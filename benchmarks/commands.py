"""Spoken commands: the curve of right commands against false accepts, and what recognising them costs.

    python benchmarks/commands.py

*phrases*: a grammar of the 51 English phrases of ../shared/data/speech; its 51 recordings, and what is no
command: all other recordings there in clips of four seconds, generated noise, music, silence, and babble of
the recordings. *skills*: the grammar of the installed skills' sentences; the same audio, little of which is
among its sentences, and those sentences spoken by eSpeak. A command is right when every word is.
*held out*: the chance of each recording is by a model fitted without it. Deterministic but for times.
"""

import asyncio
import json
import random
import resource
import time
from dataclasses import dataclass

import numpy as np
from calibrate_rejection import Floats, Table, chances
from calibration_evidence import load, same
from calibration_speech import sentence
from command_audio import Clip, babble, commands, sounds, strangers
from run import markdown

from lorgnette.engines.asr.evidence import BOUNDS, evidence
from lorgnette.engines.asr.grammar import CompiledGrammar, Phrase, compile_grammar, plain_word, written
from lorgnette.engines.asr.passes import Passes
from lorgnette.engines.asr.pocketsphinx import audible
from lorgnette.engines.asr.rejection import Calibration, shipped

SPEAKERS = (("en-us", 1.0), ("en-gb", 0.95), ("en-us+f2", 1.0), ("en-us+m3", 1.05))


@dataclass(frozen=True, slots=True)
class Result:
    """What a clip was taken for, and the chance of that by the shipped and by a held-out model."""

    clip: Clip
    words: tuple[str, ...]
    right: bool
    chance: float
    held_out: float
    seconds: float


class Judge:
    """A grammar's recogniser, and for each recording a model that never met it."""

    def __init__(self, grammar: CompiledGrammar, table: Table, held: dict[str, Floats]) -> None:
        self.grammar = grammar
        begin = time.process_time()
        self.passes = Passes(grammar)
        self.start = time.process_time() - begin
        self._table = table
        self._held = held

    def result(self, clip: Clip) -> Result:
        begin = time.process_time()
        command = self.passes.command(clip.pcm) if audible(clip.pcm) else ()
        words = tuple(plain_word(part.word) for part in command if not part.is_filler)
        measured = (
            evidence(command, self.passes.phones(clip.pcm), self.grammar.lexicon) if written(words) else None
        )
        spent = time.process_time() - begin
        if measured is None:
            return Result(clip, words, False, 0.0, 0.0, spent)
        source = clip.name.partition("#")[0]
        if source not in self._held:
            self._held[source] = self._table.without(source)
        values = np.array([[measured[name] for name in BOUNDS]])
        held_out = float(chances(self._held[source], values)[0])
        right = clip.text is not None and written(words) == clip.text
        return Result(clip, words, right, shipped().probability(measured), held_out, spent)


def curve(results: list[Result], *, held_out: bool) -> list[tuple[int, int]]:
    """Most right commands for each number of false accepts; a wrong command counts as one of these, too."""
    ranked = sorted(results, key=lambda one: -(one.held_out if held_out else one.chance))
    points: dict[int, int] = {}
    right = wrong = 0
    for one in ranked:
        right += one.right
        wrong += not one.right
        points[wrong] = right
    return sorted(points.items())[:6]


def row(name: str, results: list[Result], calibration: Calibration, *, held_out: bool) -> dict[str, object]:
    """Decisions by kind of clip."""
    found: dict[str, list[Result]] = {"accept": [], "confirm": [], "reject": []}
    for one in results:
        found[calibration.decide(one.held_out if held_out else one.chance)].append(one)
    return {
        "grammar": name.split(": ", maxsplit=1)[0],
        "clips": name.split(": ")[1],
        "model": "held out" if held_out else "shipped",
        "n": len(results),
        "right, accepted": sum(one.right for one in found["accept"]),
        "right, asked": sum(one.right for one in found["confirm"]),
        "right, lost": sum(one.right for one in found["reject"]),
        "wrong, accepted": sum(not one.right for one in found["accept"]),
        "wrong, asked": sum(not one.right for one in found["confirm"]),
    }


def skills() -> list[Phrase]:
    """What the installed skills listen for."""
    from lorgnette.mind.reflexes import Reflexes
    from lorgnette.sdk.registry import load_skills

    found = Reflexes(load_skills()).sentences("en")
    return [
        Phrase(template, {k: v if isinstance(v, str) else tuple(v) for k, v in slots.items()})
        for template, slots in found
    ]


async def spoken(phrases: list[Phrase], count: int = 100) -> list[Clip]:
    """Sentences of the skills without free text, by voices of eSpeak."""
    from lorgnette.engines.tts.espeak import EspeakSynthesizer

    rng = random.Random(3)
    closed = [phrase for phrase in phrases if "text" not in phrase.slots.values()]
    clips = []
    for voice, rate in SPEAKERS:
        engine = EspeakSynthesizer({"en": voice}, workers=1)
        engine.start()
        try:
            for number in range(count // len(SPEAKERS)):
                phrase = rng.choice(closed)
                text = sentence(phrase.template, rng, phrase.slots)
                pcm = b"".join([chunk async for chunk in engine.speak(_aloud(text), "en", rate)])
                pad = bytes(16_000)
                clips.append(Clip(f"{voice} {number}", "espeak", pad + pcm + pad, text))
        finally:
            await engine.aclose()
    return clips


def _aloud(text: str) -> str:
    return text.replace("a.m.", "A M").replace("p.m.", "P M")


def _loose(results: list[Result]) -> list[Result]:
    """The same, where words that change nothing ("the", "my") don't make a command wrong."""
    return [
        Result(
            one.clip,
            one.words,
            one.clip.text is not None and bool(one.words) and same(list(one.words), one.clip.text),
            one.chance,
            one.held_out,
            one.seconds,
        )
        for one in results
    ]


def points(results: list[Result], *, held_out: bool) -> str:
    """The curve in words."""
    return ", ".join(f"{right} with {wrong}" for wrong, right in curve(results, held_out=held_out))


def cost(judge: Judge, results: list[Result]) -> dict[str, float]:
    """CPU of both passes and the evidence."""
    audio = sum(one.clip.seconds for one in results)
    return {
        "arcs": len(judge.grammar.network.arcs),
        "cpu_s_per_s": round(sum(one.seconds for one in results) / audio, 3),
        "worst_clip": round(max(one.seconds / max(one.clip.seconds, 1) for one in results), 3),
        "start_s": round(judge.start, 3),
        "process_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    rng = np.random.default_rng(1)
    said, others = commands(), strangers()
    crowd = babble(rng, [clip.pcm for clip in (*said, *others) if clip.seconds > 1])
    made = [*sounds(rng, 20), *crowd]
    table = Table(load())
    held: dict[str, Floats] = {}
    calibration = shipped()
    phrases = skills()
    grammars = {"phrases": [Phrase(clip.text) for clip in said if clip.text], "skills": phrases}
    rows, notes, costs, curves = [], [], {}, {}
    for name, sentences in grammars.items():
        judge = Judge(compile_grammar(sentences), table, held)
        results = {
            "commands": [judge.result(clip) for clip in said],
            "other speech": [judge.result(clip) for clip in others],
            "noise, music, babble, silence": [judge.result(clip) for clip in made],
        }
        rows += [
            row(f"{name}: {kind}", found, calibration, held_out=held_out)
            for kind, found in results.items()
            for held_out in (False, True)
        ]
        everything = [one for found in results.values() for one in found]
        if name == "phrases":
            for model, held_out in (("shipped", False), ("held out", True)):
                curves[model] = curve(everything, held_out=held_out)
                notes.append(
                    f"{model}: right commands with so many false: {points(everything, held_out=held_out)}"
                )
        else:
            voices = _loose([judge.result(clip) for clip in asyncio.run(spoken(phrases))])
            rows.append(row(f"{name}: its sentences by eSpeak", voices, calibration, held_out=False))
            everything += voices
        costs[name] = cost(judge, everything)
        notes.append(f"{name}: " + ", ".join(f"{key} {value}" for key, value in costs[name].items()))
    notes.append(f"accepted from {calibration.accept}, asked from {calibration.confirm}")
    print(*markdown(rows), "", *notes, sep="\n")
    keys = ["grammar", "clips", "model"]
    print(json.dumps({"rows": rows, "keys": keys, "notes": notes, "curve": curves, "cost": costs}))


if __name__ == "__main__":
    main()
