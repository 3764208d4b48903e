"""`lorgnette memory` without a hub, and the routes that it shares with the page."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lorgnette.cli.main import app
from lorgnette.core.errors import LorgnetteError


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["memory", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_what_is_told_is_listed_found_corrected_forgotten_and_taken_along(home: Path) -> None:
    assert "Nothing is remembered" in run("list")
    first = json.loads(run("add", "my locker code is 4711", "--json"))
    assert (first["how"], first["private"], first["others"]) == ("new", True, [])
    run("add", "mein Fahrrad steht im Keller", "--lang", "de")
    assert "was known already" in run("add", "my locker code is 4711")
    assert "before: my locker code is 4711" in run("add", "my locker code is 4712")
    listed = [json.loads(line) for line in run("list", "--json").splitlines()]
    assert [one["text"] for one in listed] == ["my locker code is 4712", "mein Fahrrad steht im Keller"]
    (found,) = [json.loads(line) for line in run("search", "fahrrad", "--json").splitlines()]
    assert found["language"] == "de"
    edited = json.loads(run("edit", found["id"], "mein Fahrrad steht im Hof", "--json"))
    assert "Forgotten: mein Fahrrad steht im Hof" in run("forget", edited["id"])
    assert "Hof" not in run("list")
    run("restore", edited["id"])
    assert "Hof" in run("list")
    target = home / "memory.json"
    assert "4 facts" in run("export", "--to", str(target))
    assert target.stat().st_mode & 0o077 == 0
    assert len(json.loads(target.read_text("utf-8"))["facts"]) == 4


def test_what_cannot_be_is_said_in_one_sentence(home: Path) -> None:
    with pytest.raises(LorgnetteError):
        run("forget", "f-nothing")
    with pytest.raises(LorgnetteError, match="too long"):
        run("add", "x" * 501)
