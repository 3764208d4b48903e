"""A new skill, written from the template: it works as it is."""

import keyword
import re
from pathlib import Path
from typing import Final

from lorgnette import __version__
from lorgnette.core.errors import SkillError

TEMPLATE: Final = Path(__file__).parent / "template"
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST: Final = 40


def checked_name(name: str) -> str:
    """The name of a skill, which is its file's, too. `SkillError` says what is wrong with it."""
    if not _NAME.fullmatch(name) or len(name) > LONGEST or keyword.iskeyword(name):
        plain = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_0123456789")[:LONGEST].strip("_")
        hint = f"; try {plain}" if _NAME.fullmatch(plain) and not keyword.iskeyword(plain) else ""
        raise SkillError(f"{name!r} can't name a skill: a word or more in a-z, 0-9, joined by _{hint}")
    if name.startswith("test_") or name in {"phrases", "conftest", "lorgnette"}:
        raise SkillError(f"{name!r} means something else in a folder of skills; take another name")
    return name


def write_skill(name: str, folder: Path) -> list[Path]:
    """Write the folder `folder/name`; gives its files. `SkillError` where it is there already."""
    checked_name(name)
    target = folder / name
    if target.exists():
        raise SkillError(f"{target} is there already")
    words = name.replace("_", " ")
    values = {
        "name": name,
        "words": words,
        "Words": words[:1].upper() + words[1:],
        "Class": "".join(part.capitalize() for part in name.split("_")),
        "requires": requires(__version__),
    }
    names = {
        "skill.py.txt": f"{name}.py",
        "dialogue.toml.txt": f"test_{name}.toml",
        "README.md.txt": "README.md",
    }
    written = []
    for source in sorted(TEMPLATE.rglob("*")):
        if not source.is_file() or source.suffix not in {".txt", ".ftl"}:
            continue
        within = source.relative_to(TEMPLATE)
        place = within.parent / name / within.name if within.parent.name == "phrases" else within
        file = target / names.get(within.name, str(place))
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = re.sub(r"@(\w+)@", lambda match: values[match[1]], source.read_text("utf-8"))
        file.write_text(text, "utf-8")
        file.chmod(0o600)
        written.append(file)
    return written


def requires(version: str) -> str:
    """The versions that a skill made with this one works with: as far as nothing may break."""
    major, minor, *_ = (*version.split("."), "0")
    following = f"0.{int(minor) + 1}" if major == "0" else str(int(major) + 1)
    return f">={major}.{minor},<{following}"
