"""The configuration: defaults, files, environment and command line, in that order of strength."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from lorgnette.config.layers import Given, from_command, from_environment, from_file
from lorgnette.config.paths import Paths
from lorgnette.config.schema import Schema, fields, nearest
from lorgnette.config.secret import Secret
from lorgnette.config.sections import Section
from lorgnette.config.values import from_text, from_toml, shown
from lorgnette.core.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Setting:
    """One key as it holds now. `value`: fit to be shown; `origin`: file:line, variable, --set, default."""

    section: str
    key: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong (`error`: the hub doesn't start) or unwise. `origin`: where it was written."""

    level: Literal["error", "warning"]
    origin: str
    text: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.text}" if self.origin else self.text


class Config:
    """What holds, read once. Made by `load`; `check` tells everything that is wrong at once."""

    def __init__(
        self, schema: Schema, sections: Mapping[str, Section], origins: Mapping[tuple[str, str], str]
    ) -> None:
        self.schema = schema
        self.warnings: tuple[Problem, ...] = ()
        self._sections = dict(sections)
        self._origins = dict(origins)

    @classmethod
    def load(
        cls,
        files: Sequence[Path] | None = None,
        *,
        environ: Mapping[str, str] | None = None,
        overrides: Sequence[str] = (),
        schema: Schema | None = None,
    ) -> Self:
        """`files`: read in this order, each must exist; None: those of the XDG folders that do.

        `overrides`: `section.key=value`. All errors together are one `ConfigError`, a line each.
        """
        config, problems = cls._read(files, environ, overrides, schema)
        errors = [str(problem) for problem in problems if problem.level == "error"]
        if errors:
            raise ConfigError("\n".join(errors))
        config.warnings = tuple(problems)
        return config

    @classmethod
    def one[S: Section](
        cls,
        name: str,
        kind: type[S],
        files: Sequence[Path] | None = None,
        *,
        environ: Mapping[str, str] | None = None,
        overrides: Sequence[str] = (),
    ) -> S:
        """A single section as it stands now, whatever is in the others. `ConfigError` for what is wrong."""
        environ = os.environ if environ is None else environ
        schema, problems = Schema(), list[Problem]()
        schema.define(name, kind)
        values: dict[str, Any] = {}
        for given in _gather(files, environ, overrides, problems):
            if given.section != name or not given.key:
                continue
            try:
                values[given.key] = (from_text if given.text else from_toml)(
                    given.value, schema.find(name, given.key)
                )
            except ValueError as error:
                problems.append(Problem("error", given.origin, f"{name}.{given.key} {error}"))
            except ConfigError as error:
                problems.append(Problem("error", given.origin, error.detail))
        section = _build(name, kind, values, environ, {}, problems)
        if problems:
            raise ConfigError("\n".join(map(str, problems)))
        assert isinstance(section, kind)
        return section

    @classmethod
    def check(
        cls,
        files: Sequence[Path] | None = None,
        *,
        environ: Mapping[str, str] | None = None,
        overrides: Sequence[str] = (),
        schema: Schema | None = None,
    ) -> list[Problem]:
        """Everything wrong or unwise, in the order it was read."""
        return cls._read(files, environ, overrides, schema)[1]

    def section[S: Section](self, kind: type[S]) -> S:
        """A section by its type. KeyError if it isn't registered."""
        found = self._sections[self.schema.name_of(kind)]
        assert isinstance(found, kind)
        return found

    @property
    def sections(self) -> Mapping[type[Section], Section]:
        """Every section by its type."""
        return {type(section): section for section in self._sections.values()}

    def show(self) -> list[Setting]:
        """Every key with its value and where that came from; secrets masked."""
        return [
            Setting(name, key, shown(getattr(section, key)), self._origins.get((name, key), "default"))
            for name, section in self._sections.items()
            for key in fields(type(section))
        ]

    @classmethod
    def _read(
        cls,
        files: Sequence[Path] | None,
        environ: Mapping[str, str] | None,
        overrides: Sequence[str],
        schema: Schema | None,
    ) -> tuple[Self, list[Problem]]:
        environ = os.environ if environ is None else environ
        schema = schema or Schema.installed(environ)
        problems: list[Problem] = []
        values: dict[str, dict[str, Any]] = {name: {} for name in schema.sections}
        origins: dict[tuple[str, str], str] = {}
        unknown: set[str] = set()  # sections of a file: told of once, not with each key
        for given in _gather(files, environ, overrides, problems):
            if (given.section in unknown and not given.text) or given.section in schema.later:
                continue
            try:
                kind = _kind(schema, given)
                if kind is None:
                    if given.section in schema.absent and not given.key:
                        problems.append(Problem("warning", given.origin, f"[{given.section}] isn't loaded"))
                    continue
                value = (from_text if given.text else from_toml)(given.value, kind)
            except ConfigError as error:
                if not given.key:
                    unknown.add(given.section)
                problems.append(Problem("error", given.origin, error.detail))
            except ValueError as error:
                said = "" if kind is None or _secret(kind) else f" is {given.value!r},"
                text = f"{given.section}.{given.key}{said} {error}"
                problems.append(Problem("error", given.origin, text))
            else:
                values[given.section][given.key] = value
                origins[given.section, given.key] = given.origin
        sections = {
            name: _build(name, kind, values[name], environ, origins, problems)
            for name, kind in schema.sections.items()
        }
        problems += _secrets(sections, origins, environ)
        return cls(schema, sections, origins), problems


