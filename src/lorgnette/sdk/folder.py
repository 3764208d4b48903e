"""Skills in a folder: each file or folder of it one, found, checked and loaded without an installation."""

import importlib.util
import stat
import sys
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from itertools import count
from pathlib import Path
from typing import Any, Final

from lorgnette.core.errors import SkillError
from lorgnette.sdk.language import languages
from lorgnette.sdk.registry import Candidate, Installed, Origin, install
from lorgnette.sdk.sentences import sentences_of
from lorgnette.sdk.skill import Skill

PACKAGE: Final = "lorgnette_skills"
"""The modules are `lorgnette_skills.<generation>.<name>`: a new one beside the old, which may still run."""
SUFFIXES: Final = frozenset({".py", ".ftl", ".toml"})
MOST_FILES: Final = 2000
"""Of one skill; more of them aren't looked at for changes."""

_generations = count(1)

type Stamp = tuple[tuple[str, int, int], ...]
"""(file, when it was changed, its size) of everything that a skill is made of."""


@dataclass(frozen=True, slots=True)
class Place:
    """A skill in the folder. `file`: its Python file, which its class is in; `folder`: its own, or None."""

    name: str
    file: Path
    folder: Path | None = None

    @property
    def path(self) -> Path:
        """The folder, or the file that is all of it."""
        return self.folder or self.file

    def stamp(self) -> Stamp:
        """Differs when something was changed."""
        return tuple(sorted(_stamped(self.files())))

    def files(self) -> Iterable[Path]:
        """What it is made of; hidden files and what Python makes aren't part of it."""
        if self.folder is None:
            phrases = self.file.parent / "phrases" / self.name
            found = [self.file, *(phrases.iterdir() if phrases.is_dir() else ())]
        else:
            found = [path for path in self.folder.rglob("*") if not _hidden(path, self.folder)]
        return [path for path in found if path.suffix in SUFFIXES][:MOST_FILES]

    def load(self) -> Installed:
        """The skill, run afresh from its files. Raises whatever is wrong with it."""
        check_permissions(self)
        kind = skill_in(_run(self), self.name)
        if kind.key() != self.name:
            raise SkillError(f"{self.file.name} holds the skill {kind.key()!r}; file and skill share a name")
        origin = Origin("folder", str(self.path), kind.version)
        return read_whole(install(kind, origin))

    def candidate(self) -> Candidate:
        """For a registry."""
        return Candidate(self.name, self.load, Origin("folder", str(self.path)))


def places(folder: Path) -> list[Place]:
    """The skills of a folder: `dice.py`, or `dice/` with `dice.py` in it. None where it isn't there."""
    try:
        entries = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    found: dict[str, Place] = {}
    for entry in entries:
        if entry.name.startswith((".", "_")) or entry.name == "phrases":
            continue
        place = place_of(entry)
        if place is not None:
            found.setdefault(place.name, place)
    return list(found.values())


def place_of(path: Path) -> Place | None:
    """The skill that a path names; None where it names none."""
    if path.is_dir():
        return Place(path.name, path / f"{path.name}.py", path)
    if path.suffix == ".py" and not path.name.startswith(("test_", "conftest")):
        return Place(path.stem, path)
    return None


def check_permissions(place: Place) -> None:
    """Its code runs in the hub, so nobody else on this machine may write it. `SkillError` says which file."""
    for path in {place.path.parent, place.path, *place.files()}:
        if path.stat().st_mode & stat.S_IWOTH:
            raise SkillError(f"{path} can be written by everybody on this machine: chmod o-w {path}")


def skill_in(module: types.ModuleType, name: str) -> type[Skill]:
    """The one skill that a module defines."""
    found: list[type[Skill]] = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Skill) and value.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise SkillError(f"{name}.py holds {len(found) or 'no'} skills; it is one class made from Skill")
    return found[0]


def read_whole(installed: Installed) -> Installed:
    """Everything that is said and understood, read now: later the files may be another version's."""
    from fluent.syntax import FluentParser, ast

    folder = installed.phrases.folder
    for pack in languages().values():
        file = folder / f"{pack.code}.ftl"
        if file.is_file():
            text = file.read_text("utf-8")
            for entry in FluentParser().parse(text).body:
                if isinstance(entry, ast.Junk):
                    line = text.count("\n", 0, entry.span.start if entry.span else 0) + 1
                    said = entry.annotations[0].message if entry.annotations else "can't be read"
                    raise SkillError(f"{file.name}, line {line}: {said}")
        installed.phrases.warm(pack.code)
        for tool in installed.tools:
            sentences_of(installed.key, folder, tool, pack)
    return installed


def _run(place: Place) -> types.ModuleType:
    """Run the file as a module of a new generation, the folder's other files reached as `.other`."""
    if not place.file.is_file():
        raise SkillError(f"{place.path.name} is no skill: there is no {place.file.name} in it")
    if _Modules not in map(type, sys.meta_path):
        sys.meta_path.append(_Modules())
    parent = f"{PACKAGE}.{next(_generations)}"
    name = f"{parent}.{place.name}"
    inside = [str(place.folder)] if place.folder else None
    spec = importlib.util.spec_from_file_location(
        name, place.file, loader=_Fresh(name, str(place.file)), submodule_search_locations=inside
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        forget(name)
        raise
    return module


def forget(module: str) -> None:
    """Take a module of a former generation, and those under it, out of Python's table."""
    for name in [one for one in sys.modules if one == module or one.startswith(f"{module}.")]:
        del sys.modules[name]


class _Fresh(SourceFileLoader):
    """Reads the source each time: an edit within a second, of the same length, counts, too."""

    def path_stats(self, path: str) -> Mapping[str, Any]:
        raise OSError(f"{path} isn't kept compiled")


class _Modules:
    """Finds the other files of a skill's folder."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        del target
        if not name.startswith(f"{PACKAGE}.") or not path:
            return None
        return FileFinder(path[0], (_Fresh, [".py"])).find_spec(name)


def _hidden(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return any(part.startswith(".") or part == "__pycache__" for part in parts)


def _stamped(files: Iterable[Path]) -> Iterable[tuple[str, int, int]]:
    for file in files:
        try:
            now = file.stat()
        except OSError:
            continue
        yield str(file), now.st_mtime_ns, now.st_size
