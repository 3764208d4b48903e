"""The chat model in `lorgnette.toml`: what is chosen, and how another one is written down."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lorgnette.config import Config, ModelSection, Paths, preset_of, set_values
from lorgnette.core.errors import ConfigError


class ModelFile:
    """`Keeper` of the configuration that one command was started with. Each call reads it anew."""

    def __init__(self, files: Sequence[Path] | None, overrides: Sequence[str] = ()) -> None:
        self._files = files
        self._overrides = tuple(overrides)
        self.path = files[0] if files else Paths.of().file

    @property
    def wanted(self) -> bool:
        section = self._read().section(ModelSection)
        return section.offer and not section.there

    def configured(self) -> Mapping[str, Mapping[str, Any]]:
        from lorgnette.cli.settings import chat_engines

        return chat_engines(self._read())

    def choose(self, url: str, model: str) -> None:
        name = preset_of(url)
        self.write(preset=name, url="" if name else url, name=model, key="")

    def decline(self) -> None:
        self.write(offer="false")

    def write(self, **values: str) -> dict[str, str]:
        """Keys of [model] that differ; an empty one is only written over one that is there.

        Gives what was written. `ConfigError` if the environment or `--set` says something else: it would win.
        """
        config = self._read()
        given = {one.key: one for one in config.show() if one.section == "model" and _given(one.origin)}
        changes = {key: value for key, value in values.items() if value or key in given}
        for key in changes:
            origin = given[key].origin if key in given else ""
            if origin and ":" not in origin:
                raise ConfigError(f"model.{key} is set by {origin}, which is stronger than {self.path}")
        set_values(self.path, {f"model.{key}": value for key, value in changes.items()}, config.schema)
        return changes

    def _read(self) -> Config:
        files = self._files
        if files is not None:
            files = [file for file in files if file.exists()]  # --config may name the one that is to be made
        return Config.load(files, overrides=self._overrides)


def _given(origin: str) -> bool:
    """Whether somebody wrote it: in a file (name:line), the environment or on the command line."""
    return origin not in ("default", ModelSection.made_from)
