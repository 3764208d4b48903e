"""The sections of `lorgnette.toml` for recognisers that run here; each key is an argument of its adapter."""

from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section

_Languages = Annotated[
    tuple[str, ...],
    Meta(description="Languages it is asked for; empty: what the model's files and its folder's name say."),
]
_Timeout = Annotated[float, Meta(gt=0, le=120, description="Seconds from the end of speech to the words.")]


class SherpaSection(Section, frozen=True, kw_only=True):
    """The recogniser `sherpa` (speech.asr): a model for sherpa-onnx in a folder. Extra `sherpa`."""

    folder: Annotated[str, Meta(description="Where its files lie, as `lorgnette models use` writes it.")] = ""
    kind: Annotated[
        str,
        Meta(
            pattern=r"^(streaming|transducer|sense_voice|whisper|paraformer)?$",
            extra={"words": "one of streaming, transducer, sense_voice, whisper, paraformer, or empty"},
            description="What it has to be; empty: what its files say.",
        ),
    ] = ""
    languages: _Languages = ()
    threads: Annotated[
        int, Meta(ge=0, le=64, description="Threads for one decoding; 0: all cores but one, four at most.")
    ] = 0
    provider: Annotated[
        str,
        Meta(
            pattern=r"^[a-z][a-z0-9_]*$",
            description="The chip it runs on, as the installed sherpa-onnx names it: cpu, cuda, coreml.",
        ),
    ] = "cpu"
    numerals: Annotated[
        bool, Meta(description="Digits and punctuation, where the model writes them (SenseVoice).")
    ] = True
    timeout: _Timeout = 10.0


class VoskSection(Section, frozen=True, kw_only=True):
    """The recogniser `vosk` (speech.asr): a Vosk model in a folder. Extra `vosk`."""

    folder: Annotated[
        str, Meta(description="Where the model lies, unpacked: the folder with am, graph and conf in it.")
    ] = ""
    languages: _Languages = ()
    timeout: _Timeout = 10.0
