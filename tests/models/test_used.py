"""A model of the catalogue is used: what `models use` writes starts a hub that really loads it."""

import asyncio
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engines.asr import tinymodels
from tests.engines.asr.test_sherpa import voice
from typer.testing import CliRunner

from lorgnette.app import Hub
from lorgnette.cli.models import app
from lorgnette.cli.settings import load
from lorgnette.models import Catalogue

STAND_IN = """
[[model]]
id = "{id}"
kind = "asr"
engine = "sherpa"
languages = ["zh", "en"]
licence = "CC0-1.0"
source = "https://example.org/sums"
files = [
{files}
]
use = {use}
"""


def test_sense_voice_of_the_catalogue_is_loaded_by_a_hub_that_uses_it(home: Path, loop_run) -> None:
    """The real entry's settings, and its file names; the weights are random ones."""
    pytest.importorskip("sherpa_onnx", reason="the extra sherpa is not installed")
    real = Catalogue.load().find("sense-voice-small-int8")
    place = tinymodels.sense_voice(home / "data" / "lorgnette" / "models" / "stand-in")
    assert {file.path for file in real.files} == {path.name for path in place.iterdir()}
    listed = "\n".join(
        f'{{ path = "{path.name}", url = "https://example.org/x", bytes = {path.stat().st_size}, '
        f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}" }},'
        for path in place.iterdir()
    )
    use = "{ " + ", ".join(f'"{key}" = "{value}"' for key, value in real.use.items()) + " }"
    own = home / "config" / "lorgnette" / "models.d"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(STAND_IN.format(id="stand-in", files=listed, use=use))
    done = CliRunner().invoke(app, ["use", "stand-in"])
    assert done.exit_code == 0, done.output + repr(done.exception)
    loaded = load(None, [], quiet=True)
    assert loaded.settings.engines.asr[0] == "sherpa"

    async def work() -> None:
        async with Hub.open(replace(loaded.offline, store="sqlite://")) as hub:
            engine = hub.engines.recognizer.engines[0]
            assert engine.languages == {"zh", "en", "ja", "ko", "yue"}
            utterance = engine.open("zh")
            utterance.feed(voice(1.5))
            async with asyncio.timeout(20):
                assert (await utterance.finish()).engine == "sherpa"
            assert engine.health().state == "ready"

    loop_run(work())
