"""The sections of `lorgnette.toml` for voices that run here; each key is an argument of its adapter."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from lorgnette.config import Section

_Workers = Annotated[
    int, Meta(ge=1, le=16, description="Processes; so many sentences are made at a time, each has the model.")
]
_Threads = Annotated[int, Meta(ge=1, le=64, description="Cores that one sentence may use.")]


class PiperSection(Section, frozen=True, kw_only=True):
    """The voice `piper` (speech.tts): Piper's voices, in processes of their own. Needs the extra piper."""

    models: Annotated[
        tuple[str, ...],
        Meta(
            description="Files of voices as en_US-lessac-medium.onnx, beside each its .onnx.json, which says "
            "the language; the first of a language speaks it."
        ),
    ] = ()
    speaker: Annotated[
        str, Meta(max_length=100, description="Name or number of the speaker, for voices with several.")
    ] = ""
    workers: _Workers = 1
    threads: _Threads = 1


class SherpaVoiceSection(Section, frozen=True, kw_only=True):
    """The voice `sherpa` (speech.tts): Kokoro, VITS or Matcha by sherpa-onnx. Needs the extra sherpa."""

    model: Annotated[str, Meta(description="Folder of the voice, as sherpa-onnx's releases unpack.")] = ""
    languages: Annotated[
        tuple[str, ...],
        Meta(description="Languages it speaks; empty: those of its lexicons' names, else English."),
    ] = ()
    speaker: Annotated[int, Meta(ge=0, description="Number of the speaker, for voices with several.")] = 0
    speakers: Annotated[
        Mapping[str, Annotated[int, Meta(ge=0)]],
        Meta(description="Number of the speaker by language, as {zh = 45}."),
    ] = {}
    workers: _Workers = 1
    threads: _Threads = 1
    provider: Annotated[
        Literal["cpu", "cuda", "coreml"], Meta(description="Chip; its own build of sherpa-onnx decides.")
    ] = "cpu"
