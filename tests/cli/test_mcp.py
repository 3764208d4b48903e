"""`lorgnette mcp` with no hub running: a program is added, approved, listed, removed; tokens are made."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("mcp")

from lorgnette.cli.main import app

PEER = Path(__file__).parents[1] / "services" / "mcp" / "peer.py"


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["mcp", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_a_server_is_added_with_what_was_approved_and_goes_again(home) -> None:
    out = said("add", "peer", "--effect", "add=query", "--json", "--", sys.executable, str(PEER))
    found = json.loads(out.splitlines()[-1])
    assert {one["name"]: one["state"] for one in found["tools"]}["add"] == "on"
    (listed,) = (json.loads(line) for line in said("list", "--json").splitlines())
    assert [(one["name"], one["effect"], one["state"]) for one in listed["tools"]] == [("add", "query", "on")]
    assert "peer" in said("list")
    off = json.loads(said("switch", "peer", "off", "--json"))
    assert off["state"] == "off"
    assert "gone" in said("rm", "peer")
    assert "no outside tools" in said("list")
    said("add", "both", "--url", "http://127.0.0.1:1/", "--effect", "x", code=1)


def test_a_token_is_shown_once_and_taken_back(home) -> None:
    made = json.loads(said("token", "new", "Claude", "--scopes", "say,see", "--json"))
    assert made["token"].startswith("lga_")
    assert made["scopes"] == ["see", "say"]
    listed = said("token", "list", "--json")
    assert made["token"] not in listed
    assert json.loads(listed)["name"] == "Claude"
    assert "no token" in said("token", "revoke", "Claude")
    assert said("token", "list") == ""
