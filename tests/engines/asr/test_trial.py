"""A model is tried elsewhere: what ended that process is said, what passed is kept until a file changes."""

import os
from pathlib import Path

import pytest

from lorgnette.core.errors import EngineError
from lorgnette.engines.asr.trial import Trial


def dies(how: str) -> None:
    """What libraries do over a bad file."""
    os.write(2, b"library.cc:12 'version' does not exist in the metadata\n" if how != "mute" else b"")
    if how == "error":
        os.write(2, b"ERROR (reader.cc:3) no such token\nmore\n")
    if how == "raise":
        raise ValueError("not a model")
    if how != "fine":
        os._exit(255)


def trial(file: Path, how: str, **more) -> Trial:
    return Trial("tests.engines.asr.test_trial:dies", {"how": how}, [file], "onnxruntime", **more)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    path = tmp_path / "model.onnx"
    path.write_bytes(b"1")
    (tmp_path / "notes").mkdir()
    return path


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("exit", "'version' does not exist in the metadata"),
        ("error", r"ERROR \(reader.cc:3\) no such token"),
        ("raise", "ValueError: not a model"),
        ("mute", "ended with 255, without a word"),
    ],
)
def test_what_ended_it_is_said_and_not_remembered(file: Path, how: str, said: str) -> None:
    for _ in range(2):
        with pytest.raises(EngineError, match=f"the model can't be loaded: .*{said}"):
            trial(file, how).passed(file.parent / "notes")
    assert not list((file.parent / "notes").iterdir())


def test_what_passed_is_tried_again_only_when_something_changes(file: Path) -> None:
    notes = file.parent / "notes"
    trial(file, "fine").passed(notes)
    (note,) = notes.iterdir()
    os.utime(note, (1, 1))
    trial(file, "fine").passed(notes)
    assert note.stat().st_mtime == 1
    file.write_bytes(b"22")
    trial(file, "fine").passed(notes)
    assert len(list(notes.iterdir())) == 2


def test_a_library_that_goes_on_otherwise_than_it_was_told_has_not_passed(file: Path) -> None:
    with pytest.raises(EngineError, match="no such chip"):
        trial(file, "fine", refuses={"does not exist in the metadata": "no such chip"}).passed()
