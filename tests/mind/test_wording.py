"""What may leave in a tainted context: the wearer's own words, and nothing that could carry more."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from lorgnette.mind.wording import own_words
from lorgnette.sdk import Context, FreeText, Reply, Skill, tool
from lorgnette.sdk.registry import RegisteredTool, make_registry

NOW = datetime(2026, 11, 5, 15, 0, tzinfo=UTC)


class Asking(Skill):
    """Asks elsewhere."""

    name = "asking"
    phrases_dir = Path(__file__).parent

    @tool(effect="query")
    async def look_up(
        self,
        ctx: Context,
        words: FreeText = "",
        day: date | None = None,
        days: int = 1,
        kind: Literal["short", "long"] = "short",
        loud: bool = False,
        span: timedelta = timedelta(minutes=5),
        names: list[str] | None = None,
    ) -> Reply:
        """Look it up."""
        raise AssertionError("never called")


TOOL: RegisteredTool = make_registry([("asking", lambda: Asking)]).tools["look_up"]


def own(said: str, **arguments: Any) -> bool:
    return own_words(TOOL, arguments, said, NOW)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("will it rain in Berlin tomorrow", "Berlin rain"),
        ("Wie wird das Wetter in München?", "münchen wetter"),
        ("北京明天天气怎么样", "北京天气"),
        ("read example.org to me", "https://example.org"),
        ("what's the capital of Peru", "capital of Peru?"),
    ],
)
def test_words_of_the_request_may_leave(said: str, words: str) -> None:
    assert own(said, words=words)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("will it rain in Berlin", "Berlin 4711"),
        ("will it rain in Berlin", "Berlin Berlin"),
        ("will it rain in Berlin", "bErLiN"),
        ("will it rain in Berlin", "Berlin\u200b\u200b"),
        ("will it rain in Berlin", "Berlin 📦🐍"),
        ("will it rain in Berlin", "Berlin...,,,;;;...,,,"),
        ("read example.org to me", "https://example.org/falcon"),
        ("read example.org to me", "https://example.org.evil.example"),
        ("read example.org to me", "https://ex\u0430mple.org"),
        ("北京天气", "北京天气密码"),
    ],
)
def test_nothing_else_may(said: str, words: str) -> None:
    assert not own(said, words=words)


def test_a_choice_a_flag_and_a_near_day_tell_nothing() -> None:
    assert own("will it rain", kind="long", loud=True, day=date(2026, 11, 6))
    assert not own("will it rain", day=date(4711, 1, 1))
    assert own("will it rain on 24 12 2026", day=date(2026, 12, 24))


def test_numbers_and_lists_must_be_said() -> None:
    assert own("the next 3 days", days=3)
    assert not own("the next days", days=4711)
    assert not own("soon", span=timedelta(seconds=4711))
    assert own("compare Peru and Chile", names=["Peru", "Chile"])
    assert not own("compare Peru and Chile", names=["Peru", "falcon"])
