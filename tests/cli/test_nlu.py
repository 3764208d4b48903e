"""`lorgnette nlu`: one utterance explained, or many from standard input; no hub."""

import json
import subprocess
import sys

from tests.cli.test_commands import command


def test_utterances_of_standard_input_become_one_object_a_line() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "lorgnette.cli", "nlu", "--json", "--lang", "de"],
        input="stell einen timer auf zehn minuten\n\nwer hat die glühbirne erfunden\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    rows = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [row["decision"] for row in rows] == ["do", "none"]
    assert rows[0]["tool"] == "set_timer"
    assert rows[0]["arguments"] == {"duration": "PT10M"}
    assert {"text", "lang", "decision", "skill", "tool", "arguments", "confidence", "ms"} <= rows[0].keys()


def test_one_utterance_is_explained() -> None:
    ended = command("nlu", "uh could you like give me a ten minute timer for the pasta")
    assert ended.returncode == 0
    assert "set_timer" in ended.stdout
    assert "confidence" in ended.stdout
