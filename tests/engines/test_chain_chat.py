"""Several chat models as one: the next answers where one fails before its first word."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

import pytest

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.chain import COOLDOWN, FallbackChat
from lorgnette.engines.protocols import ChatDelta

HELLO = [{"role": "user", "content": "hello"}]


class Model:
    """Says its name, or what it is given; exceptions are raised."""

    def __init__(self, name: str, *parts: str | Exception, window: int = 0) -> None:
        self.name = name
        self.parts = parts or (name,)
        self.window = window
        self.reply = 0
        self.asked = 0

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]:
        self.asked += 1
        for part in self.parts:
            if isinstance(part, Exception):
                raise part
            yield ChatDelta(part)


def said(loop_run, chat: FallbackChat) -> str:
    async def run() -> str:
        return "".join([delta.text async for delta in chat.stream(HELLO)])

    return loop_run(run())


@pytest.mark.parametrize("error", [EngineError("down"), EngineError("wrong key"), Busy("64 requests")])
def test_one_that_fails_before_its_first_word_is_replaced(loop_run, error) -> None:
    assert said(loop_run, FallbackChat([Model("a", error), Model("b")])) == "b"


def test_one_that_fails_after_its_first_word_fails_the_answer(loop_run) -> None:
    second = Model("b")
    with pytest.raises(EngineError, match="cut"):
        said(loop_run, FallbackChat([Model("a", "We", EngineError("cut")), second]))
    assert not second.asked


def test_where_all_fail_the_last_one_says_why(loop_run) -> None:
    with pytest.raises(EngineError, match="second"):
        said(loop_run, FallbackChat([Model("a", EngineError("first")), Model("b", EngineError("second"))]))


def test_one_that_failed_is_asked_last_for_a_while(loop_run) -> None:
    now = 0.0
    first, second = Model("a", EngineError("down")), Model("b")
    chat = FallbackChat([first, second], clock=lambda: now)
    assert [said(loop_run, chat) for _ in "ab"] == ["b", "b"]
    assert first.asked == 1
    assert chat.name == "b"
    first.parts = ("a",)
    now = COOLDOWN + 1
    assert said(loop_run, chat) == "a"
    assert chat.name == "a"


def test_its_window_is_the_smallest_so_that_an_answer_can_move() -> None:
    assert FallbackChat([Model("a", window=32_768), Model("b", window=4096), Model("c")]).window == 4096
