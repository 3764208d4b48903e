"""A fourth language touches no code: a folder of data is understood, answered and spoken."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACK = Path(__file__).with_name("french")

TALK = """
import asyncio, json, sys
sys.path.insert(0, {root!r})
from tests.hubs import running
from lorgnette.app import HubSettings
from lorgnette.engines.registry import EngineChoice
from lorgnette.sdk.language import languages

SAID = [
    "mets un minuteur de cinq minutes",
    "s'il te plaît mets un minuteur de vingt-deux minutes et trente secondes",
    "minuteur de deux heures et demie",
    "quelle heure est il",
    "ne me dérange pas de 22 heures à 7 heures et demie",
    "xyzzy",
]

async def main():
    from lorgnette.session.local import LocalDevice
    engines = EngineChoice(vad=("energy",), asr=("canned",), tts=("espeak",))
    async with running(HubSettings(engines=engines, language="fr-CA", realtime=False)) as hub:
        owner = await hub.hub.people.owner()
        device = LocalDevice(hub.hub.sessions, owner.id)
        device.keep_speech = True
        async with device:
            answers = [(await device.typed(text))["reply"] for text in SAID]
        items = await hub.hub.schedule.for_wearer(owner.id).items("timer")
        person = await hub.hub.people.wearer(owner.id)
        found = {{
            "languages": sorted(languages()),
            "answers": answers,
            "seconds": sorted(one.total for one in items),
            "sound": len(device.speech),
            "quiet": [person.quiet.begin, person.quiet.end],
            "rings": hub.hub.words.say("timer-rings", "fr", label="", time=""),
            "elsewhere": hub.hub.words.say("all-right", "fr"),
        }}
    print(json.dumps(found))

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What a hub says in French after the pack was installed as anybody's would be."""
    pytest.importorskip("espeakng_loader")
    site = tmp_path_factory.mktemp("site")
    package = site / "lorgnette_french"
    shutil.copytree(PACK, package)
    (package / "__init__.py").write_text("from pathlib import Path\nPACK = Path(__file__).parent\n")
    info = site / "lorgnette_french-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lorgnette-french\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[lorgnette.languages]\nfr = lorgnette_french:PACK\n")
    ended = subprocess.run(
        [sys.executable, "-c", TALK.format(root=str(ROOT))],
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def test_it_is_understood_with_its_numbers_and_times(found) -> None:
    assert found["languages"] == ["de", "en", "fr", "zh"]
    assert found["seconds"] == [300.0, 1350.0, 9000.0]
    assert found["quiet"] == ["22:00", "07:30"]


def test_it_is_answered_in_its_words(found) -> None:
    answers = [answer.replace("\N{NO-BREAK SPACE}", " ") for answer in found["answers"]]
    set_timer, longer, longest, clock, _, unknown = answers
    assert set_timer == "Minuteur, 5 minutes."
    assert longer == "Minuteur, 22 minutes et 30 secondes."
    assert longest.startswith("Minuteur, 2 heures et 30 minutes")
    assert clock
    assert unknown
    assert found["rings"] == "Votre minuteur est terminé."


def test_what_it_does_not_say_is_said_in_english(found) -> None:
    assert found["elsewhere"] == "All right."


def test_it_is_spoken(found) -> None:
    assert found["sound"] > 5 * 32_000, "at least five seconds"
