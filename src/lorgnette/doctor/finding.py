"""One thing that was looked at."""

from dataclasses import dataclass
from typing import Literal

type State = Literal["ok", "warning", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`found`: what is there; `means`: what follows from it; `fix`: the command or step that mends it.

    `needed`: without it the hub doesn't do its work here; only then is "missing" a failure.
    """

    area: str
    name: str
    state: State
    found: str
    means: str = ""
    fix: str = ""
    needed: bool = False

    @property
    def fatal(self) -> bool:
        """Whether the hub can't do without."""
        return self.needed and self.state == "missing"
