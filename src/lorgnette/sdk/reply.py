"""What a skill answers with: a phrase key and values, never a finished sentence."""

from collections.abc import Mapping
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


class Reply:
    """A spoken and shown answer.

    `key` names a phrase in the skill's Fluent files and `values` fill it (str, numbers, `timedelta`,
    `datetime`, `time`, `date`, `Money`, a `Phrase`, or lists: said as people say them in that language).
    `scene` is shown as long as it is current; `undo` is handed to the tool that `@tool(undo=…)` names.
    `ask`: the reply is a question and the microphone opens for the answer. With the name of a parameter
    ("how long?", `ask="duration"`), the answer fills it and the tool is called again with what it had before.
    `source`: whose words are among the values (one or several), where they aren't the wearer's own.
    """

    __slots__ = ("ask", "key", "scene", "scene_id", "taint", "undo", "values")

    def __init__(
        self,
        key: str,
        *,
        scene: Scene | None = None,
        scene_id: str = "",
        undo: Any = None,
        ask: bool | str = False,
        source: Source | Taint = CLEAN,
        **values: Any,
    ) -> None:
        self.key = key
        self.values: Mapping[str, Any] = values
        self.taint: Taint = frozenset({source}) if isinstance(source, Source) else source
        self.scene = scene
        self.scene_id = scene_id
        self.undo = undo
        self.ask = ask

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
