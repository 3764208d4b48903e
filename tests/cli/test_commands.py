"""Commands that are typed wrongly or meet bad files: one sentence, the right exit code, nothing on stdout."""

import subprocess
import sys

import pytest


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lorgnette.cli", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("address", ["not a url", "ws://", "ftp://x", "ws://127.0.0.1:1"])
def test_a_hub_that_cannot_be_reached_is_one_sentence(home, address) -> None:
    ended = command("say", "hi", "--hub", address, "--token", "x" * 43)
    assert ended.returncode == 1
    assert "can't be reached" in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr
    assert not ended.stdout


def test_a_language_that_is_not_installed_names_those_that_are(home) -> None:
    ended = command("say", "hi", "--lang", "xx")
    assert ended.returncode == 2
    assert "de, en" in ended.stderr


@pytest.mark.parametrize("content", [b"", b"\x07" * 5000], ids=["empty", "garbage"])
def test_a_file_that_is_no_recording_is_one_sentence(home, tmp_path, content) -> None:
    file = tmp_path / "x.wav"
    file.write_bytes(content)
    ended = command("hear", str(file), "--json")
    assert ended.returncode == 1
    assert "no audio file" in " ".join(ended.stderr.split())
    assert "object at 0x" not in ended.stderr
    assert not ended.stdout
