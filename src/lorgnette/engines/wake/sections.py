"""The sections of `lorgnette.toml` for wake words; each key is an argument of its adapter."""

from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section


class OpenWakeWordSection(Section, frozen=True, kw_only=True):
    """The engine `openwakeword` (speech.wake). Needs the extra wakeword and a word."""

    words: Annotated[
        tuple[str, ...],
        Meta(
            max_length=8,
            description="Names of models that pyopen-wakeword brings, as hey_jarvis, okay_nabu, "
            "hey_mycroft, alexa (their licence: docs/engines.md); or paths of your own (.tflite).",
        ),
    ] = ()
    threshold: Annotated[
        float,
        Meta(ge=0.05, le=0.99, description="How sure it must be; higher: fewer false alarms, more misses."),
    ] = 0.5


class SherpaKeywordsSection(Section, frozen=True, kw_only=True):
    """The engine `sherpa` (speech.wake): any words as text. Needs the extra sherpa and a model."""

    model: Annotated[
        str, Meta(description="Folder of a keyword-spotting model, as sherpa-onnx's releases unpack.")
    ] = ""
    words: Annotated[
        tuple[str, ...],
        Meta(max_length=16, description="Wake words as one says them, in the model's language."),
    ] = ()
    threshold: Annotated[
        float,
        Meta(ge=0.01, le=0.99, description="How sure it must be; higher: fewer false alarms, more misses."),
    ] = 0.25
    boost: Annotated[
        float, Meta(ge=0.1, le=10, description="How much a wake word is favoured over other words.")
    ] = 1.0
