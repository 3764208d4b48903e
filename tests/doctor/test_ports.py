"""Ports at home, microphones and codecs, models that are missing: what is said of them, and what mends it."""

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.doctor.test_checkup import by_name, gathered

from lorgnette.config import NetworkSection
from lorgnette.doctor import Fetchable, Finding, Patient
from lorgnette.doctor.doors import check_doors
from lorgnette.doctor.engines import check_engines
from lorgnette.doctor.libraries import check_libraries
from lorgnette.doctor.ports import first_free, holder, tried
from lorgnette.doctor.sound import check_sound
from lorgnette.engines.registry import EngineChoice
from lorgnette.gauge import Book, Figure


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return Patient(
        store=f"sqlite:///{tmp_path}/hub.db",
        data=tmp_path,
        socket=tmp_path / "hub.sock",
        port=8765,
        languages=("de", "en"),
        engines=EngineChoice(vad=("energy",), asr=("canned",), tts=("canned",)),
    )


def at_home(patient: Patient, port: int, trust: int) -> Patient:
    network = NetworkSection(lan=True, port=port, trust_port=trust)
    return replace(patient, network=network, home=("127.0.0.1",))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_whoever_has_a_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        taken = tried("127.0.0.1", port)
        assert taken is not None
        assert f"process {os.getpid()}" in str(taken)
    assert tried("127.0.0.1", port) is None
    assert holder(port) == ""


def test_an_address_that_this_machine_has_not_is_no_free_port() -> None:
    assert "no such address" in str(tried("203.0.113.7", 8765))


@pytest.mark.skipif(os.geteuid() == 0 or first_free() <= 80, reason="every port is free to this user")
def test_a_port_that_needs_a_privilege_is_moved() -> None:
    taken = tried("127.0.0.1", 80)
    assert taken is not None
    assert taken.privileged


def test_both_ports_at_home_are_tried(patient: Patient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port, free = other.getsockname()[1], free_port()
        found = by_name(list(check_doors(at_home(patient, port, free))))
        assert found["doors HTTPS at home"].fatal
        assert f"lorgnette config set network.port {port + 1}" in found["doors HTTPS at home"].fix
        assert found["doors /trust at home"].state == "ok"
        found = by_name(list(check_doors(at_home(patient, free, port))))
        assert "network.trust_port" in found["doors /trust at home"].fix
        running = replace(at_home(patient, port, free), running={"port": 8765})
        assert by_name(list(check_doors(running)))["doors HTTPS at home"].state == "ok"
    assert not [name for name in by_name(list(check_doors(patient))) if "home" in name]


def test_where_a_browser_gives_its_microphone(patient: Patient) -> None:
    def browsers(one: Patient) -> Finding:
        return by_name(list(check_sound(one)))["sound browsers"]

    assert "http://localhost:8765" in browsers(patient).found
    home = replace(at_home(patient, 8443, 8442), home=("192.168.1.4", "fd00::2"))
    assert "https://192.168.1.4:8443, https://[fd00::2]:8443" in browsers(home).means
    assert "trust" in browsers(home).means
    own = replace(home, network=replace_section(home.network, certificate="/c.pem", key="/k.pem"))
    assert "trust" not in browsers(own).means
    plain = browsers(replace(home, host="0.0.0.0"))
    assert plain.state == "warning"
    assert "http://192.168.1.4:8765, http://[fd00::2]:8765: without HTTPS" in plain.means
    assert "--lan" in plain.fix


def replace_section(section: NetworkSection, **changes: str) -> NetworkSection:
    import msgspec

    return msgspec.structs.replace(section, **changes)


def test_codecs_and_chips_are_said_with_what_is_missing(patient: Patient) -> None:
    assert by_name(list(check_sound(patient)))["sound codecs"].found == "opus, pcm16; not here: lc3"
    chips = by_name(list(check_libraries(patient)))["libraries chips"]
    assert chips.found.startswith("cpu")
    assert chips.state == "ok"


def test_a_language_that_nobody_hears_is_mended_by_a_model(patient: Patient, loop_run: Callable) -> None:
    english = {"asr.canned": {"languages": ["en"]}}
    models = (
        Fetchable("tts", "piper", ("de",), "a-voice"),
        Fetchable("asr", "vosk", ("de",), "vosk-de"),
        Fetchable("asr", "sherpa", ("de", "zh"), "here-already", here=True),
    )
    patient = replace(patient, engines=replace(patient.engines, settings=english), models=models)
    german = by_name(loop_run(gathered(check_engines(patient))))["engines language de"]
    assert german.fix == "lorgnette models use here-already"
    patient = replace(patient, models=models[:2])
    german = by_name(loop_run(gathered(check_engines(patient))))["engines language de"]
    assert german.fix == "lorgnette models pull vosk-de && lorgnette models use vosk-de"


def test_an_engine_that_lacks_its_model_names_one(patient: Patient, loop_run: Callable) -> None:
    pytest.importorskip("piper")
    choice = EngineChoice(vad=("energy",), asr=("canned",), tts=("piper", "canned"))
    patient = replace(patient, engines=choice, models=(Fetchable("tts", "piper", ("de",), "a-voice"),))
    piper = by_name(loop_run(gathered(check_engines(patient))))["engines piper"]
    assert piper.state == "missing"
    assert "models pull a-voice" in piper.fix


def test_what_was_measured_here_is_said(patient: Patient, loop_run: Callable) -> None:
    row = Figure(
        kind="asr", engine="canned", language="en", rtf=0.05, error=0.1, taken="2026-11-24T11:00:00Z"
    )
    Book.open(patient.data).add([row])
    found = by_name(loop_run(gathered(check_engines(patient))))
    assert found["engines asr canned"].means == "measured on 2026-11-24: 0.05 × real time in en (10% wrong)"
    assert found["engines tts canned"].means == ""
