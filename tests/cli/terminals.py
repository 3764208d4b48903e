"""A command behind a real terminal: what it prints is waited for, answers are typed."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping

_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """`seen`: all it has printed, without colours."""

    def __init__(self, process: subprocess.Popen[bytes], handle: int) -> None:
        self.process = process
        self._handle = handle
        self._raw = b""
        self._at = 0

    @property
    def seen(self) -> str:
        return _COLOURS.sub("", self._raw.decode("utf-8", "replace")).replace("\r\n", "\n")

    def until(self, text: str, seconds: float = 40.0) -> str:
        """What came up to `text`, which is looked for behind the last one that was found."""
        end = time.monotonic() + seconds
        while (found := self.seen.find(text, self._at)) < 0:
            assert time.monotonic() < end, f"no {text!r} in:\n{self.seen[self._at :]}"
            assert self._read(end), f"it ended without {text!r}:\n{self.seen[self._at :]}"
        begun, self._at = self._at, found + len(text)
        return self.seen[begun : self._at]

    def type(self, text: str) -> None:
        """A line."""
        os.write(self._handle, text.encode() + b"\r")

    def interrupt(self) -> None:
        """As Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)

    def stop(self) -> int:
        """Ctrl-C, to the end; the exit code."""
        self.interrupt()
        end = time.monotonic() + 20
        while time.monotonic() < end and self._read(end):
            pass
        return self.process.wait(timeout=20)

    def _read(self, end: float) -> bool:
        ready, _, _ = select.select([self._handle], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return True
        try:
            data = os.read(self._handle, 65536)
        except OSError:  # the other end is closed
            return False
        self._raw += data
        return bool(data)


def _listening() -> None:
    """Ctrl-C reaches the command, whatever its parents ignore or block."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


@contextlib.contextmanager
def terminal(*words: str, environ: Mapping[str, str] | None = None) -> Iterator[Terminal]:
    """`lorgnette` with these words, 100 columns wide."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "lorgnette", *words],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env={**os.environ, "TERM": "xterm", **(environ or {})},
        start_new_session=True,
        preexec_fn=_listening,  # noqa: PLW1509 - it calls the system and nothing else
    )
    os.close(inner)
    try:
        yield Terminal(process, outer)
    finally:
        process.kill()
        process.wait(timeout=20)
        os.close(outer)
