"""Change keys of `lorgnette.toml` and leave everything else, comments too, as it is."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lorgnette.config.schema import Schema
from lorgnette.config.values import from_text, to_toml
from lorgnette.core.errors import ConfigError


def set_value(path: Path, name: str, value: str, schema: Schema | None = None) -> None:
    """`set_values` for one."""
    set_values(path, {name: value}, schema)


def set_values(path: Path, values: Mapping[str, str], schema: Schema | None = None) -> None:
    """Write each `section.key = value` into the file, which is made if it isn't there.

    An unknown key, a value of the wrong type or a file that isn't TOML is a `ConfigError` and nothing is
    written. The file is replaced as a whole: whoever reads it meanwhile sees the old or the new one.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    schema = schema or Schema.installed()
    new = [(*schema.split(name), _read(name, value, schema)) for name, value in values.items()]
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else "")
        for section, key, value in new:
            table = document.setdefault(section, tomlkit.table())
            if not hasattr(table, "items"):
                raise ConfigError(f"{path}: {section} isn't a section")
            table[key] = value
        text = tomlkit.dumps(document)
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    _replace(path.resolve(), text)


def _read(name: str, value: str, schema: Schema) -> Any:
    try:
        return to_toml(from_text(value, schema.find(*schema.split(name))))
    except ValueError as error:
        raise ConfigError(f"{name} {error}") from error


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
