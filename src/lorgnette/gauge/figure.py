"""What was measured of one engine, on one chip, in one language; and of which machine it tells."""

from collections.abc import Mapping
from typing import Literal

import msgspec

type Measure = Literal["", "WER", "CER"]


class Machine(msgspec.Struct, frozen=True):
    """What speed depends on. Figures of another machine say nothing of this one."""

    processor: str = ""
    cores: int = 0
    memory_mb: int = 0
    system: str = ""

    @property
    def kind(self) -> tuple[str, int, str]:
        """Memory differs a little from one kernel to the next."""
        return self.processor, self.cores, self.system


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One row. None: it wasn't measured, or it has no meaning for this kind.

    `rtf`: seconds of work for a second of audio. `first_s`: until the first sound, partial word, token or
    answer; `answer_s`: from the end of an utterance that came as it was spoken to its words. `error`: share
    of words (of characters, by `measure`) that were wrong; above 1 where more was made up than was said.
    `memory_mb`: what the process and its workers grew by. `spread`: the slowest repeat by the median one.
    `why`: it could not be measured. `print`: of its settings without secrets.
    """

    kind: str
    engine: str
    provider: str = "cpu"
    model: str = ""
    language: str = ""
    load_s: float | None = None
    rtf: float | None = None
    first_s: float | None = None
    answer_s: float | None = None
    per_s: float | None = None
    memory_mb: float | None = None
    spread: float | None = None
    error: float | None = None
    measure: Measure = ""
    synthetic: bool = False
    items: int = 0
    audio_s: float = 0.0
    repeats: int = 0
    why: str = ""
    absent: bool = False
    print: str = ""
    versions: Mapping[str, str] = {}
    taken: str = ""
    load: float = 0.0

    @property
    def key(self) -> tuple[str | bool, ...]:
        """What a newer figure takes the place of; recordings tell more than a voice, and both are kept."""
        chip = (self.kind, self.engine, self.provider, self.model)
        return (*chip, self.language, self.synthetic, self.print)

    @property
    def usable(self) -> bool:
        """Whether it tells how the engine works here."""
        return not self.why
