"""A whole hub whose recogniser streams: words reach a device's screen while somebody speaks into another."""

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.engines.asr import tinymodels
from tests.engines.asr.tinykaldi import kaldi
from tests.hubs import running

from lorgnette.app import HubSettings
from lorgnette.core import events
from lorgnette.core.forms import Capabilities, Display, Microphone
from lorgnette.engines.registry import EngineChoice

FRAME = 640
HUD = Capabilities(form="text-hud", display=Display(kind="text", lines=3, columns=24))
TALKER = Capabilities(form="audio", microphone=Microphone(listen="push"))


def voice(seconds: float, seed: int = 3) -> bytes:
    """Syllables of noise over a hum: the detector takes it for speech, a tiny model for words."""
    random = np.random.default_rng(seed)
    count = int(seconds * 16_000)
    sound = random.normal(0, 2500, count) + 2500 * np.sin(np.arange(count) * 0.08)
    beats = np.repeat(0.3 + random.random(int(seconds * 10) + 1), 1600)[:count]
    return (sound * beats).astype("<i2").tobytes()


def choice(name: str, folder: Path) -> EngineChoice:
    settings = {"folder": str(folder), "languages": ("en", "de", "zh")}
    return EngineChoice(
        vad=("energy",), asr=(name, "canned"), tts=("canned",), settings={f"asr.{name}": settings}
    )


class Watched:
    """What a device gets, and when."""

    def __init__(self) -> None:
        self.got: list[tuple[float, object]] = []

    def __call__(self, event: object) -> None:
        self.got.append((asyncio.get_running_loop().time(), event))

    def of(self, kind: type) -> list[tuple[float, object]]:
        return [(at, event) for at, event in self.got if isinstance(event, kind)]


@pytest.mark.parametrize(("name", "library"), [("sherpa", "sherpa_onnx"), ("vosk", "vosk")])
def test_words_of_a_real_streaming_engine_reach_the_screen_while_one_speaks(
    name, library, tmp_path, home, loop_run
) -> None:
    pytest.importorskip(library, reason=f"the extra {name} is not installed")
    make = {"sherpa": tinymodels.streaming_zipformer, "vosk": kaldi}[name]
    engines = choice(name, make(tmp_path / "model"))

    async def work() -> None:
        async with running(replace(HubSettings(), engines=engines)) as hub:
            heard, seen = Watched(), Watched()
            talker = await hub.device(capabilities=TALKER, on_event=heard)
            screen = await hub.device(capabilities=HUD, on_event=seen)
            await talker.connect(hub.url)
            await screen.connect(hub.url)
            async with asyncio.timeout(20):  # the first one loads the model
                while hub.hub.engines.recognizer.engines[0].health().state != "ready":
                    await asyncio.sleep(0.02)
            talker.event(events.ListenStart("push"))
            sound = voice(2.5)
            for begin in range(0, len(sound), FRAME):
                talker.microphone(sound[begin : begin + FRAME])
                await asyncio.sleep(0.02)
            ended = asyncio.get_running_loop().time()
            talker.event(events.ListenStop())
            async with asyncio.timeout(10):
                while not heard.of(events.TurnDone):
                    await asyncio.sleep(0.02)
            partials = [(at, event.text) for at, event in heard.of(events.Partial)]
            before = [(at, text) for at, text in partials if at < ended]
            assert len(before) >= 2, "words came while it was spoken"
            shown = [(at, event) for at, event in seen.of(events.Show) if event.id == "caption"]
            live = [(at, event) for at, event in shown if not event.scene.final and at < ended]
            assert [event.scene.text for _, event in live][: len(before)] == [text for _, text in before]
            assert all(event.pages for _, event in live)
            (_, transcript) = heard.of(events.Transcript)[0]
            assert shown[len(live) :][-1][1].scene.final
            assert any(event.scene.text == transcript.text for _, event in shown if event.scene.final)
            assert not any(event.text == "" for _, event in heard.of(events.Partial))
            await talker.close()
            await screen.close()

    loop_run(work())
