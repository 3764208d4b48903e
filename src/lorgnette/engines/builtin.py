"""The factories behind the built-in adapters' entry points; what is heavy is imported when it is chosen."""

from collections.abc import Mapping
from typing import Any

from lorgnette.config import Paths, private
from lorgnette.core.errors import ConfigError
from lorgnette.engines.egress import sends, stays
from lorgnette.engines.protocols import (
    ChatModel,
    Embedder,
    Recognizer,
    Synthesizer,
    TurnJudge,
    VoiceDetector,
    WakeDetector,
)
from lorgnette.engines.providers import CPU, chosen, onnx_providers, sherpa_providers
from lorgnette.engines.registry import EngineSetup
from lorgnette.engines.remote.dashscope import URLS
from lorgnette.engines.traits import described


@stays
@described("onnxruntime", chips=onnx_providers)
def silero(setup: EngineSetup) -> VoiceDetector:
    """Settings: the section `vad_silero`."""
    from lorgnette.engines.vad.silero import MODEL, OnnxModel, SileroDetector

    provider = str(_known(setup.settings, "silero", "provider").get("provider") or CPU.name)
    chosen(provider)  # one that isn't built in switches Silero off: loudness alone detects then
    return SileroDetector(lambda: OnnxModel(MODEL, provider))


@stays
def energy(setup: EngineSetup) -> VoiceDetector:
    """No settings."""
    from lorgnette.engines.vad.energy import EnergyDetector

    _known(setup.settings, "energy")
    return EnergyDetector()


@stays
@described("pocketsphinx")
def pocketsphinx(setup: EngineSetup) -> Recognizer:
    """Settings: `workers` (0 = as many as cores), `calibration`."""
    from lorgnette.engines.asr.recognizer import PocketSphinxEngine

    settings = _known(setup.settings, "pocketsphinx", "workers", "calibration")

    def decoder() -> dict[str, Any]:
        sentences = [[each.template, dict(each.slots)] for each in setup.sentences.get("en", ())]
        cache = private(Paths.of().cache / "grammar")
        return {"sentences": sentences, "calibration": settings.get("calibration"), "cache": str(cache)}

    return PocketSphinxEngine(decoder, workers=int(settings.get("workers", 0)))


@stays
@described(pretends=True)
def canned_recognizer(setup: EngineSetup) -> Recognizer:
    """Settings: `text`, `delay` (s), `languages`."""
    from lorgnette.engines.canned import CannedRecognizer

    return CannedRecognizer(**_known(setup.settings, "canned", "text", "delay", "languages"))


@stays
@described("sherpa-onnx", chips=sherpa_providers)
def sherpa(setup: EngineSetup) -> Recognizer:
    """Settings: the section `asr_sherpa`."""
    from lorgnette.engines.asr.sherpa import recogniser

    allowed = ("folder", "kind", "languages", "threads", "provider", "numerals", "timeout")
    settings = _known(setup.settings, "asr sherpa", *allowed)
    return recogniser(**settings, notes=private(Paths.of().cache / "trials"))


@stays
@described("vosk")
def vosk(setup: EngineSetup) -> Recognizer:
    """Settings: the section `asr_vosk`."""
    from lorgnette.engines.asr.vosk import recogniser

    settings = _known(setup.settings, "asr vosk", "folder", "languages", "timeout")
    return recogniser(**settings, notes=private(Paths.of().cache / "trials"))


@stays
@described("espeakng-loader")
def espeak(setup: EngineSetup) -> Synthesizer:
    """Settings: `voices` (language → eSpeak voice), `workers`."""
    from lorgnette.engines.tts.espeak import EspeakSynthesizer

    return EspeakSynthesizer(**_known(setup.settings, "espeak", "voices", "workers"))


@stays
@described("piper-tts")
def piper(setup: EngineSetup) -> Synthesizer:
    """Settings: the section `tts_piper`."""
    from lorgnette.engines.tts.piper import PiperSynthesizer

    return PiperSynthesizer(**_known(setup.settings, "tts piper", "models", "speaker", "workers", "threads"))


@stays
@described("sherpa-onnx", chips=sherpa_providers)
def sherpa_synthesizer(setup: EngineSetup) -> Synthesizer:
    """Settings: the section `tts_sherpa`."""
    from lorgnette.engines.tts.sherpa import SherpaSynthesizer

    allowed = ("model", "languages", "speaker", "speakers", "workers", "threads", "provider")
    return SherpaSynthesizer(**_known(setup.settings, "tts sherpa", *allowed))


@stays
@described("pyopen-wakeword")
def openwakeword(setup: EngineSetup) -> WakeDetector:
    """Settings: the section `wake_openwakeword`."""
    from lorgnette.engines.wake.openwakeword import OpenWakeWords

    return OpenWakeWords(**_known(setup.settings, "wake openwakeword", "words", "threshold"))


@stays
@described("sherpa-onnx")
def sherpa_keywords(setup: EngineSetup) -> WakeDetector:
    """Settings: the section `wake_sherpa`."""
    from lorgnette.engines.wake.sherpa import SherpaKeywords

    allowed = ("model", "words", "threshold", "boost")
    return SherpaKeywords(**_known(setup.settings, "wake sherpa", *allowed))


