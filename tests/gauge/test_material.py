"""Recordings and what was said in them, from folders, indexes and single files."""

import json
from pathlib import Path

import pytest

from lorgnette.core.errors import ConfigError
from lorgnette.gauge import recordings
from lorgnette.gauge.material import Recording, thinned
from lorgnette.media.wav import write_wav


def speech(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_wav(path, bytes(3200))
    if text:
        path.with_suffix(".txt").write_text(text, encoding="utf-8")
    return path


def test_words_lie_beside_a_recording_and_its_name_or_folder_tells_the_language(tmp_path: Path) -> None:
    speech(tmp_path / "de_1.wav", "Guten\n Tag")
    speech(tmp_path / "zh" / "a.wav", "你好")
    speech(tmp_path / "x" / "b.wav")
    found = {one.path.name: one for one in recordings([tmp_path], "en")}
    assert (found["de_1.wav"].language, found["de_1.wav"].text) == ("de", "Guten Tag")
    assert (found["a.wav"].language, found["a.wav"].text) == ("zh", "你好")
    assert (found["b.wav"].language, found["b.wav"].text) == ("en", "")


def test_an_index_says_it_all(tmp_path: Path) -> None:
    speech(tmp_path / "a.wav")
    speech(tmp_path / "b.wav")
    lines = [
        {"file": "a.wav", "lang": "de-AT", "text": "Servus"},
        {"file": "b.wav", "lang": "en", "text": None},
        {"file": "gone.wav", "lang": "en", "text": "gone"},
    ]
    index = tmp_path / "index.jsonl"
    index.write_text("\n".join(map(json.dumps, lines)) + "\n\n")
    (one,) = recordings([tmp_path], "en")
    assert (one.language, one.text) == ("de", "Servus")
    assert recordings([index], "en") == [one]
    index.write_text('{"file": "a.wav"}')
    with pytest.raises(ConfigError, match="line 1: needs file, lang and text"):
        recordings([tmp_path], "en")


def test_what_is_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="neither an engine's kind nor a file"):
        recordings([tmp_path / "asrr"], "en")
    with pytest.raises(ConfigError, match="no recordings"):
        recordings([tmp_path], "en")
    assert recordings([], "en") == []
    (tmp_path / "a.wav").write_bytes(b"x")
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"a\.txt"):
        recordings([tmp_path], "en")


def test_a_few_of_many_are_spread_and_have_words() -> None:
    many = [Recording(Path(f"{n}.wav"), "en", "" if n % 2 else "x") for n in range(100)]
    few = thinned(many, 5)
    assert [one.path.stem for one in few] == ["0", "20", "40", "60", "80"]
    assert thinned(many, 0) == many


def test_the_data_of_the_tests_can_be_heard(shared: Path) -> None:
    found = recordings([shared / "data" / "speech"], "en", 3)
    assert {one.language for one in found} >= {"de", "en"}
    assert all(one.text and one.path.is_file() for one in found)
