"""What the checkup says of wake words and turn completion."""

from importlib.util import find_spec

import pytest
from tests.engines.turn.tiny import smart_turn

from lorgnette.cli.doctor import KINDS as NAMES
from lorgnette.doctor.attending import check_attending
from lorgnette.doctor.egress import SERVICE
from lorgnette.doctor.finding import Finding
from lorgnette.engines.registry import KINDS, EngineChoice, build_engines


def findings(loop_run, **chosen: object) -> list[Finding]:
    async def work() -> list[Finding]:
        engines = build_engines(EngineChoice(vad=(), asr=(), tts=(), **chosen))
        try:
            return [one async for one in check_attending(engines)]
        finally:
            await engines.aclose()

    return loop_run(work())


def test_neither_is_missed_where_neither_is_set_up(loop_run):
    assert findings(loop_run) == []


def test_a_judge_that_answers_and_one_that_cant_load(tmp_path, loop_run):
    junk = tmp_path / "junk.onnx"
    junk.write_bytes(b"nothing")
    (well,) = findings(
        loop_run, turn=("smart",), settings={"turn.smart": {"model": str(smart_turn(tmp_path))}}
    )
    assert (well.name, well.state) == ("turn smart", "ok")
    (ill,) = findings(loop_run, turn=("smart",), settings={"turn.smart": {"model": str(junk)}})
    assert ill.state == "missing"


@pytest.mark.skipif(find_spec("pyopen_wakeword") is None, reason="pyopen-wakeword isn't installed")
def test_the_words_that_are_waited_for(loop_run):
    settings = {"wake.openwakeword": {"words": ["okay nabu"]}}
    (well,) = findings(loop_run, wake=("openwakeword",), settings=settings)
    assert well.state == "ok"
    assert "“okay nabu”" in well.found


def test_every_kind_of_engine_has_a_name_where_it_is_listed():
    assert set(NAMES) == {*KINDS, SERVICE}
