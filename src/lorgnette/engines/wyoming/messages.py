"""The messages of Wyoming that speech engines use: names and fields as its README has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lorgnette.core.errors import ProtocolError
from lorgnette.engines.chain import primary
from lorgnette.engines.wyoming.events import Event


@dataclass(frozen=True, slots=True)
class Format:
    """How the sound of a stream is: `width` in bytes a sample."""

    rate: int
    width: int = 2
    channels: int = 1

    @property
    def data(self) -> dict[str, int]:
        return {"rate": self.rate, "width": self.width, "channels": self.channels}


def audio_start(format: Format) -> Event:
    """Sound begins."""
    return Event("audio-start", format.data)


def audio_chunk(format: Format, pcm: bytes) -> Event:
    """A piece of it."""
    return Event("audio-chunk", format.data, pcm)


def audio_stop() -> Event:
    """Sound ends: the recogniser may answer, the voice has said all."""
    return Event("audio-stop")


def describe() -> Event:
    """What do you have? Answered with `info`."""
    return Event("describe")


def transcribe(language: str, model: str = "") -> Event:
    """The sound that follows is speech; answered with `transcript`. model: empty = the server chooses."""
    return Event("transcribe", {"language": language, **({"name": model} if model else {})})


def transcript(text: str, language: str) -> Event:
    """What was said."""
    return Event("transcript", {"text": text, "language": language})


def synthesize(text: str, voice: Mapping[str, str]) -> Event:
    """Say this; answered with sound. `voice`: name, speaker, language, each where it is known."""
    return Event("synthesize", {"text": text, **({"voice": dict(voice)} if voice else {})})


def error(text: str, code: str) -> Event:
    """It can't be done."""
    return Event("error", {"text": text, "code": code})


def text_of(event: Event, name: str = "text") -> str:
    """A text field; ProtocolError where it isn't one."""
    text = event.data.get(name)
    if not isinstance(text, str):
        raise ProtocolError(f"{event.type} without a {name}")
    return text


def format_of(event: Event) -> Format:
    """What `audio-start` and `audio-chunk` say of their sound; ProtocolError where they don't."""
    numbers = [event.data.get(name) for name in ("rate", "width", "channels")]
    if not all(type(number) is int and number > 0 for number in numbers):
        raise ProtocolError(f"{event.type} doesn't say how its sound is")
    rate, width, channels = (int(str(number)) for number in numbers)
    return Format(rate, width, channels)


@dataclass(frozen=True, slots=True)
class Model:
    """A recogniser's model or a voice; `languages`: primary subtags."""

    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Info:
    """What a server has installed."""

    asr: tuple[Model, ...] = ()
    tts: tuple[Model, ...] = ()

    def languages(self, kind: str) -> frozenset[str]:
        """Of all models of "asr" or "tts"."""
        models = self.asr if kind == "asr" else self.tts
        return frozenset(language for model in models for language in model.languages)

    def voice(self, language: str) -> str:
        """The name of the first voice for a language, empty if there is none."""
        return next((voice.name for voice in self.tts if primary(language) in voice.languages), "")


def info(server: Info) -> Event:
    """What a server has, one program a kind."""
    data: dict[str, Any] = {}
    for kind, inner, models in (("asr", "models", server.asr), ("tts", "voices", server.tts)):
        if models:
            described = [{**_artifact(model.name), "languages": list(model.languages)} for model in models]
            data[kind] = [{**_artifact("lorgnette"), inner: described}]
    return Event("info", data)


def _artifact(name: str) -> dict[str, Any]:
    """What the protocol wants to know of everything."""
    attribution = {"name": "Lorgnette", "url": ""}
    return {
        "name": name,
        "attribution": attribution,
        "installed": True,
        "description": name,
        "version": None,
    }


def info_of(event: Event) -> Info:
    """Read forgivingly: what isn't understood is left out."""
    return Info(_models(event.data.get("asr"), "models"), _models(event.data.get("tts"), "voices"))


def _models(programs: Any, inner: str) -> tuple[Model, ...]:
    found: list[Model] = []
    for program in _objects(programs):
        for model in _objects(program.get(inner)):
            name, languages = model.get("name"), model.get("languages")
            if isinstance(name, str) and isinstance(languages, list) and model.get("installed", True):
                known = (primary(each.replace("_", "-")) for each in languages if isinstance(each, str))
                found.append(Model(name, tuple(dict.fromkeys(known))))
    return tuple(found)


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
