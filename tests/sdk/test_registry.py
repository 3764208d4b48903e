"""Skills are found, checked, and switched off where they are broken."""

import logging
from typing import Any

import pytest

from lorgnette.sdk import Context, Reply, Skill, tool
from lorgnette.sdk.registry import load_skills, make_registry


class One(Skill):
    """The first."""

    name = "one"

    @tool(effect="read", phrases={"en": ["say one"]})
    async def say(self, ctx: Context) -> Reply:
        """Say one."""
        return Reply("x")


class Two(Skill):
    """The second."""

    name = "two"

    @tool(effect="read")
    async def say(self, ctx: Context) -> Reply:
        """Say two."""
        return Reply("x")

    @tool(effect="read")
    async def other(self, ctx: Context) -> Reply:
        """Do another thing."""
        return Reply("x")


class NoUndo(Skill):
    """Acts for good."""

    @tool(effect="act")
    async def act(self, ctx: Context) -> Reply:
        """Act."""
        return Reply("x")


class WrongUndo(Skill):
    """Names an undo that isn't there."""

    @tool(effect="act", undo="back")
    async def act(self, ctx: Context) -> Reply:
        """Act."""
        return Reply("x")


class WrongType(Skill):
    """Takes what nobody can say."""

    @tool(effect="read")
    async def take(self, ctx: Context, thing: dict[str, str]) -> Reply:
        """Take a thing."""
        return Reply("x")


def _explode() -> Any:
    raise ImportError("no such library")


def test_the_built_in_skills_all_load() -> None:
    registry = load_skills()
    assert not registry.broken
    assert {"clock", "timers", "alarms", "notes", "lists", "volume", "battery", "help", "control"} <= set(
        registry.skills
    )


@pytest.mark.parametrize("load", [lambda: NoUndo, lambda: WrongUndo, lambda: WrongType, lambda: 5, _explode])
def test_a_broken_skill_is_switched_off_with_a_message(load: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        registry = make_registry([("bad", load), ("one", lambda: One)])
    assert list(registry.skills) == ["one"]
    assert registry.broken["bad"]
    assert "bad is broken and switched off" in caplog.text


def test_tools_of_the_same_name_are_told_apart_by_their_skill() -> None:
    registry = make_registry([("one", lambda: One), ("two", lambda: Two)])
    assert set(registry.tools) == {"one_say", "two_say", "other"}
    assert registry.find("two", "say").name == "two_say"
    assert registry.tools["one_say"].schema()["function"]["name"] == "one_say"
    with pytest.raises(KeyError):
        registry.find("two", "nothing")


def test_a_second_skill_of_the_same_name_is_broken() -> None:
    registry = make_registry([("a", lambda: One), ("b", lambda: One)])
    assert list(registry.broken) == ["b"]


class Final(Skill):
    """Acts for good, and says so."""

    @tool(effect="act", final=True)
    async def act(self, ctx: Context) -> Reply:
        """Act."""
        return Reply("x")


class FinalWithUndo(Skill):
    """Can't make up its mind."""

    @tool(effect="act", final=True, undo="back")
    async def act(self, ctx: Context) -> Reply:
        """Act."""
        return Reply("x")

    async def back(self, ctx: Context) -> Reply:
        return Reply("x")


def test_an_act_without_a_way_back_says_so_and_no_model_is_offered_it() -> None:
    found = make_registry([("final", lambda: Final), ("both", lambda: FinalWithUndo)])
    assert set(found.broken) == {"both"}
    assert not found.tools["act"].tool.offered
