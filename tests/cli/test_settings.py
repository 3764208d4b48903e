from pathlib import Path

import pytest

from lorgnette.cli.settings import settings_of
from lorgnette.config import Config, Paths, Schema
from lorgnette.core.errors import ConfigError
from lorgnette.engines.registry import build_engines
from lorgnette.engines.remote.sections import (
    SpeechEndpointSection,
    TranscriptionsSection,
    WyomingAsrSection,
    WyomingTtsSection,
)

SECTIONS = {
    "asr_openai": TranscriptionsSection,
    "asr_wyoming": WyomingAsrSection,
    "tts_openai": SpeechEndpointSection,
    "tts_wyoming": WyomingTtsSection,
}
REMOTE = """
[speech]
asr = ["openai", "wyoming", "pocketsphinx"]
tts = ["wyoming", "openai", "espeak"]
[asr_openai]
url = "http://127.0.0.1:8000/v1"
key = "env:SPEECH_KEY"
[asr_wyoming]
url = "tcp://127.0.0.1:10300"
[tts_openai]
url = "https://example.org/v1"
voice = "nova"
[tts_wyoming]
url = "unix:///run/piper.sock"
"""


def engines_of(folder: Path, text: str):
    """What a configuration file chooses."""
    file = folder / "lorgnette.toml"
    file.write_text(text)
    schema = Schema.installed()
    for name, kind in SECTIONS.items():
        schema.register_section(name, kind)
    return settings_of(Config.load([file], environ={}, schema=schema), Paths.of()).engines


def test_each_chosen_engine_gets_its_section_with_secrets_resolved(home, monkeypatch):
    monkeypatch.setenv("SPEECH_KEY", "sk-1")
    choice = engines_of(home, REMOTE)
    assert choice.asr == ("openai", "wyoming", "pocketsphinx")
    assert choice.settings["asr.openai"]["key"] == "sk-1"
    assert choice.settings["tts.openai"]["voice"] == "nova"
    engines = build_engines(choice)
    assert engines.recognizer.name == "openai+wyoming+pocketsphinx"
    assert engines.synthesizer.name == "wyoming+openai+espeak"


def test_a_section_of_an_engine_that_is_not_chosen_is_not_looked_at(home):
    choice = engines_of(home, '[asr_openai]\nkey = "env:NOT_SET_ANYWHERE"\n')
    assert "asr.openai" not in choice.settings
    assert choice.asr == ("pocketsphinx",)


def test_a_key_that_is_not_there_is_told_with_its_section(home):
    with pytest.raises(ConfigError, match=r"\[asr_openai\] .*NOT_SET_ANYWHERE"):
        engines_of(home, '[speech]\nasr = ["openai"]\n[asr_openai]\nkey = "env:NOT_SET_ANYWHERE"\n')


def test_a_chosen_engine_without_an_address_says_which_section_needs_one(home):
    with pytest.raises(ConfigError, match=r"\[tts_openai\] needs a url"):
        build_engines(engines_of(home, '[speech]\ntts = ["openai"]\n'))


def test_a_model_without_its_key_is_left_out_and_the_hub_starts(home: Path) -> None:
    settings = settings_of(Config.load([], environ={}, overrides=["model.preset=dashscope"]), Paths.of())
    assert settings.engines.llm == ()
