"""Where things lie on this machine, by the XDG base directory specification."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

NAME = "lorgnette"
FILE = "lorgnette.toml"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of ours; none is made by looking. `configs`: the files that are read, weakest first."""

    config: Path
    data: Path
    cache: Path
    state: Path
    runtime: Path
    configs: tuple[Path, ...]

    @classmethod
    def of(cls, environ: Mapping[str, str] | None = None) -> Self:
        """A relative path in an XDG variable is ignored, as the specification asks."""
        environ = os.environ if environ is None else environ
        home = Path(environ.get("HOME") or Path.home())
        config = _base(environ, "XDG_CONFIG_HOME", home / ".config") / NAME
        state = _base(environ, "XDG_STATE_HOME", home / ".local" / "state") / NAME
        runtime = environ.get("XDG_RUNTIME_DIR", "")
        system = [
            Path(part) for part in environ.get("XDG_CONFIG_DIRS", "").split(":") if part.startswith("/")
        ]
        folders = [*reversed([folder / NAME for folder in system or [Path("/etc/xdg")]]), config]
        return cls(
            config=config,
            data=_base(environ, "XDG_DATA_HOME", home / ".local" / "share") / NAME,
            cache=_base(environ, "XDG_CACHE_HOME", home / ".cache") / NAME,
            state=state,
            runtime=Path(runtime) / NAME if runtime.startswith("/") else state / "run",
            configs=tuple(folder / FILE for folder in folders),
        )

    @property
    def file(self) -> Path:
        """The wearer's own configuration file: what `config set` writes."""
        return self.config / FILE

    @property
    def store(self) -> str:
        """The URL of the store when none is set."""
        return f"sqlite:///{quote(str(self.data / 'lorgnette.db'))}"

    @property
    def socket(self) -> Path:
        """Where commands reach a running hub."""
        return self.runtime / "hub.sock"


def _base(environ: Mapping[str, str], name: str, default: Path) -> Path:
    value = environ.get(name, "")
    return Path(value) if value.startswith("/") else default


def private(folder: Path) -> Path:
    """Make a folder that only its owner may enter."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
