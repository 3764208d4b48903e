"""Holding a dialogue, and telling where it went another way than expected."""

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lorgnette.core.forms import Form
from lorgnette.core.scenes import Scene
from lorgnette.kit.devices import FORMS
from lorgnette.kit.dialogue import Dialogue, Turn, dialogues_of, read_dialogues, seconds_of, words_in
from lorgnette.kit.talk import Talk
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Done, Outcome, Say
from lorgnette.render import text_pages
from lorgnette.sdk.registry import SkillRegistry
from lorgnette.sdk.schema import plain_value


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that came out otherwise."""

    what: str
    expected: str
    found: str


@dataclass(slots=True)
class Held:
    """One turn: what the user did, what was said and called."""

    user: str
    said: str = ""
    calls: list[str] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


@dataclass(slots=True)
class Played:
    """A dialogue as it went, in one language on one form of device; it ends where it went wrong."""

    dialogue: Dialogue
    language: str
    form: Form
    turns: list[Held] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether everything was as expected."""
        return not any(turn.wrong for turn in self.turns)

    def __str__(self) -> str:
        """The talk with what was wrong, for a terminal."""
        lines = [f"{self.dialogue.name} · {self.language} · {self.form}"]
        for turn in self.turns:
            lines.append(f"  you  {turn.user}")
            lines.append(f"  hub  {turn.said or '–'}")
            lines += [f"       {call}" for call in turn.calls]
            for wrong in turn.wrong:
                lines.append(f"     ✗ {wrong.what}")
                lines.append(f"       - {wrong.expected}")
                lines.append(f"       + {wrong.found}")
        return "\n".join(lines)


class Stage:
    """Where dialogues are held: skills, compiled once. `prepare` gives each talk more services."""

    def __init__(
        self,
        registry: SkillRegistry,
        reflexes: Reflexes | None = None,
        prepare: Callable[[Talk], None] = lambda _talk: None,
    ) -> None:
        self.registry = registry
        self.reflexes = reflexes or Reflexes(registry)
        self._prepare = prepare

    def play(self, dialogue: Dialogue, language: str, form: Form) -> Played:
        """Hold it from the start."""
        return asyncio.run(self._play(dialogue, language, form))

    def plays(self, path: Path) -> Iterator[Played]:
        """Every dialogue of a skill, in each language, on each form."""
        for file in dialogues_of(path):
            for dialogue in read_dialogues(file):
                for language, form in dialogue.ways():
                    yield self.play(dialogue, language, form)

    async def _play(self, dialogue: Dialogue, language: str, form: Form) -> Played:
        talk = Talk(
            self.registry, language, now=dialogue.now, reflexes=self.reflexes, capabilities=FORMS[form]
        )
        self._prepare(talk)
        played = Played(dialogue, language, form)
        try:
            for turn in dialogue.turn:
                held = await _held(talk, turn, language)
                played.turns.append(held)
                if held.wrong:
                    break
        finally:
            await talk.hang_up()
            await talk.mind.close()
        return played


async def _held(talk: Talk, turn: Turn, language: str) -> Held:
    if turn.wait:
        talk.wait(seconds_of(turn.wait))
        held = Held(f"({turn.wait} later)", await talk.silence())
    elif turn.undo:
        held = Held("(takes it back)", await talk.undo_in_loop())
    else:
        text = words_in(turn.user, language)[0]
        held = Held(text, await talk.say_in_loop(text))
    done = [piece for piece in talk.pieces if isinstance(piece, Done)] if turn.user else []
    held.calls = [f"{one.skill}.{one.tool}({_listed(dict(one.arguments))})" for one in done]
    held.wrong = [*_wrong_words(held.said, turn, language)]
    if turn.user:
        held.wrong += [
            *_wrong_calls(done, turn),
            *_wrong_end(talk, turn),
            *_wrong_scenes(talk, turn, language),
        ]
    return held


def _wrong_words(said: str, turn: Turn, language: str) -> Iterator[Wrong]:
    for expected in words_in(turn.says, language) if turn.says is not None else ():
        if said != expected:
            yield Wrong("it says something else", expected, said)
    for part in words_in(turn.contains, language):
        if part.casefold() not in said.casefold():
            yield Wrong("it doesn't say that", part, said)
    for pattern in words_in(turn.like, language):
        if not re.fullmatch(pattern, said):
            yield Wrong("it says something else", pattern, said)


def _wrong_calls(done: list[Done], turn: Turn) -> Iterator[Wrong]:
    called = [f"{one.skill}.{one.tool}" for one in done]
    wanted = [name for name in called if turn.tool in {name, name.partition(".")[2]}]
    if turn.tool and not wanted:
        yield Wrong("another tool is called", turn.tool, ", ".join(called) or "none")
    elif turn.arguments is not None:
        expected = {name: plain_value(value) for name, value in turn.arguments.items()}
        found = [dict(one.arguments) for one in done if not turn.tool or f"{one.skill}.{one.tool}" in wanted]
        if expected not in found:
            yield Wrong("with other arguments", _listed(expected), "; ".join(map(_listed, found)) or "none")
    if turn.undoable is not None and turn.undoable != any(one.undo is not None for one in done):
        yield Wrong("taking it back", "can be" if turn.undoable else "can't be", "the contrary")


def _wrong_end(talk: Talk, turn: Turn) -> Iterator[Wrong]:
    end = talk.pieces[-1] if talk.pieces else None
    asks = talk.waiting or any(isinstance(one, Say) and (one.ask or one.consent) for one in talk.pieces)
    if turn.asks is not None and asks != turn.asks:
        yield Wrong("a question", "is asked" if turn.asks else "isn't asked", "the contrary")
    if isinstance(end, Outcome) and end.kind != turn.outcome:
        yield Wrong("it ends otherwise", turn.outcome, end.kind)


def _wrong_scenes(talk: Talk, turn: Turn, language: str) -> Iterator[Wrong]:
    scenes = [scene for scene in talk.displays.values() if scene is not None]
    names = [type(scene).__name__ for scene in scenes]
    if turn.scene is False and scenes:
        yield Wrong("something is shown", "nothing", ", ".join(names))
    elif (turn.scene is True and not scenes) or (isinstance(turn.scene, str) and turn.scene not in names):
        yield Wrong("something else is shown", str(turn.scene), ", ".join(names) or "nothing")
    display = talk.capabilities.display
    if display is None:
        if scenes and not talk.said and not talk.waiting:
            yield Wrong("what is shown isn't said, and this device has no display", "words", "silence")
        return
    shown = "\n".join(_text(scene, talk, language) for scene in scenes)
    for part in words_in(turn.shows, language):
        if part.casefold() not in shown.casefold():
            yield Wrong("the display doesn't show that", part, shown or "nothing")


def _text(scene: Scene, talk: Talk, language: str) -> str:
    display = talk.capabilities.display
    assert display is not None
    lines, columns = (display.lines, display.columns) if display.kind == "text" else (20, 60)
    pages = text_pages(scene, lines, columns, language, talk.clock.now().timestamp())
    return "\n".join(line for page in pages for line in page)


def _listed(arguments: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in sorted(arguments.items()))
