"""`lorgnette bench` and `models use --fastest` as they are typed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from lorgnette.cli.bench import parsed
from lorgnette.cli.main import app
from lorgnette.core.errors import ConfigError, LorgnetteError
from lorgnette.gauge import Book, Candidate
from lorgnette.media.wav import write_wav


def command(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(words))
    if isinstance(done.exception, LorgnetteError):
        assert code == 1, done.exception.detail
        return done.exception.detail
    assert done.exit_code == code, done.output + repr(done.exception)
    return done.stdout


def rows(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_words_are_kinds_engines_or_paths(tmp_path: Path) -> None:
    found = parsed(["asr", "tts.espeak", str(tmp_path)])
    assert found.kinds == ("asr", "tts")
    assert found.named == (("tts", "espeak"),)
    assert found.paths == (tmp_path,)
    with pytest.raises(ConfigError, match="no tts engine is called 'festival'"):
        parsed(["tts.festival"])


def test_a_bench_is_measured_shown_kept_and_chosen_by(home: Path) -> None:
    (home / "speech").mkdir()
    write_wav(home / "speech" / "en_1.wav", bytes(32_000))
    (home / "speech" / "en_1.txt").write_text("what time is it")
    words = ("asr.canned", "tts.espeak", str(home / "speech"), "--repeats", "1")
    found = {(one["kind"], one["language"]): one for one in rows(command("bench", *words, "--json"))}
    assert found["asr", "en"]["error"] == 0
    assert not found["asr", "en"]["synthetic"]
    assert found["tts", "zh"]["rtf"] > 0
    text = command("bench", "asr.canned", str(home / "speech"), "--repeats", "1")
    assert "asr canned" in text
    assert "synthetic" not in text
    book = Book.open(home / "data" / "lorgnette")
    assert len(book.figures) == len(found)
    picks = rows(command("models", "use", "--fastest", "tts", "--json"))
    assert [one["engine"] for one in picks] == ["espeak"] * 3  # and nothing is changed


def test_a_bench_that_finds_nothing_or_fails_says_so(home: Path) -> None:
    assert "neither an engine's kind nor" in command("bench", "asrr", code=1)
    failed = command("bench", "asr.wyoming", "--json", "-s", "asr_wyoming.url=tcp://127.0.0.1:9", code=1)
    (one,) = rows(failed)
    assert one["why"]
    assert Book.open(home / "data" / "lorgnette").figures == ()
    assert rows(command("bench", "asr.wyoming", "--json"))[0]["why"] == "no address is set"


@pytest.fixture
def measured(home: Path) -> Path:
    """Two voices with figures, as if they had been measured, and a configuration of the slower one."""
    settings = home / "config" / "lorgnette" / "lorgnette.toml"
    settings.parent.mkdir()
    own = '# mine\n[speech]\ntts = ["wyoming"]  # for now\n[tts_wyoming]\nurl = "tcp://127.0.0.1:9"\n'
    settings.write_text(own)
    figures = [
        msgspec.structs.replace(candidate.figure(), language=language, rtf=0.1, first_s=first)
        for candidate, first in ((Candidate("tts", "espeak"), 0.001), (_wyoming(), 0.3))
        for language in ("de", "en", "zh")
    ]
    Book.open(home / "data" / "lorgnette").add(figures)
    return settings


def _wyoming() -> Candidate:
    from lorgnette.cli.settings import engine_table
    from lorgnette.config import Config

    table = engine_table(Config.load(), "tts_wyoming")
    assert table is not None
    return Candidate("tts", "wyoming", table)


def test_the_fastest_is_written_with_the_way_back(measured: Path) -> None:
    before = measured.read_text()
    text = command("models", "use", "--fastest", "tts", "--dry-run")
    assert "speech.tts = espeak,wyoming" in text
    assert "slower: 300 ms" in text
    assert measured.read_text() == before
    text = command("models", "use", "--fastest", "tts")
    assert "lorgnette config set speech.tts wyoming" in text
    assert 'tts = ["espeak", "wyoming"]  # for now' in measured.read_text()
    assert measured.read_text().startswith("# mine\n")
    command("config", "set", "speech.tts", "wyoming")
    assert measured.read_text() == before
    changes = [one for one in rows(command("models", "use", "--fastest", "tts", "--json")) if "set" in one]
    assert changes == [{"set": "speech.tts", "value": "espeak,wyoming", "was": "wyoming", "written": True}]


def test_what_fastest_takes_is_checked(home: Path) -> None:
    assert "all, asr, tts" in command("models", "use", "--fastest", "llm", code=1)
    assert command("models", "use", code=2) == ""


def test_ctrl_c_leaves_nothing_behind(home: Path) -> None:
    bench = subprocess.Popen(
        [sys.executable, "-m", "lorgnette.cli", "bench", "tts.espeak", "--seconds", "60", "--repeats", "100"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - see test_command
    )
    until = time.monotonic() + 20
    while len(family(bench.pid)) < 2:  # the probe, and its voice's process
        assert time.monotonic() < until
        assert bench.poll() is None
        time.sleep(0.05)
    children = family(bench.pid)
    bench.send_signal(signal.SIGINT)
    _, errors = bench.communicate(timeout=20)
    assert bench.returncode == 130
    assert "Stopped" in errors
    assert "Traceback" not in errors
    while any(alive(pid) for pid in children):
        assert time.monotonic() < until + 20
        time.sleep(0.05)


def family(pid: int) -> list[int]:
    """All descendants."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and parent(int(entry.name)) == pid:
            found += [int(entry.name), *family(int(entry.name))]
    return found


def parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
