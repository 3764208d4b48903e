from importlib.metadata import EntryPoint

import pytest

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines import registry
from lorgnette.engines.canned import CannedRecognizer, CannedSynthesizer
from lorgnette.engines.chain import FallbackRecognizer
from lorgnette.engines.protocols import ChatModel, Recognizer, Supervised, Synthesizer, VoiceDetector
from lorgnette.engines.registry import KINDS, EngineChoice, Engines, Kind, available, build_engines
from lorgnette.engines.vad.energy import EnergyDetector
from lorgnette.engines.vad.silero import SileroDetector

CANNED = EngineChoice(asr=("canned",), tts=("canned",))


def exploding(setup):
    raise RuntimeError("its library is for another processor")


def test_built_in_engines_come_through_the_same_door_as_any():
    built_in: dict[Kind, set[str]] = {
        "vad": {"energy", "silero"},
        "wake": {"openwakeword", "sherpa"},
        "asr": {"canned", "dashscope", "openai", "pocketsphinx", "sherpa", "vosk", "wyoming"},
        "turn": {"smart"},
        "tts": {"canned", "dashscope", "espeak", "openai", "piper", "sherpa", "wyoming"},
        "llm": {"openai"},
        "embed": {"canned", "openai"},
    }
    for kind in KINDS:
        assert built_in[kind] <= set(available(kind))


def test_engines_are_made_by_name_with_their_settings(loop_run):
    async def run():
        settings = {
            "asr.canned": {"text": "stop", "delay": 0.0},
            "llm.openai": {"url": "http://127.0.0.1:9/v1"},
        }
        engines = build_engines(
            EngineChoice(asr=("canned",), tts=("canned",), llm=("openai",), settings=settings)
        )
        assert isinstance(engines, Engines)
        assert isinstance(engines.vad, SileroDetector)
        stream = engines.recognizer.open("de")
        stream.feed(bytes(640))
        assert (await stream.finish()).text == "stop"
        assert b"".join([chunk async for chunk in engines.synthesizer.speak("x", "de")])
        assert engines.chat is not None
        engines.start()
        names = [health.engine for health in engines.health()]
        await engines.aclose()
        return names

    assert loop_run(run()) == ["silero", "canned", "canned", "openai"]


def test_a_name_that_nobody_brings_is_an_error_with_the_known_ones():
    with pytest.raises(ConfigError, match=r"installed: canned, .*espeak"):
        build_engines(EngineChoice(tts=("festival",)))


def test_a_setting_that_an_engine_does_not_have_is_an_error():
    with pytest.raises(ConfigError, match="no setting 'voice'"):
        build_engines(EngineChoice(tts=("espeak",), settings={"tts.espeak": {"voice": "x"}}))


def test_a_broken_adapter_is_switched_off_and_the_next_takes_its_place(loop_run):
    broken = EntryPoint("broken", "engines.test_registry:exploding", "lorgnette.engines.tts")
    missing = EntryPoint("missing", "a_package_that_is_not_there:make", "lorgnette.engines.tts")

    def adapters(kind):
        found = registry.installed(kind)
        return {**found, "broken": broken, "missing": missing} if kind == "tts" else found

    async def run():
        choice = EngineChoice(asr=("canned",), tts=("broken", "missing", "canned"))
        engines = build_engines(choice, adapters=adapters)
        assert await anext(engines.synthesizer.speak("x", "en"))
        off = {health.engine: health.last_error for health in engines.health() if health.state == "off"}
        await engines.aclose()
        return off

    off = loop_run(run())
    assert off["broken"] == "RuntimeError: its library is for another processor"
    assert "a_package_that_is_not_there" in off["missing"]


def test_a_hub_without_any_engine_still_answers_typed_words(loop_run):
    async def run():
        engines = build_engines(EngineChoice(vad=(), asr=(), tts=()))
        assert isinstance(engines.vad, EnergyDetector)
        stream = engines.recognizer.open("en")
        assert (await stream.finish()).engine == "none"
        with pytest.raises(EngineError):
            await anext(engines.synthesizer.speak("x", "en"))
        assert engines.chat is None
        await engines.aclose()

    loop_run(run())


def test_the_built_in_engines_fit_their_protocols():
    recognizer: Recognizer = CannedRecognizer()
    synthesizer: Synthesizer = CannedSynthesizer()
    detector: VoiceDetector = EnergyDetector()
    chat: ChatModel | None = build_engines(CANNED).chat
    assert all(isinstance(engine, Supervised) for engine in (recognizer, synthesizer, detector))
    assert chat is None
    assert FallbackRecognizer([recognizer]).languages == {"en", "de", "zh"}
