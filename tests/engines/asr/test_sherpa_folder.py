"""What lies in a folder for sherpa-onnx, found out without the library."""

from pathlib import Path

import pytest
from tests.engines.asr import tinymodels

from lorgnette.core.errors import EngineError
from lorgnette.engines.asr.named import named_languages
from lorgnette.engines.asr.sherpa_folder import find


def test_the_kind_is_seen_by_the_files_and_what_is_in_them(tmp_path: Path) -> None:
    assert find(tinymodels.streaming_zipformer(tmp_path / "a")).kind == "streaming"
    assert find(tinymodels.offline_transducer(tmp_path / "b")).kind == "transducer"
    assert find(tinymodels.sense_voice(tmp_path / "c")).kind == "sense_voice"
    assert find(tinymodels.paraformer(tmp_path / "d")).kind == "paraformer"
    found = find(tinymodels.whisper(tmp_path / "e"))
    assert (found.kind, found.type, found.languages) == ("whisper", "whisper-tiny", ("en", "de", "zh"))
    assert found.files["tokens"].name == "tiny-tokens.txt"


def test_of_two_the_quantised_is_taken_but_for_the_decoder_which_is_small(tmp_path: Path) -> None:
    folder = tinymodels.streaming_zipformer(tmp_path / "m")
    stem = "epoch-1-avg-1-chunk-16-left-16"
    encoder = folder / f"encoder-{stem}.int8.onnx"
    (folder / f"encoder-{stem}.onnx").write_bytes(encoder.read_bytes())
    for part in ("decoder", "joiner"):
        (folder / f"{part}-{stem}.int8.onnx").write_bytes((folder / f"{part}-{stem}.onnx").read_bytes())
    found = find(folder).files
    assert found["encoder"] == encoder
    assert found["decoder"].name == f"decoder-{stem}.onnx"
    assert found["joiner"].name == f"joiner-{stem}.int8.onnx"


def test_parts_of_one_export_stay_together(tmp_path: Path) -> None:
    folder = tinymodels.streaming_zipformer(tmp_path / "m")
    stem = "epoch-1-avg-1-chunk-16-left-16"
    for part in ("decoder", "joiner"):
        (folder / f"{part}-epoch-99-avg-1.onnx").write_bytes((folder / f"{part}-{stem}.onnx").read_bytes())
    found = find(folder).files
    assert found["decoder"].name == f"decoder-{stem}.onnx"
    assert found["joiner"].name == f"joiner-{stem}.onnx"


@pytest.mark.parametrize("lost", ["decoder", "joiner", "encoder", "tokens"])
def test_what_is_missing_is_named(tmp_path: Path, lost: str) -> None:
    folder = tinymodels.streaming_zipformer(tmp_path / "m")
    next(folder.glob(f"{lost}*")).unlink()
    with pytest.raises(EngineError):
        find(folder)


def test_a_file_that_is_no_model_is_said(tmp_path: Path) -> None:
    folder = tinymodels.sense_voice(tmp_path / "m")
    (folder / "model.int8.onnx").write_bytes(b"\x0f" * 100)
    with pytest.raises(EngineError, match="can't be read as an ONNX model"):
        find(folder)


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("sherpa-onnx-streaming-zipformer-bilingual-zh-en-2023-02-20", ("zh", "en")),
        ("sherpa-onnx-streaming-zipformer-en-20M-2023-02-17", ("en",)),
        ("sherpa-onnx-zipformer-cantonese-2024-03-13", ("yue",)),
        ("vosk-model-small-cn-0.22", ("zh",)),
        ("vosk-model-en-us-0.22-lgraph", ("en",)),
        ("vosk-model-small-de-0.15", ("de",)),
        ("model", ()),
    ],
)
def test_published_folders_say_their_languages(name: str, languages: tuple[str, ...]) -> None:
    assert named_languages(name) == languages
