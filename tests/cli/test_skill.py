"""`lorgnette skill` without a hub: made, listed, switched, installed from what is safe to unpack."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lorgnette.cli.main import app
from lorgnette.cli.skill import names, own_names
from lorgnette.cli.skill_source import MOST_BYTES, laid_out
from lorgnette.core.errors import LorgnetteError, SkillError
from lorgnette.kit.new import write_skill


def run(*arguments: str, code: int = 0, answer: str = "") -> str:
    result = CliRunner().invoke(app, ["skill", *arguments], input=answer, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def listed() -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in map(json.loads, run("list", "--json").splitlines())}


def test_a_skill_is_made_listed_switched_off_and_on(home: Path) -> None:
    assert "skill test dice" in run("new", "dice")
    assert own_names("") == ["dice"]
    assert set(names("di")) == {"dice"}
    assert listed()["dice"]["effects"] == ["read"]
    assert "dice is off" in run("off", "dice")
    assert listed()["dice"]["state"] == "off"
    assert json.loads(run("on", "dice", "--json"))["state"] == "on"
    (home / "data" / "lorgnette" / "skills" / "dice" / "dice.py").write_text("import nothing_at_all")
    assert "nothing_at_all" in str(listed()["dice"]["why"])
    broken = run("test", "dice", code=1)
    assert "ModuleNotFoundError: No module named 'nothing_at_all' (dice.py, line 1)" in broken
    assert "broken" in run("list")
    for wrong in (["new", "timers"], ["new", "dice"], ["off", "control"], ["off", "nobody"], ["test", "no"]):
        with pytest.raises(LorgnetteError):
            run(*wrong)


def test_nothing_of_a_skill_is_run_before_the_yes(home: Path) -> None:
    write_skill("spy", home)
    mark = home / "ran"
    with (home / "spy" / "spy.py").open("a") as source:
        source.write(f"\nimport socket\nopen({str(mark)!r}, 'w').close()\n")
    shown = run("install", str(home / "spy"), code=1, answer="n\n")
    assert "the network (socket)" in shown
    assert not mark.exists()
    assert own_names("") == []
    assert "spy is on" in run("install", str(home / "spy"), answer="y\n")
    assert mark.exists()
    with pytest.raises(SkillError, match="--replace"):
        run("install", str(home / "spy"), "--yes")
    assert "spy is on" in run("install", str(home / "spy"), "--yes", "--replace")


def test_a_file_with_its_phrases_and_a_zip_are_skills_too(home: Path) -> None:
    write_skill("tea", home)
    flat = home / "flat"
    (home / "tea").rename(flat)
    archive = home / "coffee.zip"
    write_skill("coffee", home)
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in (home / "coffee").rglob("*"):
            zipped.write(file, file.relative_to(home))
        zipped.writestr("__MACOSX/coffee", "x")
    run("install", str(flat / "tea.py"), "--yes")
    run("install", str(archive), "--yes")
    assert own_names("") == ["coffee", "tea"]
    assert {listed()[name]["why"] for name in ("tea", "coffee")} == {""}


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("../x.py", b"", "leads out"),
        ("/x.py", b"", "leads out"),
        ("a\\..\\x.py", b"", "leads out"),
        ("x/x.py", b"#" * (MOST_BYTES + 1), "unpacks to more"),
        ("x.txt", b"", "holds no skills"),
    ],
)
def test_archives_that_would_do_harm_are_refused(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    archive = tmp_path / "x.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(name, data)
    with pytest.raises(SkillError, match=reason), laid_out(archive):
        pass


def test_what_is_no_archive_or_has_links_is_refused(tmp_path: Path, home: Path) -> None:
    (tmp_path / "x.zip").write_text("no")
    with pytest.raises(SkillError, match="can't be unpacked"), laid_out(tmp_path / "x.zip"):
        pass
    write_skill("tea", home)
    (home / "tea" / "secret").symlink_to("/etc/passwd")
    with pytest.raises(SkillError, match="links"):
        run("install", str(home / "tea"), "--yes")
