"""Which models there are: the catalogue of this package and the wearer's own files."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Self

import msgspec

from lorgnette.core.errors import NotFound
from lorgnette.models.entry import Model
from lorgnette.models.errors import ModelError

FOLDER = "models.d"
"""Beside `lorgnette.toml`: catalogues of one's own, `*.toml`."""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    model: tuple[Model, ...] = ()


class Catalogue:
    """Models by id. Made by `load`, or from entries in a test."""

    def __init__(self, models: Mapping[str, Model]) -> None:
        self._models = dict(models)

    @classmethod
    def load(cls, config: Path | None = None) -> Self:
        """The built-in one and those in `config`/models.d; a `ModelError` names the file that is wrong."""
        models: dict[str, Model] = {}
        where: dict[str, str] = {}
        for name, text in _texts(config):
            for model in read(text, name):
                if model.id in models:
                    raise ModelError(f"{name}: the model {model.id!r} is in {where[model.id]} already")
                models[model.id], where[model.id] = model, name
        return cls(models)

    def __iter__(self) -> Iterator[Model]:
        return iter(sorted(self._models.values(), key=lambda model: (model.kind, model.id)))

    def __len__(self) -> int:
        return len(self._models)

    def find(self, id: str) -> Model:
        """`NotFound` with the nearest names."""
        if id in self._models:
            return self._models[id]
        import difflib

        close = difflib.get_close_matches(id, self._models, n=3, cutoff=0.4)
        hint = (
            f"did you mean {', '.join(close)}?"
            if close
            else "lorgnette models list --all shows what there is"
        )
        raise NotFound(f"there is no model {id!r} in the catalogue; {hint}")


def read(text: str, name: str) -> tuple[Model, ...]:
    """The entries of one file; `name` is for the message."""
    try:
        return msgspec.convert(tomllib.loads(text), _File).model
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ModelError(f"{name}: {error}") from error


def _texts(config: Path | None) -> Iterator[tuple[str, str]]:
    yield "the built-in catalogue", files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8")
    for path in sorted((config / FOLDER).glob("*.toml")) if config else ():
        try:
            yield str(path), path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(f"{path}: {error}") from error
