from pathlib import Path

import locks
import pytest

PROJECT = """
[project]
name = "lorgnette"
dependencies = ["anyio>=4"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    return tmp_path


@pytest.mark.parametrize(
    ("lock", "problem"),
    [
        ("anyio==4.2 ; sys_platform != 'win32' \\\n    --hash=sha256:aa\n", None),
        ("anyio==4.2\n", "anyio has no hash"),
        ("anyio==3.9 --hash=sha256:aa\n", "wanted is anyio>=4"),
        ("idna==3.9 --hash=sha256:aa\n", "lacks anyio"),
        ("--index-url x\nanyio==4.2 --hash=sha256:aa\n", "names a place"),
    ],
)
def test_a_lock_that_does_not_answer_the_project_is_told(home, lock, problem):
    (home / "requirements" / "base.txt").write_text(lock)
    found = list(locks.problems(home))
    assert (not found) if problem is None else (len(found) == 1 and problem in found[0])


def test_a_missing_and_a_leftover_lock_are_told(home):
    (home / "requirements" / "attic.txt").write_text("")
    assert sorted(line.split()[0] for line in locks.problems(home)) == ["attic.txt", "base.txt"]


def test_a_pin_keeps_its_marker(home):
    (home / "requirements" / "base.txt").write_text(
        "Any_IO==4.2 ; sys_platform == 'linux' --hash=sha256:aa\n"
    )
    [pin] = locks.pins("base", home)
    assert pin == locks.Pin("any-io", "4.2", 'sys_platform == "linux"', hashed=True)
