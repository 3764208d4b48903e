"""The two engines as they are chosen and configured."""

import pytest

from lorgnette.config import Config
from lorgnette.engines.registry import EngineChoice, build_engines, egress_of
from lorgnette.engines.remote.sections import DashScopeAsrSection, DashScopeTtsSection


@pytest.mark.parametrize(
    ("region", "url"),
    [
        ("singapore", "https://dashscope-intl.aliyuncs.com/api/v1"),
        ("beijing", "https://dashscope.aliyuncs.com/api/v1"),
    ],
)
def test_the_region_is_the_address(tmp_path, region, url):
    file = tmp_path / "lorgnette.toml"
    file.write_text(f'[asr_dashscope]\nregion = "{region}"\n[tts_dashscope]\nregion = "{region}"\n')
    config = Config.load([file], environ={})
    assert config.section(DashScopeAsrSection).url == url
    assert config.section(DashScopeTtsSection).url == url


def test_a_workspace_of_ones_own_has_its_own_address(tmp_path):
    file = tmp_path / "lorgnette.toml"
    file.write_text('[tts_dashscope]\nurl = "https://w1.ap-southeast-1.maas.aliyuncs.com/api/v1"\n')
    section = Config.load([file], environ={}).section(DashScopeTtsSection)
    assert section.url == "https://w1.ap-southeast-1.maas.aliyuncs.com/api/v1"


@pytest.mark.parametrize(("kind", "what"), [("asr", "speech"), ("tts", "sentences")])
def test_who_hears_what_is_said_without_making_it(kind, what):
    for settings in ({}, {"url": "https://dashscope-intl.aliyuncs.com/api/v1", "key": "x"}):
        told = egress_of(kind, "dashscope", settings)
        assert told is not None
        assert (told.host, told.sends, told.secret) == ("dashscope-intl.aliyuncs.com", (what,), True)


def test_both_are_made_by_their_names():
    settings = {"asr.dashscope": {"region": "beijing"}, "tts.dashscope": {"voice": "Ethan"}}
    engines = build_engines(EngineChoice(("energy",), ("dashscope",), ("dashscope",), settings=settings))
    assert (engines.recognizer.name, engines.synthesizer.name) == ("dashscope", "dashscope")
    assert engines.recognizer.languages == {"de", "en", "zh"}


def test_whoever_doesnt_use_it_is_not_told_of_a_key_that_isnt_set():
    assert not [problem for problem in Config.check([], environ={}) if "DASHSCOPE" in str(problem)]
