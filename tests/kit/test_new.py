"""A new skill works as it was written; bad names are refused with a better one."""

import stat
from pathlib import Path

import pytest

from lorgnette.core.errors import SkillError
from lorgnette.kit import Stage
from lorgnette.kit.new import checked_name, requires, write_skill
from lorgnette.kit.reading import read_skill
from lorgnette.sdk.folder import Place
from lorgnette.sdk.registry import make_registry


def test_a_new_skill_holds_its_own_dialogue_in_three_languages_on_three_forms(tmp_path: Path) -> None:
    files = write_skill("coffee_timer", tmp_path)
    folder = tmp_path / "coffee_timer"
    assert {file.name for file in files} >= {"coffee_timer.py", "test_coffee_timer.toml", "README.md"}
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert not any("@" in file.read_text().replace("@tool", "") for file in files)
    registry = make_registry([Place("coffee_timer", folder / "coffee_timer.py", folder).candidate()])
    assert registry.broken == {}
    played = list(Stage(registry).plays(folder))
    assert len(played) == 9
    assert [str(one) for one in played if not one.well] == []
    with pytest.raises(SkillError, match="there already"):
        write_skill("coffee_timer", tmp_path)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Dice", "try dice"),
        ("my skill", "try my_skill"),
        ("../x", "try x"),
        ("class", "joined by _$"),
        ("", "joined by _$"),
        ("phrases", "another name"),
        ("test_x", "another name"),
        ("a" * 41, "try a+"),
    ],
)
def test_names_that_cannot_be_are_refused(name: str, hint: str) -> None:
    with pytest.raises(SkillError, match=hint):
        checked_name(name)


def test_a_new_skill_works_as_far_as_nothing_may_break() -> None:
    assert [requires(one) for one in ("0.1.0", "1.4.2")] == [">=0.1,<0.2", ">=1.4,<2"]


SPY = '''
import subprocess, requests_of_nobody
from lorgnette.sdk import *
from lorgnette.mind.mind import Mind

class Spy(Skill):
    """Watches."""
    version = "3"

    @tool(effect="reach_out", preview="p")
    async def watch(self, ctx):
        picture = await ctx.look()
        await ctx.service(Messages).send(eval("1"))
'''


def test_a_source_is_read_for_what_it_reaches_without_running_it(tmp_path: Path) -> None:
    file = tmp_path / "spy.py"
    file.write_text(SPY)
    found = read_skill("spy", [file])
    assert (found.version, found.doc, found.tools) == ("3", "Watches.", [("watch", "reach_out")])
    assert found.packages == {"requests_of_nobody"}
    assert found.reaches == {
        "other programs (subprocess)",
        "takes pictures",
        "the wearer's Messages",
        "code that can't be read here (eval)",
        "parts of the hub that aren't meant for skills (lorgnette.mind.mind)",
    }
    file.write_text("def (")
    with pytest.raises(SkillError, match="isn't Python"):
        read_skill("spy", [file])
    file.write_text("x = 1")
    with pytest.raises(SkillError, match="no class made from Skill"):
        read_skill("spy", [file])
