"""All installed skills: found by entry points and in a folder, a broken one switched off with a message."""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any, Final, Literal, NamedTuple

from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk.phrases import Phrases
from lorgnette.sdk.requirements import unmet
from lorgnette.sdk.schema import kind_of, read_arguments, tool_schema
from lorgnette.sdk.skill import Skill, Tool

GROUP = "lorgnette.skills"
OWN: Final = "lorgnette"
ALWAYS: Final = frozenset({"control"})
"""Skills that can't be switched off: *stop* always works."""

log = logging.getLogger(__name__)


class Origin(NamedTuple):
    """Where a skill comes from. `place`: the package's name, or the path."""

    kind: Literal["built-in", "package", "folder"] = "built-in"
    place: str = OWN
    version: str = ""


BUILT_IN: Final = Origin()
RANK: Final = ("built-in", "package", "folder")
"""Who has a name first keeps it."""


class Candidate(NamedTuple):
    """What may be a skill. `load` gives its class, or raises."""

    name: str
    load: Callable[[], Any]
    origin: Origin = BUILT_IN


@dataclass(frozen=True, slots=True, eq=False)
class Installed:
    """A skill that works: its instance, tools, phrases, and its one-line description."""

    key: str
    skill: Skill
    tools: tuple[Tool, ...]
    phrases: Phrases
    doc: str
    origin: Origin = BUILT_IN


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
    """`skills` by key, `tools` by their unique name, `broken`: entry point → why it is switched off.

    `off`: those that work and aren't wanted; `origins`: where each candidate came from, by its name.
    """

    skills: dict[str, Installed]
    tools: dict[str, RegisteredTool]
    broken: dict[str, str] = field(default_factory=dict)
    off: dict[str, Installed] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)

    def find(self, skill: str, tool: str) -> RegisteredTool:
        """A tool by its skill and own name. Raises `KeyError`."""
        for registered in self.tools.values():
            if registered.skill.key == skill and registered.tool.name == tool:
                return registered
        raise KeyError(f"{skill}.{tool}")

    def become(self, other: "SkillRegistry") -> None:
        """Hold from now on what the other one holds, for everybody who has this one. On the event loop."""
        tools = {name: _same(self.tools.get(name), one) for name, one in other.tools.items()}
        _replace(self.skills, other.skills)
        _replace(self.tools, tools)
        _replace(self.broken, other.broken)
        _replace(self.off, other.off)
        _replace(self.origins, other.origins)

    def without(self, keys: Collection[str], broken: dict[str, str]) -> "SkillRegistry":
        """The same without some skills, which are `broken` for a reason that only the hub knows."""
        left = {key: one for key, one in self.skills.items() if key not in keys}
        return SkillRegistry(
            left, _tools(left.values()), {**self.broken, **broken}, dict(self.off), dict(self.origins)
        )


def load_skills(more: Iterable[Candidate] = (), off: Collection[str] = ()) -> SkillRegistry:
    """Every skill of the entry point group `lorgnette.skills`, and `more`; those in `off` are not used."""
    return make_registry([*_of_entry_points(), *more], off)


def _of_entry_points() -> Iterator[Candidate]:
    for point in entry_points(group=GROUP):
        name, version = (point.dist.name, point.dist.version) if point.dist else ("", "")
        kind: Literal["built-in", "package"] = "built-in" if name == OWN else "package"
        yield Candidate(point.name, point.load, Origin(kind, name, version))


def make_registry(
    found: Iterable[Candidate | tuple[str, Any]],
    off: Collection[str] = (),
    kept: Callable[[str], Installed | None] = lambda _name: None,
) -> SkillRegistry:
    """A registry of candidates: name, and the function that gives the Skill class.

    `kept`: by a candidate's name, the version that works where this one is broken.
    """
    registry = SkillRegistry({}, {})
    skills, broken = registry.skills, registry.broken
    candidates = [Candidate(*one) for one in found]
    for one in sorted(candidates, key=lambda one: (RANK.index(one.origin.kind), one.name)):
        known = registry.origins.setdefault(one.name, one.origin)
        name = one.name if known is one.origin else f"{one.name} ({one.origin.place})"
        registry.origins.setdefault(name, one.origin)
        try:
            installed = _installed(one)
            if installed.key in skills or installed.key in registry.off:
                raise ValueError(f"there is a skill {installed.key!r} already, so it needs another name")
        except Exception as error:
            log.exception("skill %s is broken and switched off", name)
            broken[name] = f"{type(error).__name__}: {error}"
            last = kept(one.name)
            if last is None or last.key in skills or last.key in registry.off:
                continue
            installed = last
        wanted = installed.key not in off or installed.key in ALWAYS
        (skills if wanted else registry.off)[installed.key] = installed
    registry.tools.update(_tools(skills.values()))
    return registry


def _installed(one: Candidate) -> Installed:
    loaded = one.load()
    return loaded if isinstance(loaded, Installed) else install(loaded, one.origin)


def install(kind: type[Skill], origin: Origin = BUILT_IN) -> Installed:
    """A skill that fits together. `TypeError`, `ValueError` and `OSError` say what doesn't."""
    if not (isinstance(kind, type) and issubclass(kind, Skill)):
        raise TypeError(f"{kind!r} is no Skill")
    if lacking := unmet(kind.requires):
        raise ValueError(lacking)
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
    return Installed(kind.key(), kind(), tools, Phrases.of(kind), doc, origin)


def _replace[V](mine: dict[str, V], theirs: dict[str, V]) -> None:
    kept = dict(theirs)
    mine.clear()
    mine.update(kept)


def _same(mine: RegisteredTool | None, theirs: RegisteredTool) -> RegisteredTool:
    """The one that is known already, where it is the same: what is known of it needn't be found out again."""
    known = mine is not None and mine.skill is theirs.skill and mine.tool is theirs.tool
    return mine if known and mine is not None else theirs


def _tools(skills: Iterable[Installed]) -> dict[str, RegisteredTool]:
    """Each under its own name where no other has it; a skill of the folder never takes one from the rest."""
    every = [(installed, tool) for installed in skills for tool in installed.tools]
    uses = Counter(tool.name for installed, tool in every if installed.origin.kind != "folder")
    named: dict[str, RegisteredTool] = {}
    for installed, tool in every:
        added = installed.origin.kind == "folder"
        alone = (uses[tool.name] == 0 and tool.name not in named) if added else uses[tool.name] == 1
        name = tool.name if alone else f"{installed.key}_{tool.name}"
        named[name] = RegisteredTool(name, installed, tool)
    return named
