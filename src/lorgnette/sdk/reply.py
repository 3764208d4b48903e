"""What a skill answers with: a phrase key and values, never a finished sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lorgnette.core.scenes import Scene
from lorgnette.core.taint import CLEAN, Source, Taint


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take an act back: `tool` of the same skill, called with `arguments`."""

    tool: str
    arguments: Mapping[str, Any]


class Phrase:
    """A phrase as a value of another: `Reply("timers", parts=[Phrase("timer-part", left=…), …])`."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, **values: Any) -> None:
        self.key = key
        self.values: Mapping[str, Any] = values

    def __repr__(self) -> str:
        return f"Phrase({self.key!r}, {dict(self.values)!r})"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things that a reply listed, so that "the second one" means it.

    `tool`: which of the skill's tools is then called (empty: the one that listed), with `arguments`. `label`:
    its name; with it "delete the second one" is understood as if the name stood there.
    """

    arguments: Mapping[str, Any]
    tool: str = ""
    label: str = ""


class Reply:
    """A spoken and shown answer.

    `key` names a phrase in the skill's Fluent files and `values` fill it (str, numbers, `timedelta`,
    `datetime`, `time`, `date`, `Money`, a `Phrase`, or lists: said as people say them in that language).
    `scene` is shown as long as it is current; `undo` is handed to the tool that `@tool(undo=…)` names.
    `ask`: the reply is a question and the microphone opens for the answer. With the name of a parameter
    ("how long?", `ask="duration"`), the answer fills it and the tool is called again with what it had before.
    `choices`: what it lists, in this order, for "the second one" and "the last one" afterwards.
    `source`: whose words are among the values (one or several), where they aren't the wearer's own.
    `told`: what a model that called the tool is told instead of the phrase, where it can use more.
    `facts`: what it comes down to, for somebody who waits for a change: `{"raining": False}`.
    """

    __slots__ = ("ask", "choices", "facts", "key", "scene", "scene_id", "taint", "told", "undo", "values")

    def __init__(
        self,
        key: str,
        *,
        scene: Scene | None = None,
        scene_id: str = "",
        undo: Any = None,
        ask: bool | str = False,
        choices: Sequence[Choice] = (),
        source: Source | Taint = CLEAN,
        told: str = "",
        facts: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> None:
        self.key = key
        self.values: Mapping[str, Any] = values
        self.taint: Taint = frozenset({source}) if isinstance(source, Source) else source
        self.told = told
        self.facts: Mapping[str, Any] = facts or {}
        self.scene = scene
        self.scene_id = scene_id
        self.undo = undo
        self.ask = ask
        self.choices: Sequence[Choice] = choices

    def __repr__(self) -> str:
        return f"Reply({self.key!r}, {dict(self.values)!r})"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply after its phrase was found: text to say, the scene, and how to undo it."""

    text: str
    scene: Scene | None = None
    scene_id: str = ""
    undo: Undo | None = None
    ask: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
