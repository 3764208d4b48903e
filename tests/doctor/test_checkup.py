"""The checkup: what is there is found, what is missing is named with its remedy, and nothing is changed."""

import asyncio
import contextlib
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.store.databases import Place

from lorgnette.config import ModelSection, NetworkSection, Secret
from lorgnette.doctor import Finding, Patient, check_up
from lorgnette.doctor.doors import check_doors
from lorgnette.doctor.engines import check_engines
from lorgnette.doctor.machine import check_machine
from lorgnette.doctor.models import check_model
from lorgnette.doctor.store import check_store
from lorgnette.engines.registry import EngineChoice
from lorgnette.store.lock import StoreLock


@pytest.fixture
def patient(sqlite_place: Place, tmp_path: Path) -> Patient:
    """A hub with engines that answer at once, which doesn't run."""
    return Patient(
        store=sqlite_place.url,
        data=tmp_path,
        socket=tmp_path / "run" / "hub.sock",
        host="127.0.0.1",
        port=0,
        language="en",
        languages=("de", "en"),
        engines=EngineChoice(vad=("energy",), asr=("canned",), tts=("canned",)),
        model=ModelSection(),
        network=NetworkSection(),
    )


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    return {f"{finding.area} {finding.name}": finding for finding in findings}


async def gathered(findings: AsyncIterator[Finding]) -> list[Finding]:
    return [finding async for finding in findings]


def test_a_hub_that_is_well_has_everything_it_needs(patient: Patient, loop_run: Callable) -> None:
    found = loop_run(gathered(check_up(patient)))
    assert {one.area for one in found} == {
        "machine",
        "libraries",
        "store",
        "doors",
        "sound",
        "engines",
        "model",
    }
    assert not [one for one in found if one.fatal or one.name == "check"]
    named = by_name(found)
    assert named["engines tts canned"].state == named["engines asr canned"].state == "ok"
    assert "what time is it" in named["engines asr canned"].found


def test_the_engines_of_the_base_install_hear_and_speak(patient: Patient, loop_run: Callable) -> None:
    patient = replace(patient, engines=EngineChoice())
    found = by_name(loop_run(gathered(check_engines(patient))))
    assert found["engines tts espeak"].state == "ok"
    assert found["engines asr pocketsphinx"].state == "ok"
    assert found["engines vad SileroDetector"].state == "ok"
    assert found["engines language en"].state == "ok"
    german = found["engines language de"]
    assert german.state == "warning"
    assert "de is typed only: the recognisers here know en" in german.means


def test_a_wearer_whom_nobody_hears_is_told(patient: Patient, loop_run: Callable) -> None:
    patient = replace(patient, engines=EngineChoice(), language="de-AT")
    assert by_name(loop_run(gathered(check_engines(patient))))["engines language de"].state == "missing"


def test_engines_that_do_not_answer_hear_nobody(patient: Patient, loop_run: Callable) -> None:
    nowhere = {"asr.wyoming": {"url": "tcp://127.0.0.1:9"}}
    with_another = EngineChoice(vad=("energy",), asr=("wyoming", "canned"), tts=("canned",), settings=nowhere)
    found = by_name(loop_run(gathered(check_engines(replace(patient, engines=with_another)))))
    assert found["engines asr wyoming"].state == "missing"
    assert "lorgnette config set speech.asr 'canned'" in found["engines asr wyoming"].fix
    assert found["engines language de"].found == "heard by canned, spoken by canned"
    assert not any(one.fatal for one in found.values())
    alone = EngineChoice(vad=("energy",), asr=("wyoming",), tts=("canned",), settings=nowhere)
    found = by_name(loop_run(gathered(check_engines(replace(patient, engines=alone)))))
    assert found["engines ears"].fatal
    assert found["engines language de"].found == "heard by nobody, spoken by canned"


def test_an_engine_that_nobody_brings_is_needed(patient: Patient, loop_run: Callable) -> None:
    patient = replace(patient, engines=EngineChoice(tts=("festival",)))
    (found,) = loop_run(gathered(check_engines(patient)))
    assert found.fatal
    assert "installed: canned, " in found.found


def test_the_store_is_looked_at_and_left_as_it_is(patient: Patient, sqlite_place: Place) -> None:
    file = sqlite_place.folder / "lorgnette.db"
    before = file.read_bytes()
    found = by_name(list(check_store(patient)))
    assert found["store schema"].state == found["store integrity"].state == "ok"
    assert found["store lock"].found == "free"
    assert file.read_bytes() == before


def test_whoever_has_the_store_is_named(patient: Patient, sqlite_place: Place) -> None:
    lock = StoreLock(sqlite_place.folder / "lorgnette.db.lock")
    try:
        found = by_name(list(check_store(patient)))["store lock"]
    finally:
        lock.release()
    assert found.state == "warning"
    assert "process" in found.found


def test_a_newer_schema_and_a_damaged_store_are_fatal(patient: Patient, sqlite_place: Place) -> None:
    file = sqlite_place.folder / "lorgnette.db"
    with contextlib.closing(sqlite3.connect(file)) as store:
        store.execute("update alembic_version set version_num = 'core_0999' where version_num like 'core%'")
        store.commit()
    assert by_name(list(check_store(patient)))["store schema"].fatal
    file.write_bytes(file.read_bytes()[:9000])
    assert any(one.fatal for one in check_store(patient))
    file.write_bytes(b"no database at all" * 500)
    assert any(one.fatal for one in check_store(patient))


