"""What the locks in `requirements/` hold, and whether they still answer `pyproject.toml` (run as a check)."""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOME = Path(__file__).resolve().parents[1]
ADDRESS = re.compile(r"https?:|file:|--(?:extra-)?index-url|--find-links|--trusted-host| @ ")


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package: `marker` says on which platforms, "" on all."""

    name: str
    version: str
    marker: str
    hashed: bool


def pins(lock: str, home: Path = HOME) -> list[Pin]:
    """The packages of one lock, e.g. `base`."""
    text = (home / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    found: list[Pin] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "--")):
            continue
        wanted, _, rest = line.partition("--hash=")
        requirement = Requirement(wanted.strip())
        version = next(iter(requirement.specifier)).version
        marker = str(requirement.marker or "")
        found.append(Pin(str(canonicalize_name(requirement.name)), version, marker, bool(rest)))
    return found


def wanted(project: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each lock's name and the requirements it has to answer."""
    yield "base", project["project"]["dependencies"]
    yield from sorted(project["project"].get("optional-dependencies", {}).items())
    for group, requirements in sorted(project.get("dependency-groups", {}).items()):
        yield group, [requirement for requirement in requirements if isinstance(requirement, str)]


def runtime_locks(home: Path = HOME) -> list[str]:
    """The locks of what a hub runs with: the base and the extras."""
    project = tomllib.loads((home / "pyproject.toml").read_text(encoding="utf-8"))
    return ["base", *sorted(project["project"].get("optional-dependencies", {}))]


def lock_problems(lock: str, requirements: list[str], home: Path) -> Iterator[str]:
    """What is wrong with one lock."""
    file = home / "requirements" / f"{lock}.txt"
    if not file.is_file():
        yield f"{file.name} is missing: run `make lock`"
        return
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if ADDRESS.search(line):
            yield f"{file.name} line {number} names a place to download from: {line.strip()[:60]}"
    locked = {pin.name: pin for pin in pins(lock, home)}
    yield from (f"{file.name}: {pin.name} has no hash" for pin in locked.values() if not pin.hashed)
    for requirement in map(Requirement, requirements):
        pin = locked.get(str(canonicalize_name(requirement.name)))
        if pin is None:
            yield f"{file.name} lacks {requirement.name}: run `make lock`"
        elif not requirement.specifier.contains(pin.version, prereleases=True):
            yield f"{file.name} has {pin.name} {pin.version}, wanted is {requirement}: run `make lock`"


def problems(home: Path = HOME) -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    project = tomllib.loads((home / "pyproject.toml").read_text(encoding="utf-8"))
    locks = dict(wanted(project))
    for lock, requirements in locks.items():
        own = f"{project['project']['name']}["
        yield from lock_problems(lock, [text for text in requirements if not text.startswith(own)], home)
    for file in sorted((home / "requirements").glob("*.txt")):
        if file.stem not in locks:
            yield f"{file.name} belongs to nothing in pyproject.toml"


if __name__ == "__main__":
    found = list(problems())
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    sys.exit(bool(found))
