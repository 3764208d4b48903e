"""A whole turn whose ears and voice are Qwen's, and fail there."""

import pytest
from tests.engines.remote.dashscope import DashScopeDouble
from tests.engines.remote.double import tone
from tests.engines.remote.test_turns import Witness, question
from tests.engines.server import serving

from lorgnette.app import Hub, HubSettings
from lorgnette.engines.registry import EngineChoice


def engines(ears: DashScopeDouble, voice: DashScopeDouble) -> EngineChoice:
    return EngineChoice(
        vad=("energy",),
        asr=("dashscope", "canned"),
        tts=("dashscope", "canned"),
        settings={
            "asr.dashscope": {"url": ears.url, "timeout": 20.0},
            "tts.dashscope": {"url": voice.url, "timeout": 20.0},
            "asr.canned": {"text": "现在几点"},
        },
    )


FAULTS = {
    "ears refused": lambda ears, _: ears.then_status(403, "Access denied."),
    "voice cut": lambda _, voice: voice.then_sound(tone(0.3, 24_000), cut=True),
}


@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_a_hub_hears_and_speaks_chinese_by_dashscope_and_goes_on_without_it(loop_run, fault):
    async def run():
        async with serving(DashScopeDouble()) as ears, serving(DashScopeDouble()) as voice:
            ears.then_words("现在几点？")
            voice.then_sound(tone(0.5, 24_000), tone(0.5, 24_000))
            if fault:
                ears.scripts.clear() if "ears" in fault else voice.scripts.clear()
                FAULTS[fault](ears, voice)
            settings = HubSettings(language="zh", engines=engines(ears, voice), realtime=False)
            async with Hub.open(settings) as hub:
                owner = await hub.people.owner()
                async with Witness(hub.sessions, owner.id) as device:
                    device.keep_speech = True
                    (turn,) = await device.recorded(question())
                    return turn, device.notices, len(device.speech) / 32_000, voice.requests

    turn, notices, sound, asked = loop_run(run())
    assert turn["outcome"] == "done"
    assert turn["transcript"].startswith("现在几点")
    assert sound > 0.1
    assert asked[0]["input"]["language_type"] == "Chinese"
    assert len(notices) == (1 if fault else 0)
