"""Who would hear what: nobody with the defaults, and each host by name where there is one."""

import pytest

from lorgnette.config import Section
from lorgnette.doctor import listeners, services
from lorgnette.engines.egress import Egress, declared, reach, sends, stays
from lorgnette.engines.registry import KINDS, EngineChoice, available, egress_of


def test_with_the_defaults_nothing_leaves() -> None:
    found = list(listeners(EngineChoice()))
    assert [one.engine for one in found] == ["silero", "pocketsphinx", "espeak"]
    assert not any(one.leaves or one.host or one.sends for one in found)


def test_a_model_elsewhere_is_named_with_what_it_hears_and_without_the_key() -> None:
    settings = {
        "llm.openai": {"url": "https://ada:secret@models.example.org:8443/v1?k=secret", "key": "secret"}
    }
    *_, model = listeners(EngineChoice(llm=("openai",), settings=settings))
    assert (model.host, model.reach, model.encrypted, model.leaves) == (
        "models.example.org",
        "beyond",
        True,
        True,
    )
    assert "secret" not in repr(model)
    assert any("your name" in what for what in model.sends or ())


def test_a_model_on_this_machine_hears_but_nothing_leaves() -> None:
    settings = {"llm.openai": {"url": "http://127.0.0.1:11434/v1"}}
    *_, model = listeners(EngineChoice(llm=("openai",), settings=settings))
    assert (model.host, model.reach, model.leaves) == ("127.0.0.1", "machine", False)


def test_every_engine_that_we_bring_declares_itself() -> None:
    silent = [
        f"{kind} {name}" for kind in KINDS for name in available(kind) if egress_of(kind, name, {}) is None
    ]
    assert silent == []


def test_an_engine_that_says_nothing_counts_as_leaving() -> None:
    def make(setup: object) -> None:
        del setup

    assert declared(make, {}) is None
    assert declared(stays(make), {}) == Egress()
    assert declared(sends("speech", to="host", default="asr.example")(make), {}) == Egress(
        "asr.example", ("speech",)
    )


@pytest.mark.parametrize(
    ("host", "where"),
    [
        ("", "machine"),
        ("localhost", "machine"),
        ("127.0.0.9", "machine"),
        ("::1", "machine"),
        ("192.168.1.4", "network"),
        ("fd00::1", "network"),
        ("kitchen", "network"),
        ("kitchen.local", "network"),
        ("8.8.8.8", "beyond"),
        ("dashscope.aliyuncs.com", "beyond"),
    ],
)
def test_how_far_a_host_is_is_told_by_its_name(host: str, where: str) -> None:
    assert reach(host) == where


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("tcp://10.0.0.2:10300", "10.0.0.2"),
        ("unix:///run/speech.sock", "localhost"),
        ("kitchen:10300", "kitchen"),
        ("http://[::1]:8000/v1", "::1"),
        ("http://[bad", "an address that isn't set"),
        ("", "an address that isn't set"),
    ],
)
def test_addresses_of_all_kinds_give_their_host(address: str, host: str) -> None:
    factory = sends("speech")(lambda setup: setup)
    found = declared(factory, {"url": address})
    assert found is not None
    assert found.host == host


class AskingSection(Section, frozen=True, kw_only=True):
    """Some service's."""

    url: str = ""

    def asked(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return ((self.url, ("question", "place")),) if self.url else ()


def test_a_service_that_is_set_up_is_listed_with_what_it_learns() -> None:
    assert not list(services({AskingSection: AskingSection()}))
    (one,) = services({AskingSection: AskingSection(url="https://key@api.example.org:8443/v1?x=1")})
    assert (one.kind, one.engine, one.host, one.reach) == ("service", "asking", "api.example.org", "beyond")
    assert one.encrypted
    assert one.leaves
    assert one.sends == ("what you ask for, in words", "where you are, to about a kilometre")


def test_a_service_on_this_machine_lets_nothing_out() -> None:
    (one,) = services({AskingSection: AskingSection(url="http://127.0.0.1:8888")})
    assert not one.leaves
