"""`lorgnette people`, with no hub running: the store is opened for it, and the answers are the same."""

import json

import pytest
from tests.cli.test_commands import command


def test_people_come_change_and_go(home) -> None:
    added = json.loads(
        command("people", "add", "Anna", "--lang", "de", "--zone", "Europe/Berlin", "--json").stdout
    )
    assert (added["name"], added["role"], added["language"], added["zone"]) == (
        "Anna",
        "wearer",
        "de",
        "Europe/Berlin",
    )
    assert json.loads(command("people", "role", "anna", "guest", "--json").stdout)["role"] == "guest"
    listed = [json.loads(line) for line in command("people", "list", "--json").stdout.splitlines()]
    assert [one["role"] for one in listed] == ["owner", "guest"]
    kept = command("people", "remove", "Anna")
    assert kept.returncode == 1
    assert "Aborted" in kept.stderr
    gone = command("people", "remove", added["id"], "--yes")
    assert gone.stdout == "Anna and everything of theirs is deleted.\n"
    assert len(command("people", "list", "--json").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("rename", "nobody", "x"), "there is no 'nobody' here"),
        (("add", "A", "--lang", "xx"), "no language xx"),
        (("add", "A", "--zone", "Mars/Olympus"), "no time zone"),
        (("add", "\u200b \n"), "at least one letter"),
    ],
)
def test_what_cannot_be_is_one_sentence(home, words, sentence) -> None:
    ended = command("people", *words)
    assert ended.returncode == 1
    assert sentence in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr


def test_the_last_owner_stays(home) -> None:
    (owner,) = [json.loads(line) for line in command("people", "list", "--json").stdout.splitlines()]
    for words in (("role", owner["id"], "wearer"), ("remove", owner["id"], "--yes")):
        ended = command("people", *words)
        assert ended.returncode == 1
        assert "last owner" in " ".join(ended.stderr.split())


def test_a_shared_device_is_nobodys(home) -> None:
    ended = command("pair", "--shared", "--for", "Anna")
    assert ended.returncode != 0
