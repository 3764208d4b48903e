"""Engines that misbehave on request; they run in worker processes."""

import os
import signal
import sys
import time
from pathlib import Path


class Toy:
    def __init__(self, log: str = "", broken: bool = False, slow_start: float = 0) -> None:
        if broken:
            raise OSError("no such model")
        time.sleep(slow_start)
        self._log = log

    def pid(self) -> int:
        return os.getpid()

    def echo(self, audio: bytes, times: int = 1) -> bytes:
        return audio * times

    def measure(self, audio: bytes) -> dict:
        return {"bytes": len(audio), "words": ["grüß", "你好"]}

    def note(self, text: str) -> str:
        with Path(self._log).open("a") as log:
            log.write(text + "\n")
        return text

    def wait_for(self, path: str) -> bool:
        while not Path(path).exists():
            time.sleep(0.005)
        return True

    def hang(self) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            pass

    def die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def leave(self) -> None:
        sys.exit(3)

    def fail(self) -> None:
        raise ValueError("not a sentence")

    def chatter(self) -> str:
        print("noise on stdout", flush=True)  # noqa: T201
        os.write(1, b"\x00\x01\x02\x03")
        return "clean"

    def count(self, to: int, emit, pause: float = 0, die_at: int = -1) -> int:
        for n in range(to):
            if n == die_at:
                self.die()
            time.sleep(pause)
            if not emit(n.to_bytes(4, "little")):
                return n
        return to

    def pour(self, size: int, emit) -> None:
        while size > 0 and emit(bytes(100_000)):
            size -= 100_000

    def deaf(self, emit) -> None:
        emit(b"first")
        while True:
            time.sleep(0.01)
