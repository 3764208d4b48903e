"""Models from a folder instead of the network: files are known by their hash, whatever they are called."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lorgnette.models.entry import Model, ModelFile
from lorgnette.models.errors import ModelError
from lorgnette.models.room import Space, demand, space
from lorgnette.models.shelf import Shelf
from lorgnette.models.unpack import unpack


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was found and put in its place."""

    model: Model
    file: ModelFile
    source: Path


def take_in(folder: Path, models: Iterable[Model], shelf: Shelf, space: Space = space) -> list[Taken]:
    """Copy every file below `folder` that the catalogue names; only those of a fitting size are read."""
    if not folder.is_dir():
        raise ModelError(f"{folder} is no folder")
    wanted: dict[int, list[tuple[Model, ModelFile]]] = {}
    for model in models:
        for file in model.files:
            if not shelf.has(model, file):
                wanted.setdefault(file.bytes, []).append((model, file))
    taken: list[Taken] = []
    for path in _files(folder):
        try:
            candidates = wanted.get(path.stat().st_size, [])
            found = _hash(path) if candidates else ""
        except OSError as error:
            raise ModelError(f"{path}: {error}") from error
        for model, file in [one for one in candidates if one[1].sha256 == found]:
            candidates.remove((model, file))
            demand(shelf.folder, file.bytes + file.unpacked, space)
            with shelf.claimed(model.id):
                _copy(path, shelf.fetched(model, file), file.sha256)
                if file.unpack:
                    unpack(shelf.place(model, file), file)
            taken.append(Taken(model, file, path))
    return taken


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(base, name)
            if path.is_file():
                yield path


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: Path, target: Path, sha256: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    try:
        shutil.copyfile(source, partial)
        if _hash(Path(partial)) != sha256:
            raise ModelError(f"{source} was changed while it was copied")
        Path(partial).replace(target)
        for ending in (".part", ".journal"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(f"{target}: {error}") from error
    finally:
        Path(partial).unlink(missing_ok=True)
