"""The systemd of this machine, for one user or as root: write a unit, start it, ask how it is."""

import os
import pwd
import subprocess
import sys
from pathlib import Path
from typing import Final

from lorgnette.cli.unit import NAME
from lorgnette.core.errors import ConfigError, LorgnetteError

SECONDS: Final = 330
"""The hub's own time to start, and some."""


class Systemd:
    """`system`: as root for the whole machine, else the caller's own. `root`: where its files lie."""

    def __init__(self, *, system: bool, root: Path = Path("/")) -> None:
        self.system = system
        self._root = root

    @property
    def path(self) -> Path:
        """Where the unit lies."""
        if self.system:
            return self._root / "etc" / "systemd" / "system" / NAME
        config = os.environ.get("XDG_CONFIG_HOME", "")
        home = Path(config) if config.startswith("/") else Path.home() / ".config"
        return home / "systemd" / "user" / NAME

    @property
    def socket(self) -> Path:
        """Where the service's hub answers commands."""
        from lorgnette.config import Paths

        return Path("/run/lorgnette/hub.sock") if self.system else Paths.of().socket

    def require(self) -> None:
        """One sentence where there is no systemd, or none for this user."""
        if not (self._root / "run" / "systemd" / "system").is_dir():
            raise LorgnetteError(
                "systemd doesn't run here, so there is no service; `lorgnette service install --print` shows "
                "the unit, and docs/operations.md another way"
            )
        if self.system and os.geteuid() != 0:
            raise LorgnetteError("--system needs root: sudo lorgnette service … --system")
        if not self.system and self._ask("is-system-running").strip() in ("", "offline"):
            raise LorgnetteError(
                "your user has no systemd of its own in this session; log in as that user, or use --system"
            )

    def install(self, text: str) -> None:
        """Write the unit, start it (again, if it ran with an older one) and enable it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(text, encoding="utf-8")
        self._do("daemon-reload")
        self._do("enable", NAME)
        self._do("restart", NAME)

    def uninstall(self) -> None:
        """Stop and disable it and take the unit away; nothing happens where there is none."""
        if not self.path.exists():
            raise LorgnetteError(f"there is no {self.path}")
        self._do("disable", "--now", NAME)
        self.path.unlink()
        self._do("daemon-reload")

    def status(self) -> dict[str, object]:
        """`active` and `enabled` in systemd's words, `unknown` where it can't be asked."""
        return {
            "installed": self.path.exists(),
            "active": self._ask("is-active", NAME).strip() or "unknown",
            "enabled": self._ask("is-enabled", NAME).strip() or "unknown",
        }

    def lingers(self) -> bool:
        """Whether this user's services outlive their last session."""
        name = pwd.getpwuid(os.getuid()).pw_name
        return (self._root / "var" / "lib" / "systemd" / "linger" / name).exists()

    def _do(self, *words: str) -> None:
        done = self._run(*words)
        if done is None or done.returncode:
            said = " ".join(done.stderr.split()) if done is not None else "it isn't installed"
            raise LorgnetteError(f"systemctl {' '.join(words)} failed: {said}")

    def _ask(self, *words: str) -> str:
        done = self._run(*words)
        return done.stdout if done is not None else ""

    def _run(self, *words: str) -> subprocess.CompletedProcess[str] | None:
        scope = [] if self.system else ["--user"]
        try:
            return subprocess.run(  # noqa: S603 - systemctl by its name, with words of ours
                ["systemctl", *scope, *words],  # noqa: S607
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None


def program() -> list[str]:
    """How this very Lorgnette is started, by absolute paths."""
    script = Path(sys.prefix) / "bin" / "lorgnette"
    return [str(script)] if script.is_file() else [sys.executable, "-m", "lorgnette"]


def require_public(program: Path) -> None:
    """`ConfigError` for what a service with a user of its own couldn't run: only this user may read it."""
    closed = [str(one) for one in program.resolve().parents if not one.stat().st_mode & 0o001]
    if closed:
        raise ConfigError(
            f"the service's own user may not enter {closed[-1]}; install Lorgnette where everybody may read "
            "it, such as /opt, or leave --system out"
        )
