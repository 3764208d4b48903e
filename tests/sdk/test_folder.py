"""Skills in a folder: found, run afresh, and refused where something is wrong with them."""

import sys
from pathlib import Path

import pytest

from lorgnette.core.errors import SkillError
from lorgnette.sdk import Context, Reply, Schedule, Skill, tool
from lorgnette.sdk.folder import PACKAGE, Place, forget, places
from lorgnette.sdk.registry import Candidate, Origin, load_skills, make_registry
from lorgnette.sdk.requirements import unmet

SOURCE = '''"""Tea."""
from lorgnette.sdk import Context, Reply, Skill, tool
from .kinds import KIND

class Tea(Skill):
    """Makes tea."""
    version = "1.2"

    @tool(effect="read", phrases={"en": ["make tea"]})
    async def brew(self, ctx: Context) -> Reply:
        """Make tea."""
        return Reply("made", kind=KIND)
'''


def tea(folder: Path, source: str = SOURCE, kind: str = "green") -> Place:
    home = folder / "tea"
    (home / "phrases" / "tea").mkdir(parents=True, exist_ok=True)
    (home / "tea.py").write_text(source)
    (home / "kinds.py").write_text(f"KIND = {kind!r}\n")
    (home / "phrases" / "tea" / "en.ftl").write_text("made = { $kind } tea\n")
    return Place("tea", home / "tea.py", home)


def test_files_and_folders_are_skills_and_the_rest_is_passed_over(tmp_path: Path) -> None:
    tea(tmp_path)
    for name in ("dice.py", "test_dice.py", "conftest.py", "notes.txt", "_old.py", ".hidden.py"):
        (tmp_path / name).write_text("")
    (tmp_path / "phrases").mkdir()
    assert [one.name for one in places(tmp_path)] == ["dice", "tea"]
    assert places(tmp_path / "nowhere") == []


def test_a_skill_is_run_afresh_each_time_with_the_other_files_of_its_folder(tmp_path: Path) -> None:
    first = tea(tmp_path).load()
    stamp = tea(tmp_path).stamp()
    second = tea(tmp_path, kind="black").load()
    assert tea(tmp_path, kind="black").stamp() != stamp
    kinds = [vars(sys.modules[type(one.skill).__module__])["KIND"] for one in (first, second)]
    assert kinds == ["green", "black"]
    assert (first.key, first.origin.kind, first.origin.version) == ("tea", "folder", "1.2")
    assert first.phrases.format("made", {"kind": "green"}, "en") == "green tea"
    assert not list(tmp_path.rglob("*.pyc"))
    forget(type(first.skill).__module__)
    assert type(first.skill).__module__ not in sys.modules


def test_what_is_said_is_the_version_that_was_loaded(tmp_path: Path) -> None:
    one = tea(tmp_path).load()
    (tmp_path / "tea" / "phrases" / "tea" / "en.ftl").write_text("made = coffee\n")
    assert one.phrases.format("made", {"kind": "green"}, "en") == "green tea"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("def x(:", "invalid syntax"),
        ("import nothing_of_the_kind", "nothing_of_the_kind"),
        ("x = 1", "no skills"),
        (SOURCE + "\nclass More(Skill):\n    '''More.'''\n", "2 skills"),
        (SOURCE.replace("class Tea", "class Tea").replace('version = "1.2"', 'name = "coffee"'), "'coffee'"),
        (SOURCE.replace('version = "1.2"', 'requires = ">=99"'), "works with Lorgnette >=99"),
        (SOURCE.replace('effect="read"', 'effect="act"'), "needs undo="),
    ],
)
def test_what_is_wrong_is_said_and_nothing_of_it_stays(tmp_path: Path, source: str, reason: str) -> None:
    place = tea(tmp_path, source)
    before = {name for name in sys.modules if name.startswith(PACKAGE)}
    with pytest.raises(Exception, match=reason):
        place.load()
    after = {name for name in sys.modules if name.startswith(PACKAGE)}
    assert "class" in source or before >= {name for name in after if "kinds" in name}


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("en.ftl", "made = { $kind ->\n", "en.ftl, line 1"),
        ("de.toml", "brew = [", "Invalid|Unclosed|Expected"),
        ("zh.toml", 'brew = ["<missing>"]', "no <missing>"),
    ],
)
def test_phrases_and_sentences_that_cannot_be_read_break_a_skill(
    tmp_path: Path, file: str, text: str, reason: str
) -> None:
    place = tea(tmp_path)
    (tmp_path / "tea" / "phrases" / "tea" / file).write_text(text)
    with pytest.raises(Exception, match=reason):
        place.load()


@pytest.mark.parametrize("path", [".", "tea", "tea/tea.py", "tea/phrases/tea/en.ftl"])
def test_what_everybody_may_write_is_not_run(tmp_path: Path, path: str) -> None:
    place = tea(tmp_path)
    (tmp_path / path).chmod(0o777)
    with pytest.raises(SkillError, match="chmod o-w"):
        place.load()


class Kettle(Skill):
    """Has a tool that another one has."""

    name = "kettle"
    needs = (Schedule,)

    @tool(effect="read")
    async def set_timer(self, ctx: Context) -> Reply:
        """Boil."""
        return Reply("x")


class Impostor(Skill):
    """Says it is the timers."""

    name = "timers"


def added(kind: type[Skill]) -> Candidate:
    return Candidate(kind.key(), lambda: kind, Origin("folder", "/skills/x"))


def test_a_skill_of_the_folder_takes_neither_name_nor_tool_from_those_that_are_there() -> None:
    registry = load_skills([added(Kettle), added(Impostor)])
    assert registry.tools["set_timer"].skill.key == "timers"
    assert registry.tools["kettle_set_timer"].skill.key == "kettle"
    assert registry.skills["timers"].origin.kind == "built-in"
    assert "there is a skill 'timers' already" in registry.broken["timers (/skills/x)"]


def test_skills_that_are_off_are_kept_apart_and_stop_is_never_off() -> None:
    registry = load_skills([added(Kettle)], {"weather", "control", "kettle"})
    assert set(registry.off) == {"weather", "kettle"}
    assert "control" in registry.skills
    assert "weather" not in registry.tools


def test_a_registry_becomes_another_for_all_who_have_it() -> None:
    registry = make_registry([("kettle", lambda: Kettle)])
    held, kept = registry.skills, registry.tools["set_timer"]
    again = registry.skills["kettle"]
    registry.become(make_registry([Candidate("kettle", lambda: again), added(Impostor)]))
    assert set(held) == {"kettle", "timers"}
    assert registry.tools["set_timer"] is kept
    registry.become(registry.without({"kettle"}, {"kettle": "it needs Schedule"}))
    assert registry.broken == {"kettle": "it needs Schedule"}
    assert set(registry.tools) == set()


@pytest.mark.parametrize(
    ("requires", "version", "why"),
    [
        ("", "0.1.0", ""),
        (">=0.1,<0.2", "0.1.3", ""),
        (">=0.1,<0.2", "0.2.0", "it works with Lorgnette >=0.1,<0.2, and this is 0.2.0"),
        (">=0.1", "0.2.0.dev1", ""),
        ("newest", "0.1.0", "no range of versions"),
    ],
)
def test_a_skill_says_with_which_versions_it_works(requires: str, version: str, why: str) -> None:
    found = unmet(requires, version)
    assert why in found if why else found == ""
