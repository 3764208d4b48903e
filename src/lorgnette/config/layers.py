"""Settings as they come in: from files, the environment and the command line, each with its origin."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lorgnette.config.lines import line_numbers
from lorgnette.core.errors import ConfigError

PREFIX = "LORGNETTE_"


@dataclass(frozen=True, slots=True)
class Given:
    """One value that somebody wrote. `text`: typed, not TOML; without `key`: a section opens."""

    section: str
    key: str
    value: Any
    origin: str
    text: bool = False


def from_file(path: Path) -> Iterator[Given]:
    """Each key of a TOML file with `file:line`. A file that isn't TOML is a `ConfigError`."""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}") from error
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    lines = line_numbers(text)

    def origin(*name: str) -> str:
        return f"{path}:{lines.get(name, 1)}"

    for section, keys in content.items():
        if isinstance(keys, dict):
            yield Given(section, "", None, origin(section))
            for key, value in keys.items():
                yield Given(section, key, value, origin(section, key))
        else:
            yield Given("", section, keys, origin(section))


def from_environment(environ: Mapping[str, str]) -> Iterator[Given]:
    """`LORGNETTE_HUB__PORT=8080`; other variables of that prefix are none of ours."""
    for name in sorted(environ):
        section, double, key = name.removeprefix(PREFIX).lower().partition("__")
        if name.startswith(PREFIX) and double:
            yield Given(section, key, environ[name], name, text=True)


def from_command(pairs: Sequence[str]) -> Iterator[Given]:
    """`--set hub.port=8080`."""
    for pair in pairs:
        name, equals, value = pair.partition("=")
        section, dot, key = name.strip().partition(".")
        if not equals or not dot or not key:
            raise ConfigError(f"--set {name}: write section.key=value, as hub.port=8080")
        yield Given(section, key, value, "--set", text=True)
