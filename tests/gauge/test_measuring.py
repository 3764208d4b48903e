"""Real small engines are measured, each in its own process; what fails is a row, what was found is kept."""

import json
from importlib.metadata import EntryPoint
from pathlib import Path

import msgspec
import pytest

from lorgnette.core.errors import EngineError
from lorgnette.engines.registry import Sentence, installed
from lorgnette.engines.runner import ProcessPool
from lorgnette.engines.tts.espeak import EspeakSynthesizer
from lorgnette.gauge import Book, Candidate, Figure, Machine, candidates, make, measure, this_machine
from lorgnette.gauge.measuring import PROBE

GRAMMAR = {
    "en": [Sentence("what time is it"), Sentence("set a timer for {duration}", {"duration": "duration"})]
}


async def figures(*found: Candidate, languages=("en",), material=(), repeats=2) -> list[Figure]:
    rows: list[Figure] = []
    async for _, new in measure(found, material, languages, GRAMMAR, repeats=repeats, seconds=1.0):
        rows += new
    return rows


def test_each_kind_of_the_base_install_has_its_figures(loop_run, tmp_path: Path) -> None:
    async def work() -> list[Figure]:
        voice = EspeakSynthesizer(workers=1)
        try:
            material = await make(voice, ("en", "zh"), tmp_path)
        finally:
            await voice.aclose()
        assert {one.language for one in material} == {"en", "zh"}
        material = [one for one in material if one.path.stem in {"en_0", "zh_0"}]
        found = candidates(
            [Candidate("vad", "silero"), Candidate("tts", "espeak"), Candidate("asr", "pocketsphinx")]
        )
        return await figures(*found, languages=("de", "en"), material=material)

    rows = loop_run(work())
    named = {(one.kind, one.provider, one.language): one for one in rows}
    silero = named["vad", "cpu", ""]
    assert 0 < silero.rtf < 1
    assert silero.per_s > 64
    assert silero.memory_mb > 5
    assert named["vad", "cuda", ""].absent
    for language in ("de", "en"):
        assert 0 < named["tts", "cpu", language].first_s < 1
    heard = named["asr", "cpu", "en"]
    assert ("asr", "cpu", "zh") not in named
    assert heard.measure == "WER"
    assert heard.synthetic
    assert 0 <= heard.error <= 1.5
    assert heard.repeats >= 1
    assert heard.answer_s is not None
    assert heard.versions["pocketsphinx"]
    assert all(one.memory_mb is not None and one.load_s is not None for one in rows if one.usable)


def test_what_cannot_be_made_is_a_row_that_says_why(loop_run) -> None:
    unset = candidates([Candidate("tts", "piper")])
    away = {"url": "https://speech.example.org/v1"}
    remote = candidates(
        [Candidate("asr", "openai", away), Candidate("asr", "openai"), Candidate("llm", "openai")]
    )
    rows = loop_run(figures(*unset, *remote, Candidate("asr", "canned", {"nonsense": 1})))
    assert all(one.why and one.absent for one in rows)
    assert "speech.example.org" in rows[1].why
    assert "--remote" in rows[1].why
    assert rows[2].why == rows[3].why == "no address is set"
    assert "no setting 'nonsense'" in rows[4].why


def test_an_engine_that_fails_is_no_reason_to_stop(loop_run) -> None:
    nowhere = Candidate("asr", "wyoming", {"url": "tcp://127.0.0.1:9"})
    failed, fine = loop_run(figures(nowhere, Candidate("vad", "energy"), repeats=1))
    assert failed.why
    assert not failed.absent
    assert fine.usable


def test_a_crash_of_the_probe_is_an_error_and_not_the_end(loop_run) -> None:
    async def work() -> None:
        pool = ProcessPool("gauge", PROBE, workers=1)
        try:
            with pytest.raises(EngineError, match="ended"):
                await pool.call("crash")
        finally:
            await pool.aclose()

    loop_run(work())


def test_every_chip_is_asked_whichever_is_set() -> None:
    found = {one.provider: one for one in candidates([Candidate("vad", "silero", {"provider": "cuda"})])}
    assert not found["cpu"].why
    assert found["cuda"].why == "no cuda here"


def test_a_broken_adapter_is_a_row() -> None:
    broken = {"odd": EntryPoint("odd", "lorgnette.nowhere:odd", "lorgnette.engines.asr")}
    (row,) = candidates([Candidate("asr", "odd")], adapters=lambda _: broken)
    assert "lorgnette.nowhere" in row.why
    assert not row.absent


def test_settings_tell_candidates_apart_and_secrets_do_not() -> None:
    one = Candidate("asr", "openai", {"url": "http://a", "key": "hunter2"})
    assert one.print == Candidate("asr", "openai", {"url": "http://a", "key": "other"}).print
    assert one.print != Candidate("asr", "openai", {"url": "http://b"}).print
    assert Candidate("vad", "silero", {"provider": "cpu"}).print == Candidate("vad", "silero", {}).print
    assert "hunter2" not in repr(one.figure())


def test_load_tests_engines_are_known_as_such() -> None:
    (one,) = candidates([Candidate("asr", "canned")])
    assert one.pretends
    assert "canned" in installed("asr")


def test_the_book_keeps_the_newest_of_each_and_nothing_of_another_machine(tmp_path: Path) -> None:
    row = Figure(kind="asr", engine="canned", language="en", rtf=0.5)
    book = Book.open(tmp_path)
    assert book.figures == ()
    book.add([row, msgspec.structs.replace(row, language="de")])
    book.add([msgspec.structs.replace(row, rtf=0.1), msgspec.structs.replace(row, why="no")])
    again = Book.open(tmp_path)
    assert len(again.figures) == 2
    assert again.of("asr", "canned", language="en") == ()  # the newest failed
    assert len(again.of("asr", "canned")) == 1
    assert (tmp_path / "bench.json").stat().st_mode & 0o077 == 0
    text = json.loads((tmp_path / "bench.json").read_text())
    text["machine"]["processor"] = "another"
    (tmp_path / "bench.json").write_text(json.dumps(text))
    assert Book.open(tmp_path).figures == ()
    (tmp_path / "bench.json").write_text("{")
    assert Book.open(tmp_path).figures == ()


def test_this_machine_is_described() -> None:
    found = this_machine()
    assert isinstance(found, Machine)
    assert found.cores >= 1
    assert found.kind == Machine(found.processor, found.cores, 1, found.system).kind