def _gather(
    files: Sequence[Path] | None,
    environ: Mapping[str, str],
    overrides: Sequence[str],
    problems: list[Problem],
) -> Iterator[Given]:
    found = files if files is not None else [path for path in Paths.of(environ).configs if path.is_file()]
    for layer in (*(from_file(path) for path in found), from_environment(environ), from_command(overrides)):
        try:
            yield from layer
        except ConfigError as error:
            problems.append(Problem("error", "", error.detail))


def _kind(schema: Schema, given: Given) -> Any:
    """The type of what was given; None for what is passed over."""
    if not given.section:
        sections = [name for name, kind in schema.sections.items() if given.key in fields(kind)]
        hint = (
            f"; did you mean [{sections[0]}] {given.key}?"
            if sections
            else nearest(given.key, schema.sections)
        )
        raise ConfigError(f"{given.key!r} stands outside of a section{hint}")
    if given.section in schema.absent:
        return None
    if not given.key:
        if given.section not in schema.sections:
            schema.find(given.section, "")
        return None
    return schema.find(given.section, given.key)


def _secret(kind: Any) -> bool:
    return getattr(kind, "__origin__", kind) is Secret


def _build(
    name: str,
    kind: type[Section],
    values: dict[str, Any],
    environ: Mapping[str, str],
    origins: dict[tuple[str, str], str],
    problems: list[Problem],
) -> Section:
    try:
        made = kind(**values)
    except (ValueError, TypeError) as error:
        origin = next((origins[name, key] for key in reversed(list(values))), "")
        problems.append(Problem("error", origin, f"[{name}] {error}"))
        return kind()
    resolved = made.resolve(environ)
    for key in fields(kind):
        if getattr(made, key) != getattr(resolved, key):
            origins[name, key] = kind.made_from
    return resolved


def _secrets(
    sections: Mapping[str, Section], origins: Mapping[tuple[str, str], str], environ: Mapping[str, str]
) -> Iterator[Problem]:
    for name, section in sections.items():
        for key in fields(type(section)):
            value = getattr(section, key)
            origin = origins.get((name, key), "")
            if not isinstance(value, Secret) or not value or not origin:
                continue  # of a default, whoever uses the section hears
            if value.literal and origin.startswith("LORGNETTE_"):
                continue  # the environment is a fair place for a secret
            if warning := value.warning(environ):
                yield Problem("warning", origin, f"{name}.{key}: {warning}")
