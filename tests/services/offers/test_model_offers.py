from collections.abc import Mapping
from typing import Any

import pytest

from lorgnette.core.errors import NotFound
from lorgnette.engines.llm.hosts import ModelHost
from lorgnette.services.offers import ModelOffers, offers_of

OLLAMA = ModelHost("Ollama", "http://127.0.0.1:11434/v1", ("nomic-embed-text", "llama3.2:3b", "qwen3:8b"))
EMPTY = ModelHost("vLLM", "http://127.0.0.1:8000/v1", ())


class Kept:
    """A configuration that is a field."""

    def __init__(self) -> None:
        self.chosen: tuple[str, str] | None = None
        self.declined = False

    @property
    def wanted(self) -> bool:
        return self.chosen is None and not self.declined

    def configured(self) -> Mapping[str, Any] | None:
        return None if self.chosen is None else {"url": self.chosen[0], "model": self.chosen[1]}

    def choose(self, url: str, model: str) -> None:
        self.chosen = (url, model) if url else None

    def decline(self) -> None:
        self.declined = True


class Machine:
    """What runs on it, and what the hub was told to use."""

    def __init__(self, *hosts: ModelHost) -> None:
        self.kept = Kept()
        self.asked = 0
        self.used: list[Mapping[str, Any] | None] = []
        self.hosts = hosts
        self.offers = ModelOffers(self.kept, self.use, self.find)

    async def find(self) -> tuple[ModelHost, ...]:
        self.asked += 1
        return self.hosts

    async def use(self, settings: Mapping[str, Any] | None) -> None:
        self.used.append(settings)


def test_the_first_model_for_talking_is_offered_qwen_before_others() -> None:
    (offer,) = offers_of([OLLAMA, EMPTY])
    assert (offer.id, offer.host, offer.model) == ("ollama", "Ollama", "qwen3:8b")
    assert offer.models == ("qwen3:8b", "llama3.2:3b")


def test_a_yes_is_written_down_and_used_at_once(loop_run) -> None:
    machine = Machine(OLLAMA)
    loop_run(machine.offers.take("ollama"))
    assert machine.kept.chosen == (OLLAMA.url, "qwen3:8b")
    assert machine.used == [{"url": OLLAMA.url, "model": "qwen3:8b"}]


def test_after_a_no_nothing_is_looked_for_any_more(loop_run) -> None:
    async def work(machine: Machine) -> list[Any]:
        await machine.offers.decline()
        return await machine.offers.look()

    machine = Machine(OLLAMA)
    assert loop_run(work(machine)) == []
    assert machine.asked == 0


def test_what_doesnt_run_any_more_is_not_taken(loop_run) -> None:
    machine = Machine(EMPTY)
    with pytest.raises(NotFound):
        loop_run(machine.offers.take("ollama"))
    assert not machine.used
    assert machine.kept.chosen is None


def test_dropping_it_is_used_at_once_too(loop_run) -> None:
    async def work(machine: Machine) -> None:
        await machine.offers.take("ollama")
        await machine.offers.drop()

    machine = Machine(OLLAMA)
    loop_run(work(machine))
    assert machine.used[-1] is None
    assert machine.kept.chosen is None
