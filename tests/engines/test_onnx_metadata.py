"""What an ONNX file says of itself."""

from contextlib import suppress
from pathlib import Path

import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.asr import tinymodels

from lorgnette.core.errors import EngineError
from lorgnette.engines.onnx_metadata import onnx_metadata


def test_it_reads_what_the_library_reads(tmp_path: Path) -> None:
    for make in (tinymodels.streaming_zipformer, tinymodels.sense_voice, tinymodels.whisper):
        for path in make(tmp_path / make.__name__).glob("*.onnx"):
            said = {entry.key: entry.value for entry in onnx.load(str(path)).metadata_props}
            assert onnx_metadata(path) == said


def test_a_missing_or_cut_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        onnx_metadata(tmp_path / "none.onnx")
    whole = tinymodels.sense_voice(tmp_path / "m") / "model.int8.onnx"
    cut = tmp_path / "cut.onnx"
    cut.write_bytes(whole.read_bytes()[:2000])
    with pytest.raises(EngineError, match="longer than the file"):
        onnx_metadata(cut)


@given(st.binary(max_size=300))
def test_any_bytes_are_metadata_or_a_typed_error(tmp_path_factory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("f") / "m.onnx"
    path.write_bytes(data)
    with suppress(EngineError):
        assert isinstance(onnx_metadata(path), dict)