def test_a_port_that_somebody_has_is_missing_with_another(patient: Patient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        found = by_name(list(check_doors(replace(patient, port=port))))["doors port"]
        ours = by_name(list(check_doors(replace(patient, port=port, running={"port": port}))))["doors port"]
    assert found.fatal
    assert "lorgnette config set hub.port" in found.fix
    assert ours.state == "ok"


def test_plain_http_for_the_network_is_warned_of(patient: Patient) -> None:
    found = by_name(list(check_doors(replace(patient, host="0.0.0.0"))))["doors TLS"]
    assert found.state == "warning"
    assert "--lan" in found.fix


def test_a_certificate_that_can_not_be_read_is_missing(patient: Patient, tmp_path: Path) -> None:
    (tmp_path / "own.pem").write_text("nothing")
    network = NetworkSection(lan=True, certificate=str(tmp_path / "own.pem"), key=str(tmp_path / "own.key"))
    assert by_name(list(check_doors(replace(patient, network=network))))["doors TLS"].fatal


def test_a_folder_that_is_not_there_yet_is_looked_at_where_it_will_be(patient: Patient) -> None:
    found = list(check_machine(replace(patient, data=patient.data / "a" / "b")))
    assert not [one for one in found if one.fatal]
    assert not (patient.data / "a").exists()


@pytest.mark.parametrize(
    ("body", "state", "found"),
    [
        ('echo "NVIDIA H100 80GB HBM3, 81559 MiB"', "ok", "NVIDIA H100 80GB HBM3, 81559 MiB"),
        ("echo no devices >&2; exit 6", "warning", "nvidia-smi without a device"),
    ],
)
def test_a_graphics_card_is_what_its_driver_says(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, body: str, state: str, found: str
) -> None:
    program = patient.data / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{patient.data}:/usr/bin:/bin")
    card = by_name(list(check_machine(patient)))["machine GPU"]
    assert (card.state, card.found) == (state, found)


@contextlib.asynccontextmanager
async def server(answer: bytes, heard: list[bytes] | None = None, wait: float = 0) -> AsyncIterator[int]:
    """Says one thing to everybody."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError), contextlib.closing(writer):
            request = await reader.readuntil(b"\r\n\r\n")
            if heard is not None:
                heard.append(request)
            await asyncio.sleep(wait)
            writer.write(answer)
            await writer.drain()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield listener.sockets[0].getsockname()[1]
    finally:
        listener.close()
        await listener.wait_closed()


def listing(*names: str) -> bytes:
    body = json.dumps({"object": "list", "data": [{"id": name} for name in names]})
    return f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\n\r\n{body}".encode()


def test_a_model_on_this_machine_is_offered_and_never_taken(patient: Patient, loop_run: Callable) -> None:
    heard: list[bytes] = []

    async def work() -> list[Finding]:
        async with server(listing("qwen3:4b", "it's \x1b[31mred"), heard) as port:
            return await gathered(check_model(patient, (("Ollama", port),)))

    endpoint, host = loop_run(work())
    assert endpoint.state == "missing"
    assert not endpoint.fatal
    assert host.name == "Ollama"
    assert "qwen3:4b" in host.fix
    assert "\x1b" not in host.found
    assert [request.split(b"\r\n")[0] for request in heard] == [b"GET /v1/models HTTP/1.1"]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 1_100_000,
        b"",
    ],
)
def test_what_is_no_model_server_is_not_offered(patient: Patient, loop_run: Callable, answer: bytes) -> None:
    async def work() -> list[Finding]:
        async with server(answer) as port:
            return await gathered(check_model(patient, (("vLLM", port),)))

    assert len(loop_run(work())) == 1


def test_a_server_that_says_nothing_costs_a_second(patient: Patient, loop_run: Callable) -> None:
    async def work() -> float:
        began = asyncio.get_running_loop().time()
        async with server(b"", wait=1) as port:
            await gathered(check_model(patient, (("vLLM", port), ("Ollama", port))))
        return asyncio.get_running_loop().time() - began

    assert loop_run(work()) < 3


def test_the_configured_model_is_asked_with_its_key(
    patient: Patient, loop_run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODEL_KEY", "hunter2")
    heard: list[bytes] = []

    async def asked(answer: bytes, name: str) -> Finding:
        async with server(answer, heard) as port:
            model = ModelSection(url=f"http://127.0.0.1:{port}/v1", name=name, key=Secret("env:MODEL_KEY"))
            (found,) = await gathered(check_model(replace(patient, model=model), ()))
            return found

    assert loop_run(asked(listing("qwen3"), "qwen3")).state == "ok"
    assert b"bearer hunter2" in heard[0].lower()
    other = loop_run(asked(listing("qwen3"), "gone"))
    assert other.state == "warning"
    assert "lorgnette config set model.name qwen3" in other.fix
    refused = loop_run(asked(b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n", "qwen3"))
    assert refused.fatal
    assert "401" in refused.found
    assert "hunter2" not in repr(refused)


def test_a_check_that_stumbles_is_a_finding_and_the_next_goes_on(
    patient: Patient, loop_run: Callable
) -> None:
    found = loop_run(gathered(check_up(replace(patient, host="\0", port=8765))))
    assert [one.area for one in found if one.name == "check"] == ["doors"]
    assert "engines tts canned" in by_name(found)
