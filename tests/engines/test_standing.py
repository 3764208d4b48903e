"""What the hub lacks: a kind of which no engine can take work."""

from dataclasses import dataclass

import pytest

from lorgnette.engines.absent import NoSynthesizer
from lorgnette.engines.canned import CannedRecognizer, CannedSynthesizer
from lorgnette.engines.chain import FallbackRecognizer, FallbackSynthesizer
from lorgnette.engines.health import EngineState, Health
from lorgnette.engines.registry import EngineChoice, Engines
from lorgnette.engines.standing import lacking, standings
from lorgnette.engines.vad.energy import EnergyDetector

CHOICE = EngineChoice(vad=("energy",), asr=("canned",), tts=("canned",))


class Ailing(CannedRecognizer):
    """A recogniser with any health."""

    def __init__(self, health: Health) -> None:
        super().__init__()
        self.name = health.engine
        self._health = health

    def health(self) -> Health:
        return self._health


@dataclass
class Chat:
    """A model elsewhere."""

    state: EngineState = "failing"
    name: str = "far"

    def stream(self, messages, tools=()):
        raise NotImplementedError

    def start(self) -> None:
        """Nothing."""

    async def aclose(self) -> None:
        """Nothing."""

    def health(self) -> Health:
        return Health("far", self.state)


def made(*recognizers, synthesizer=None, chat=None) -> Engines:
    voice = FallbackSynthesizer([CannedSynthesizer()]) if synthesizer is None else synthesizer
    return Engines(EnergyDetector(), FallbackRecognizer(recognizers), voice, chat, [], [])


def test_a_hub_whose_engines_are_well_lacks_nothing() -> None:
    engines = made(CannedRecognizer())
    assert lacking(engines, CHOICE) == {}
    assert {(one.kind, one.health.engine) for one in standings(engines)} >= {
        ("asr", "canned"),
        ("tts", "canned"),
    }


@pytest.mark.parametrize(
    ("health", "lack"),
    [
        (Health("x", "starting"), {"asr": "starting"}),
        (Health("x", "failing", restarts=4, last_error="it died"), {"asr": "failing"}),
        (Health("x", "off"), {"asr": "failing"}),
        (Health("x", "starting", failed=1), {"asr": "failing"}),
        (Health("x", "starting", done=3, restarts=1), {}),
        (Health("x", "ready"), {}),
    ],
)
def test_starting_counts_until_an_engine_was_ready_once(health, lack) -> None:
    assert lacking(made(Ailing(health)), CHOICE) == lack


def test_one_engine_of_a_chain_is_enough_and_the_better_reason_is_told() -> None:
    failing = Ailing(Health("a", "failing"))
    assert lacking(made(failing, CannedRecognizer()), CHOICE) == {}
    assert lacking(made(failing, Ailing(Health("b", "starting"))), CHOICE) == {"asr": "starting"}


def test_a_kind_that_could_not_be_made_is_missing_unless_nobody_wanted_it() -> None:
    engines = made(synthesizer=NoSynthesizer())
    assert lacking(engines, CHOICE) == {"asr": "missing", "tts": "missing"}
    assert lacking(engines, EngineChoice(vad=("energy",), asr=(), tts=())) == {}


def test_a_chat_model_that_is_down_keeps_nobody_out_but_is_seen() -> None:
    for state, well in (("failing", False), ("starting", True), ("ready", True)):
        engines = made(CannedRecognizer(), chat=Chat(state))
        assert lacking(engines, CHOICE) == {}
        (far,) = [one for one in standings(engines) if one.kind == "llm"]
        assert far.well is well


def test_an_engine_that_is_named_twice_is_counted_once() -> None:
    engines = made(CannedRecognizer(), CannedRecognizer())
    assert [one.kind for one in standings(engines)].count("asr") == 1