@stays
@described("onnxruntime")
def smart_turn(setup: EngineSetup) -> TurnJudge:
    """Settings: the section `turn_smart`."""
    from lorgnette.engines.turn.smart import SmartTurn

    return SmartTurn(**_known(setup.settings, "turn smart", "model"))


@stays
@described(pretends=True)
def canned_synthesizer(setup: EngineSetup) -> Synthesizer:
    """Settings: `seconds`, `delay` (s), `languages`."""
    from lorgnette.engines.canned import CannedSynthesizer

    return CannedSynthesizer(**_known(setup.settings, "canned", "seconds", "delay", "languages"))


@sends("speech")
def transcriptions(setup: EngineSetup) -> Recognizer:
    """Settings: the section `asr_openai`."""
    from lorgnette.engines.asr.transcriptions import Transcriptions

    allowed = ("url", "model", "key", "languages", "prompt", "timeout")
    return Transcriptions(**_known(setup.settings, "asr openai", *allowed))


@sends("sentences")
def speech_endpoint(setup: EngineSetup) -> Synthesizer:
    """Settings: the section `tts_openai`."""
    from lorgnette.engines.tts.speech_endpoint import SpeechEndpoint

    allowed = ("url", "model", "voice", "key", "languages", "instructions", "format", "pcm_rate", "timeout")
    return SpeechEndpoint(**_known(setup.settings, "tts openai", *allowed))


@sends("speech", default=URLS["singapore"])
def dashscope_recognizer(setup: EngineSetup) -> Recognizer:
    """Settings: the section `asr_dashscope`."""
    from lorgnette.engines.asr.dashscope import DashScopeRecognizer

    allowed = ("url", "model", "key", "languages", "prompt", "timeout", "region")
    settings = _known(setup.settings, "asr dashscope", *allowed)
    return DashScopeRecognizer(**_placed(settings))


@sends("sentences", default=URLS["singapore"])
def dashscope_synthesizer(setup: EngineSetup) -> Synthesizer:
    """Settings: the section `tts_dashscope`."""
    from lorgnette.engines.tts.dashscope import DashScopeSynthesizer

    allowed = ("url", "model", "voice", "key", "languages", "timeout", "region")
    settings = _known(setup.settings, "tts dashscope", *allowed)
    return DashScopeSynthesizer(**_placed(settings))


@sends("speech")
def wyoming_recognizer(setup: EngineSetup) -> Recognizer:
    """Settings: the section `asr_wyoming`."""
    from lorgnette.engines.wyoming.recognizer import WyomingRecognizer

    return WyomingRecognizer(**_known(setup.settings, "asr wyoming", "url", "model", "languages", "timeout"))


@sends("sentences")
def wyoming_synthesizer(setup: EngineSetup) -> Synthesizer:
    """Settings: the section `tts_wyoming`."""
    from lorgnette.engines.wyoming.synthesizer import WyomingSynthesizer

    allowed = ("url", "voice", "speaker", "languages", "timeout")
    return WyomingSynthesizer(**_known(setup.settings, "tts wyoming", *allowed))


@sends("conversation", "pictures")
def openai(setup: EngineSetup) -> ChatModel:
    """Settings: `url`, `model`, `key`, `first_token`, `between_tokens` (s); fields of requests; `images`."""
    from lorgnette.engines.llm.openai_chat import OpenAIChat

    times, fields = ("first_token", "between_tokens"), ("options", "wishes", "with_tools")
    allowed = ("url", "model", "key", *times, *fields, "images", "window", "reply")
    return OpenAIChat(**_known(setup.settings, "openai", *allowed))


@stays
@described("llama-cpp-python")
def local_chat(setup: EngineSetup) -> ChatModel:
    """Settings: the section `llm_local`, and of [model] `window`, `reply`, `thinking`, `first_token`."""
    from lorgnette.engines.llm.local import LocalChat

    of_model = ("window", "reply", "thinking", "first_token", "options")
    allowed = ("file", "threads", "layers", "format", *of_model)
    return LocalChat(**_known(setup.settings, "llm local", *allowed))


@sends("memories")
def embeddings(setup: EngineSetup) -> Embedder:
    """Settings: the section `embed_openai`."""
    from lorgnette.engines.embed.endpoint import EmbeddingEndpoint

    allowed = ("url", "model", "key", "dimensions", "batch", "timeout")
    return EmbeddingEndpoint(**_known(setup.settings, "embed openai", *allowed))


@stays
@described(pretends=True)
def canned_embedder(setup: EngineSetup) -> Embedder:
    """Settings: `name`, `dimensions`, `delay` (s), `synonyms`."""
    from lorgnette.engines.embed.canned import CannedEmbedder

    return CannedEmbedder(**_known(setup.settings, "canned", "name", "dimensions", "delay", "synonyms"))


def _placed(settings: dict[str, Any]) -> dict[str, Any]:
    """With the address of DashScope's region, unless there is one."""
    region = settings.pop("region", "singapore")
    return {**settings, "url": settings.get("url") or URLS[region]}


def _known(settings: Mapping[str, Any], engine: str, *names: str) -> dict[str, Any]:
    """The settings, or ConfigError for one that the adapter doesn't have."""
    for name in settings:
        if name not in names:
            raise ConfigError(f"{engine} has no setting {name!r}; it has: {', '.join(names) or 'none'}")
    return dict(settings)
