"""A folder with a model for sherpa-onnx: its kind, which of its files are taken, what it understands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from lorgnette.core.errors import EngineError
from lorgnette.engines.asr.named import named_languages
from lorgnette.engines.onnx_metadata import onnx_metadata

type SherpaKind = Literal["streaming", "transducer", "sense_voice", "whisper", "paraformer"]
KINDS: tuple[str, ...] = get_args(SherpaKind.__value__)
"""`streaming`: a transducer that hears while one speaks; the others hear whole utterances."""

_SENSE_VOICE = ("zh", "en", "ja", "ko", "yue")
_PARAFORMER = ("zh", "en")
_STREAMS = ("decode_chunk_len", "T")
"""Metadata that only encoders have which hear piece by piece."""


@dataclass(frozen=True, slots=True)
class SherpaFolder:
    """`files`: role (encoder, decoder, joiner, model, tokens) → path. `type`: what the export calls itself.

    `languages`: what the model knows, as far as the folder tells; empty: it doesn't.
    """

    kind: SherpaKind
    files: Mapping[str, Path]
    type: str = ""
    languages: tuple[str, ...] = ()

    @property
    def streams(self) -> bool:
        return self.kind == "streaming"


def find(folder: Path, kind: str = "") -> SherpaFolder:
    """What lies in `folder`; `kind` where its files could be several. EngineError says what is missing."""
    if not folder.is_dir():
        raise EngineError(f"asr_sherpa.folder: there is no folder {folder}")
    files = sorted(path for path in folder.iterdir() if path.suffix == ".onnx" and path.is_file())
    tokens = _one(folder.glob("*tokens.txt"))
    if not files or tokens is None:
        lacks = "no .onnx file" if not files else "no tokens.txt"
        raise EngineError(f"{folder} holds {lacks}")
    encoder = _best(path for path in files if "encoder" in path.name)
    if encoder is not None:
        found = _with_encoder(encoder, files, tokens, folder)
    else:
        found = _alone(_best(files) or files[0], tokens)
    if kind and found.kind != kind:
        raise EngineError(f"{folder} holds a model of the kind {found.kind}, not {kind}")
    return found


def _with_encoder(encoder: Path, files: list[Path], tokens: Path, folder: Path) -> SherpaFolder:
    decoder = _companion(encoder, files, "decoder")
    if decoder is None:
        raise EngineError(f"{folder} holds an encoder and no decoder")
    said = onnx_metadata(encoder)
    type_ = said.get("model_type", "")
    parts = {"encoder": encoder, "decoder": decoder, "tokens": tokens}
    if type_.startswith("whisper"):
        codes = said.get("all_language_codes", "")
        languages = tuple(code for code in codes.split(",") if code) if codes else ("en",)
        return SherpaFolder("whisper", parts, type_, languages)
    joiner = _companion(encoder, files, "joiner")
    if joiner is None:
        raise EngineError(f"{folder} holds an encoder and no joiner")
    streams = any(key in said for key in _STREAMS) or type_ == "lstm"
    return SherpaFolder(
        "streaming" if streams else "transducer",
        parts | {"joiner": joiner},
        type_,
        named_languages(folder.name),
    )


def _alone(model: Path, tokens: Path) -> SherpaFolder:
    type_ = onnx_metadata(model).get("model_type", "")
    parts = {"model": model, "tokens": tokens}
    if type_.startswith("sense_voice"):
        return SherpaFolder("sense_voice", parts, type_, _SENSE_VOICE)
    if type_.startswith("paraformer"):
        return SherpaFolder("paraformer", parts, type_, _PARAFORMER)
    raise EngineError(f"{model} is a model of a kind that isn't known here: {type_ or 'it names none'}")


def _companion(encoder: Path, files: Iterable[Path], role: str) -> Path | None:
    """The `role` that was exported with this encoder: the rest of its name is the same."""
    stem = _plain(encoder.name).replace("encoder", role)
    rest = [path for path in files if role in path.name]
    return _best((path for path in rest if _plain(path.name) == stem), small=role != "decoder") or _best(
        rest, small=role != "decoder"
    )


def _best(paths: Iterable[Path], *, small: bool = True) -> Path | None:
    """The quantised one where there are two (`small`), else the exact one; of several the last by name."""
    return max(paths, key=lambda path: ((".int8." in path.name) is small, path.name), default=None)


def _plain(name: str) -> str:
    return name.replace(".int8.", ".").replace(".fp16.", ".")


def _one(paths: Iterable[Path]) -> Path | None:
    return min(paths, key=lambda path: (len(path.name), path.name), default=None)
