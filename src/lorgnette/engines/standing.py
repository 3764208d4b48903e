"""What each engine of the hub is for and how it is, and which kinds the hub lacks altogether."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from lorgnette.engines.chain import parts_of
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Supervised
from lorgnette.engines.registry import EngineChoice, Engines

NEEDED: Final = ("vad", "asr", "tts")
"""Without a model the reflexes work, so a chat model that fails keeps nobody out."""

type Lack = Literal["starting", "failing", "missing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One engine: what it is for, and its health."""

    kind: str
    health: Health

    @property
    def starting(self) -> bool:
        """It was never ready yet; a worker that is replaced later doesn't count.

        A chat model isn't asked whether it is there: it counts as well until a request fails.
        """
        if self.kind not in NEEDED:
            return False
        return self.health.state == "starting" and not self.health.restarts and not self.health.done

    @property
    def well(self) -> bool:
        return self.health.usable and not self.starting


def standings(engines: Engines) -> tuple[Standing, ...]:
    """Every engine that supervises itself, each once a kind."""
    found: dict[tuple[str, str], Standing] = {}
    for kind, engine in _by_kind(engines):
        if isinstance(engine, Supervised):
            one = Standing(kind, engine.health())
            found.setdefault((kind, one.health.engine), one)
    return tuple(found.values())


def lacking(engines: Engines, choice: EngineChoice) -> dict[str, Lack]:
    """The needed kinds of which no engine can take work now, and why; empty when the hub is ready.

    A kind for which `choice` names nobody is not needed.
    """
    groups: dict[str, list[object]] = {kind: [] for kind in NEEDED if getattr(choice, kind)}
    for kind, engine in _by_kind(engines):
        if kind in groups:
            groups[kind].append(engine)
    return {kind: lack for kind, group in groups.items() if (lack := _lack(kind, group)) is not None}


def _lack(kind: str, group: list[object]) -> Lack | None:
    if not group:
        return "missing"
    found = [Standing(kind, engine.health()) for engine in group if isinstance(engine, Supervised)]
    if len(found) < len(group) or any(one.well for one in found):
        return None  # who isn't supervised has nothing that could be down
    return "starting" if any(one.starting and not one.health.failed for one in found) else "failing"


def _by_kind(engines: Engines) -> Iterator[tuple[str, object]]:
    """A chain stands for its parts, `none` for nobody."""
    yield "vad", engines.vad
    for kind, chain in (("asr", engines.recognizer), ("tts", engines.synthesizer)):
        for engine in () if chain.name == "none" else parts_of(chain):
            yield kind, engine
    for kind, one in (("llm", engines.chat), ("wake", engines.wake), ("turn", engines.turn)):
        for part in parts_of(one):
            yield kind, part
