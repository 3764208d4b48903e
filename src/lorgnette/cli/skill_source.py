"""Where a skill is installed from: a folder, a file, an archive, a package. Nothing of it is run here."""

import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from lorgnette.core.errors import SkillError
from lorgnette.sdk.folder import Place, place_of

MOST_FILES: Final = 300
MOST_BYTES: Final = 10 * 1024 * 1024
INSTALL_SECONDS: Final = 300
_IGNORED: Final = frozenset({"__pycache__", "__MACOSX"})


@contextmanager
def laid_out(source: Path) -> Iterator[Place]:
    """The skill that a path holds, as plain files: an archive is unpacked for as long as this lasts."""
    if not source.exists():
        raise SkillError(f"there is no {source}")
    if source.suffix == ".zip":
        with TemporaryDirectory(prefix="lorgnette-skill-") as scratch:
            _unpack(source, Path(scratch))
            yield _inside(Path(scratch), source)
        return
    place = place_of(source.resolve())
    if place is None:
        raise SkillError(f"{source} is neither a folder, a Python file nor a zip")
    yield place


def copied(place: Place, folder: Path, *, replace: bool) -> Place:
    """Copy a skill into the folder of skills, readable for nobody else; the copy."""
    target = folder / place.name
    if not replace:
        room_for(place, folder)
    there = _there(place, folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=".new-", dir=folder) as scratch:
        new = Path(scratch) / place.name
        for file, within in files_of(place):
            copy = new / within
            copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(file, copy)
            copy.chmod(0o600)
        for old in there:
            old.rename(Path(scratch) / f"old-{old.name}")
        new.rename(target)
    return Place(place.name, target / f"{place.name}.py", target)


def room_for(place: Place, folder: Path) -> None:
    """`SkillError` where the folder has a skill of this name."""
    for one in _there(place, folder):
        raise SkillError(f"{one} is there already; --replace puts this one in its place")


def _there(place: Place, folder: Path) -> list[Path]:
    return [one for one in (folder / place.name, folder / f"{place.name}.py") if one.exists()]


def files_of(place: Place) -> Iterator[tuple[Path, Path]]:
    """(file, its place in the skill's folder) of all that is copied. `SkillError` for what is too much."""
    if place.folder is None:
        phrases, test = place.file.parent / "phrases" / place.name, f"test_{place.name}.toml"
        found = [(place.file, Path(place.file.name))]
        found += [(one, Path("phrases") / place.name / one.name) for one in sorted(phrases.glob("*.*"))]
        found += [(one, Path(one.name)) for one in [place.file.with_name(test)] if one.is_file()]
    else:
        every = sorted(place.folder.rglob("*"))
        if any(one.is_symlink() for one in every):
            raise SkillError(f"{place.folder} has links in it, and a copy would follow them")
        found = [
            (one, one.relative_to(place.folder))
            for one in every
            if one.is_file() and not _ignored(one.relative_to(place.folder).parts)
        ]
    if len(found) > MOST_FILES or sum(one.stat().st_size for one, _ in found) > MOST_BYTES:
        raise SkillError(f"{place.path} has more than {MOST_FILES} files or {MOST_BYTES >> 20} MB")
    yield from found


def _unpack(archive: Path, target: Path) -> None:
    """Every file of a zip, bounded; a name that leads out of it is refused."""
    try:
        with zipfile.ZipFile(archive) as zipped:
            members = [one for one in zipped.infolist() if not one.is_dir()]
            if len(members) > MOST_FILES:
                raise SkillError(f"{archive} has more than {MOST_FILES} files")
            left = MOST_BYTES
            for member in members:
                within = PurePosixPath(member.filename)
                if within.is_absolute() or ".." in within.parts or "\\" in member.filename:
                    raise SkillError(f"{archive} holds {member.filename!r}, which leads out of it")
                if stat.S_ISLNK(member.external_attr >> 16):
                    raise SkillError(f"{archive} holds a link, {member.filename!r}")
                if _ignored(within.parts):
                    continue
                with zipped.open(member) as reader:
                    data = reader.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise SkillError(f"{archive} unpacks to more than {MOST_BYTES >> 20} MB")
                file = target / within
                file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                file.write_bytes(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise SkillError(f"{archive} can't be unpacked: {error}") from None


def _inside(folder: Path, archive: Path) -> Place:
    """The one skill of an unpacked archive: its only folder, or the file that all of it belongs to."""
    entries = [one for one in folder.iterdir() if not one.name.startswith(".")]
    if len(entries) == 1 and entries[0].is_dir():
        return Place(entries[0].name, entries[0] / f"{entries[0].name}.py", entries[0])
    found = [one for one in map(place_of, entries) if one is not None and one.folder is None]
    if len(found) != 1:
        raise SkillError(
            f"{archive} holds {len(found) or 'no'} skills; it should be one folder, NAME/NAME.py"
        )
    return found[0]


def _ignored(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(".") or part in _IGNORED for part in parts)


def installer() -> list[str]:
    """What installs packages into this very Python, as far as it is there."""
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
    uv = shutil.which("uv")
    if uv is None:
        raise SkillError(f"neither pip nor uv is here; install the package for {sys.executable} yourself")
    return [uv, "pip", "install", "--python", sys.executable]


def install_package(name: str, *more: str) -> None:
    """Install a package from wheels, so that nothing of it runs meanwhile. `SkillError` says why not."""
    command = [*installer(), "--quiet", "--only-binary", ":all:", *more, name]
    try:
        done = subprocess.run(  # noqa: S603 — the arguments are ours, the name is checked
            command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SkillError(f"{name} can't be installed: {error}") from None
    if done.returncode:
        raise SkillError(f"{name} can't be installed: {done.stderr.strip()[-600:]}")
