"""A model is tried in a process of its own first: some libraries end the process where they dislike one.

sherpa-onnx calls `exit` over a wrong file or setting; Kaldi (in Vosk) throws, but its assertions abort. What
passed is remembered by the files' sizes and times, so that only a changed model is tried again.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lorgnette.core.errors import EngineError

SECONDS = 180.0
"""The largest models take half a minute from a slow disk."""


@dataclass(frozen=True, slots=True)
class Trial:
    """`attempt`: "package.module:function", called with `settings` (JSON) in the process.

    `files`: what would have to change for another outcome, beside the settings and the version of `library`.
    """

    attempt: str
    settings: Mapping[str, Any]
    files: Sequence[Path]
    library: str
    refuses: Mapping[str, str] = field(default_factory=dict)
    """What the library says where it goes on otherwise than it was told to → why that is no success."""

    def passed(self, notes: Path | None = None) -> None:
        """Return where it went well, now or as `notes` remember; EngineError says why not. Blocks."""
        note = notes / f"{self._fingerprint()}.ok" if notes is not None else None
        if note is not None and note.exists():
            return
        ticket = json.dumps([self.attempt, dict(self.settings)])
        try:
            done = subprocess.run(  # noqa: S603 - this very module
                [sys.executable, "-P", "-m", __name__, ticket],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise EngineError(f"the model wasn't loaded within {SECONDS:g} s") from None
        said = done.stderr.decode("utf-8", "replace")
        if done.returncode:
            lines = said.strip().splitlines() or [f"it ended with {done.returncode}, without a word"]
            last = next((line for line in reversed(lines) if line.startswith("ERROR")), lines[-1])
            raise EngineError(f"the model can't be loaded: {last[-300:]}")
        for words, why in self.refuses.items():
            if words in said:
                raise EngineError(why)
        if note is not None:
            note.touch(0o600)

    def _fingerprint(self) -> str:
        stats = [(str(path), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in sorted(self.files)]
        told = json.dumps(
            [self.attempt, dict(self.settings), stats, version(self.library)], sort_keys=True, default=str
        )
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def _main(ticket: str) -> None:
    from lorgnette.engines.worker.__main__ import die_with_parent

    die_with_parent()
    attempt, settings = json.loads(ticket)
    module, _, name = attempt.partition(":")
    getattr(import_module(module), name)(**settings)


if __name__ == "__main__":
    _main(sys.argv[1])
