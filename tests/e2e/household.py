"""A hub as a household runs it: its own process, its own folders, killed and started again."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Household:
    """`lorgnette up` on a port that stays the same over restarts."""

    def __init__(self, folder: Path, *settings: str) -> None:
        self.port = free_port()
        self._settings = [part for setting in settings for part in ("--set", setting)]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.ready: dict[str, Any] = {}
        """What it printed when it was ready."""
        self.environment = {
            **os.environ,
            **{
                f"XDG_{name}_HOME": str(folder / name.lower())
                for name in ("CONFIG", "DATA", "CACHE", "STATE")
            },
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "LANG": "en_US.UTF-8",
        }

    def start(self, seconds: float = 60) -> str:
        """The printed address, once it is ready."""
        command = [
            sys.executable,
            "-m",
            "lorgnette.cli",
            "up",
            "--json",
            "--port",
            str(self.port),
            *self._settings,
        ]
        log = (self._folder / "hub.log").open("ab")
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=self.environment)
        log.close()
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        line = self._process.stdout.readline() if ready else b""
        assert line, f"the hub did not start:\n{self.log[-3000:]}"
        self.ready = json.loads(line)
        return str(self.ready["url"])

    def kill(self) -> None:
        """As a power cut would."""
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)
        self._process.stdout.close()

    def stop(self) -> int:
        """As Ctrl-C would; its exit code."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(15)
        if self._process.stdout is not None:
            self._process.stdout.close()
        return code

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command of the same person."""
        return subprocess.run(
            [sys.executable, "-m", "lorgnette.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @property
    def log(self) -> str:
        return (self._folder / "hub.log").read_text(errors="replace")

    def wait_gone(self, pids: list[int], seconds: float = 10) -> bool:
        """Whether these processes have ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not any(Path(f"/proc/{pid}").exists() for pid in pids):
                return True
            time.sleep(0.05)
        return False

    def children(self) -> list[int]:
        assert self._process is not None
        pid = self._process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
