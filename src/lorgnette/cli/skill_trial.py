"""A skill tried: loaded, its phrases compared, its dialogues held."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from lorgnette.core.errors import SkillError
from lorgnette.kit import Played, Stage, dialogues_of, read_dialogues
from lorgnette.mind.reflexes import Reflexes
from lorgnette.sdk.folder import Place, places
from lorgnette.sdk.language import languages
from lorgnette.sdk.registry import Installed, SkillRegistry, load_skills
from lorgnette.sdk.sentences import sentences_of

WANTED: Final = ("en", "de", "zh")
"""Languages without which a skill isn't complete."""
SPEAKS: Final = ("lorgnette.mind.reflexes", "lorgnette.sdk.phrases")
"""Whose warnings are about what an author wrote."""


@dataclass(slots=True)
class Trial:
    """`wrong`: what keeps it from working; `hints`: what it lacks."""

    name: str
    wrong: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    played: list[Played] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether it works as its dialogues say."""
        return not self.wrong and all(one.well for one in self.played)

    def __str__(self) -> str:
        """For a terminal: each dialogue in a line, those that went wrong word by word."""
        lines = [self.name]
        lines += [f"  ✗ {one}" for one in self.wrong]
        lines += [f"  ! {one}" for one in self.hints]
        for one in self.played:
            if one.well:
                lines.append(f"  ✓ {one.dialogue.name} · {one.language} · {one.form}")
            else:
                first, *rest = str(one).split("\n")
                lines.append(f"  ✗ {first}")
                lines += [f"    {line}" for line in rest]
        bad = sum(not one.well for one in self.played)
        lines.append(f"  {len(self.played) - bad} of {len(self.played)} dialogues went as expected")
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "skill": self.name,
            "ok": self.well,
            "wrong": self.wrong,
            "hints": self.hints,
            "dialogues": [
                {
                    "name": one.dialogue.name,
                    "lang": one.language,
                    "form": one.form,
                    "ok": one.well,
                    "turns": [msgspec.to_builtins(turn) for turn in one.turns],
                }
                for one in self.played
            ],
        }


def try_skill(place: Place, folder: Path, off: Collection[str] = ()) -> Trial:
    """Load it beside everything that is installed, and hold its dialogues."""
    trial = Trial(place.name)
    try:
        installed = place.load()
    except Exception as error:  # noqa: BLE001 — an author's code may raise anything
        trial.wrong.append(_where(error, place))
        return trial
    others = [one.candidate() for one in places(folder) if one.name != place.name]
    registry = load_skills([*others, place.candidate()._replace(load=lambda: installed)], off)
    if registry.skills.get(place.name) is not installed:
        off_by_name = place.name in registry.off
        trial.wrong.append("it is switched off" if off_by_name else _broken(registry, place.name))
        return trial
    with _warnings(trial.wrong):
        reflexes = Reflexes(registry)
        files = dialogues_of(place.path)
        try:
            held = [one for file in files for one in read_dialogues(file)]
        except SkillError as error:
            trial.wrong.append(error.detail)
            return trial
        stage = Stage(registry, reflexes)
        trial.played = [stage.play(one, *way) for one in held for way in one.ways()]
        trial.hints += _hints(installed, reflexes, {code for one in held for code in one.languages})
    if not held:
        trial.hints.append(f"there are no dialogues: test_{place.name}.toml")
    return trial


def _hints(one: Installed, reflexes: Reflexes, tried: Collection[str]) -> Iterator[str]:
    phrases = one.phrases
    every = set().union(*(phrases.keys(code) for code in WANTED))
    every |= {"skill-does", "skill-example"}
    for code in WANTED:
        lacking = sorted(every - phrases.keys(code))
        if lacking:
            yield f"phrases/{one.key}/{code}.ftl lacks {', '.join(lacking)}"
        pack = languages()[code]
        for tool in one.tools:
            if tool.offered and not sentences_of(one.key, phrases.folder, tool, pack):
                yield f"{tool.name} has no sentence in {code}, so only a model can call it"
        if code not in tried:
            yield f"no dialogue is in {code}"
        elif "skill-example" in phrases.keys(code):
            example = phrases.format("skill-example", {}, code)
            match = reflexes.match(example, code)
            if match is None or match.skill != one.key:
                yield f"its example in {code}, {example!r}, is not understood as one of its own sentences"


def _broken(registry: SkillRegistry, name: str) -> str:
    found = [why for key, why in registry.broken.items() if key.partition(" (")[0] == name]
    return found[0] if found else "it isn't used, and nobody knows why"


def _where(error: Exception, place: Place) -> str:
    """What is wrong, and the line of the skill's own in which it came up."""
    own = str(place.path)
    line, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(own):
            line = f" ({Path(file).name}, line {trace.tb_lineno})"
        trace = trace.tb_next
    return f"{type(error).__name__}: {error}{line}"


@contextmanager
def _warnings(into: list[str]) -> Iterator[None]:
    """What is logged of sentences and phrases meanwhile."""

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.getMessage() not in into:
                into.append(record.getMessage())

    handler, loggers = Kept(logging.WARNING), [logging.getLogger(name) for name in SPEAKS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
