from collections.abc import AsyncGenerator, Mapping, Sequence
from itertools import count
from typing import Any

import pytest

from lorgnette.core.errors import EngineError
from lorgnette.engines.llm.trial import try_out
from lorgnette.engines.protocols import ChatDelta, ToolRequest


class Model:
    """Says pieces to a question; with a tool offered it gives `calls`, or raises."""

    name = "qwen3"

    def __init__(self, pieces: Sequence[str], calls: Sequence[ToolRequest] | Exception = ()) -> None:
        self.pieces = pieces
        self.calls = calls

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]:
        if not tools:
            for piece in self.pieces:
                yield ChatDelta(piece)
            yield ChatDelta(finish="stop")
            return
        if isinstance(self.calls, Exception):
            raise self.calls
        yield ChatDelta("", tuple(self.calls), "tool_calls")


def called(arguments: str, name: str = "set_timer") -> list[ToolRequest]:
    return [ToolRequest("1", name, arguments)]


def test_the_first_word_and_the_whole_answer_are_timed(loop_run) -> None:
    clock = map(float, count())
    trial = loop_run(try_out(Model(["one ", "two ", "three"], called('{"minutes": 5}')), lambda: next(clock)))
    assert (trial.first_token, trial.whole) == (1.0, 2.0)
    assert (trial.streams, trial.pieces, trial.answer) == (True, 3, "one two three")
    assert trial.calling == "works"


def test_an_answer_in_one_piece_doesnt_stream(loop_run) -> None:
    assert not loop_run(try_out(Model(["one two three"]))).streams


@pytest.mark.parametrize(
    ("calls", "calling"),
    [
        ([], "not called"),
        (called('{"minutes": '), "malformed"),
        (called('{"time": 5}'), "malformed"),
        (called('{"minutes": "five"}'), "malformed"),
        (called("[5]"), "malformed"),
        (called('{"minutes": 5}', "timer"), "malformed"),
        (EngineError("it knows no tools"), "failed"),
    ],
)
def test_a_tool_that_isnt_called_well_is_told(loop_run, calls, calling) -> None:
    trial = loop_run(try_out(Model(["one"], calls)))
    assert trial.calling == calling
    assert trial.error == ("it knows no tools" if calling == "failed" else "")


def test_a_model_that_doesnt_answer_at_all_is_an_error(loop_run) -> None:
    class Silent(Model):
        async def stream(self, messages: Any, tools: Any = ()) -> AsyncGenerator[ChatDelta]:
            raise EngineError("nobody there")
            yield

    with pytest.raises(EngineError, match="nobody"):
        loop_run(try_out(Silent([])))
