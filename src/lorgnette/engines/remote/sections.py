"""The sections of `lorgnette.toml` for engines on another machine; each key is an argument of its adapter."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from msgspec import Meta
from msgspec.structs import replace

from lorgnette.config import Secret, Section
from lorgnette.engines.remote.dashscope import URLS, Region

LANGUAGES = ("de", "en", "zh")
"""What the hub itself speaks."""

_Url = Annotated[
    str,
    Meta(
        pattern=r"^(https?://.+)?$",
        extra={"words": "an address as http://127.0.0.1:8000/v1"},
        description="Where it answers, without the last part of the path.",
    ),
]
_WyomingUrl = Annotated[
    str,
    Meta(
        pattern=r"^((tcp|unix)://.+)?$",
        extra={"words": "an address as tcp://127.0.0.1:10300 or unix:///run/speech.sock"},
        description="Where it answers.",
    ),
]
_ServersLanguages = Annotated[
    tuple[str, ...], Meta(description="Languages it is asked for; empty: what the server says of itself.")
]
_FirstSound = Annotated[float, Meta(gt=0, le=120, description="Seconds until the first sound.")]
_Key = Annotated[Secret, Meta(description="Key for it, as env:NAME or file:/path; empty: none is sent.")]
_NO_KEY = Secret()


class TranscriptionsSection(Section, frozen=True, kw_only=True):
    """The recogniser `openai` (speech.asr): any server with OpenAI's `/audio/transcriptions`."""

    url: _Url = ""
    model: Annotated[str, Meta(description="The model's name at that server.")] = "whisper-1"
    key: _Key = _NO_KEY
    languages: Annotated[
        tuple[str, ...], Meta(description="Languages it is asked for; others go to the next recogniser.")
    ] = LANGUAGES
    prompt: Annotated[
        str, Meta(max_length=1000, description="Names and words to expect, in the wearer's language.")
    ] = ""
    timeout: Annotated[
        float, Meta(gt=0, le=120, description="Seconds for one utterance, all tries together.")
    ] = 10.0


class SpeechEndpointSection(Section, frozen=True, kw_only=True):
    """The voice `openai` (speech.tts): any server with OpenAI's `/audio/speech`."""

    url: _Url = ""
    model: Annotated[str, Meta(description="The model's name at that server.")] = "tts-1"
    voice: Annotated[str, Meta(description="The voice's name at that server.")] = "alloy"
    key: _Key = _NO_KEY
    languages: Annotated[
        tuple[str, ...], Meta(description="Languages it is asked for; others go to the next voice.")
    ] = LANGUAGES
    instructions: Annotated[
        str, Meta(max_length=1000, description="How to speak, for models that understand it.")
    ] = ""
    format: Annotated[
        Literal["pcm", "wav"], Meta(description="What it is asked for; a WAV header is understood in both.")
    ] = "pcm"
    pcm_rate: Annotated[
        int, Meta(ge=8000, le=48000, description="Samples a second of its pcm, which has no header.")
    ] = 24_000
    timeout: _FirstSound = 8.0


class WyomingAsrSection(Section, frozen=True, kw_only=True):
    """The recogniser `wyoming` (speech.asr): a Wyoming server, as wyoming-faster-whisper."""

    url: _WyomingUrl = ""
    model: Annotated[str, Meta(description="One of its models; empty: the server chooses.")] = ""
    languages: _ServersLanguages = ()
    timeout: Annotated[
        float, Meta(gt=0, le=120, description="Seconds from the end of speech to the words.")
    ] = 10.0


class WyomingTtsSection(Section, frozen=True, kw_only=True):
    """The voice `wyoming` (speech.tts): a Wyoming server, as wyoming-piper. It knows no speech rate."""

    url: _WyomingUrl = ""
    voice: Annotated[
        str, Meta(description="One of its voices; empty: the first that it has for the language.")
    ] = ""
    speaker: Annotated[str, Meta(description="A speaker of that voice, where it has several.")] = ""
    languages: _ServersLanguages = ()
    timeout: _FirstSound = 8.0


_Region = Annotated[Region, Meta(description="Where its key is from: singapore or beijing.")]
_DashScopeUrl = Annotated[
    str,
    Meta(
        pattern=r"^(https?://.+)?$",
        extra={"words": "an address as https://dashscope-intl.aliyuncs.com/api/v1"},
        description="Where its API begins; empty: the region's.",
    ),
]
_DASHSCOPE_KEY = Secret("env:DASHSCOPE_API_KEY")


class DashScopeAsrSection(Section, frozen=True, kw_only=True):
    """The recogniser `dashscope` (speech.asr): Qwen-ASR by Alibaba Cloud, an utterance at a time."""

    made_from: ClassVar[str] = "the region"

    region: _Region = "singapore"
    url: _DashScopeUrl = ""
    model: Annotated[str, Meta(description="The model.")] = "qwen3-asr-flash"
    key: _Key = _DASHSCOPE_KEY
    languages: Annotated[
        tuple[str, ...], Meta(description="Languages it is asked for; others go to the next recogniser.")
    ] = LANGUAGES
    prompt: Annotated[
        str, Meta(max_length=2000, description="Names and words to expect, as a text that holds them.")
    ] = ""
    timeout: Annotated[
        float, Meta(gt=0, le=120, description="Seconds for one utterance, all tries together.")
    ] = 10.0

    def resolve(self, environ: Mapping[str, str]) -> Self:
        """The region's address."""
        del environ
        return replace(self, url=self.url or URLS[self.region])


class DashScopeTtsSection(Section, frozen=True, kw_only=True):
    """The voice `dashscope` (speech.tts): Qwen-TTS by Alibaba Cloud. It knows no speech rate."""

    made_from: ClassVar[str] = "the region"

    region: _Region = "singapore"
    url: _DashScopeUrl = ""
    model: Annotated[str, Meta(description="The model.")] = "qwen3-tts-flash"
    voice: Annotated[str, Meta(description="One of its voices, as Cherry, Serena, Ethan.")] = "Cherry"
    key: _Key = _DASHSCOPE_KEY
    languages: Annotated[
        tuple[str, ...], Meta(description="Languages it is asked for; others go to the next voice.")
    ] = LANGUAGES
    timeout: _FirstSound = 8.0

    def resolve(self, environ: Mapping[str, str]) -> Self:
        """The region's address."""
        del environ
        return replace(self, url=self.url or URLS[self.region])
