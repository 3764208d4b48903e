"""All installed skills: found by entry points, a broken one switched off with a message."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any

from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.schema import kind_of, read_arguments, tool_schema
from lorgnette.sdk.skill import Skill, Tool

GROUP = "lorgnette.skills"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Installed:
    """A skill that works: its instance, tools, phrases, and its one-line description."""

    key: str
    skill: Skill
    tools: tuple[Tool, ...]
    phrases: Phrases
    doc: str


@dataclass(frozen=True, slots=True, eq=False)
class RegisteredTool:
    """A tool under the name that models call it by, which no other tool has.

    `taint`: whose words, beside the maker's, a model reads to whom it is offered.
    """

    name: str
    skill: Installed
    tool: Tool
    taint: Taint = CLEAN

    def schema(self) -> dict[str, Any]:
        """OpenAI's function object."""
        return tool_schema(self.tool, self.name)

    def read(self, arguments: str) -> dict[str, Any]:
        """A model's JSON text as what the tool is called with; `ArgumentError` says what to correct."""
        return read_arguments(self.tool, arguments)


@dataclass(frozen=True, slots=True, eq=False)
class SkillRegistry:
    """`skills` by key, `tools` by their unique name, `broken`: entry point → why it is switched off."""

    skills: Mapping[str, Installed]
    tools: Mapping[str, RegisteredTool]
    broken: Mapping[str, str] = field(default_factory=dict)

    def find(self, skill: str, tool: str) -> RegisteredTool:
        """A tool by its skill and own name. Raises `KeyError`."""
        for registered in self.tools.values():
            if registered.skill.key == skill and registered.tool.name == tool:
                return registered
        raise KeyError(f"{skill}.{tool}")


def load_skills() -> SkillRegistry:
    """Every skill of the entry point group `lorgnette.skills`."""
    return make_registry((point.name, point.load) for point in entry_points(group=GROUP))


def make_registry(found: Iterable[tuple[str, Any]]) -> SkillRegistry:
    """A registry of (name, function that gives the Skill class)."""
    skills: dict[str, Installed] = {}
    broken: dict[str, str] = {}
    for name, load in sorted(found, key=lambda entry: entry[0]):
        try:
            installed = _install(load())
            if installed.key in skills:
                raise ValueError(f"there is a skill {installed.key!r} already")
        except Exception as error:
            log.exception("skill %s is broken and switched off", name)
            broken[name] = f"{type(error).__name__}: {error}"
        else:
            skills[installed.key] = installed
    return SkillRegistry(skills, _tools(skills.values()), broken)


def _install(kind: type[Skill]) -> Installed:
    if not (isinstance(kind, type) and issubclass(kind, Skill)):
        raise TypeError(f"{kind!r} is no Skill")
    tools = kind.tools()
    for tool in tools:
        for parameter in tool.parameters:
            kind_of(parameter.kind)
        if tool.effect == "act" and not tool.undo and not tool.final:
            raise ValueError(f"{tool.name} acts, so it needs undo=")
        if tool.final and (tool.effect != "act" or tool.undo):
            raise ValueError(f"{tool.name} is final, so it is an act without undo=")
        if (tool.effect in {"reach_out", "spend"}) != bool(tool.preview):
            raise ValueError(f"{tool.name}: what reaches out or spends, and nothing else, has preview=")
        if tool.preview and not callable(getattr(kind, tool.preview, None)):
            raise ValueError(f"{tool.name} is laid out by {tool.preview!r}, which {kind.__name__} hasn't")
        if tool.undo and not callable(getattr(kind, tool.undo, None)):
            raise ValueError(f"{tool.name} is undone by {tool.undo!r}, which {kind.__name__} hasn't")
    doc = (kind.__doc__ or "").strip().partition("\n")[0]
    return Installed(kind.key(), kind(), tools, Phrases.of(kind), doc)


def _tools(skills: Iterable[Installed]) -> dict[str, RegisteredTool]:
    every = [(installed, tool) for installed in skills for tool in installed.tools]
    uses = Counter(tool.name for _, tool in every)
    named = {}
    for installed, tool in every:
        name = tool.name if uses[tool.name] == 1 else f"{installed.key}_{tool.name}"
        named[name] = RegisteredTool(name, installed, tool)
    return named
