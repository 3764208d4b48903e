import asyncio
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from tests.hubs import running

from lorgnette.cli.skill_trial import try_skill
from lorgnette.engines.protocols import Synthesizer
from lorgnette.engines.registry import EngineSetup
from lorgnette.sdk.folder import Place

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "skills.md")
FILE = re.compile(r"^( *)<!-- file: (\S+) -->\n *```\w+\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def examples(tmp_path: Path) -> Iterator[Path]:
    for indent, name, text in FILE.findall("\n".join(page.read_text(encoding="utf-8") for page in PAGES)):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            "\n".join(line.removeprefix(indent) for line in text.splitlines()) + "\n", encoding="utf-8"
        )
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]


def load(folder: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec
    assert spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_skill_of_the_page_does_what_its_dialogue_says_in_three_languages(examples):
    trial = try_skill(Place("dice", examples / "dice" / "dice.py", examples / "dice"), examples / "none")
    assert trial.well, str(trial)
    assert len(trial.played) == 9
    assert trial.hints == []
    assert "you  roll two dice" in str(trial.played[0])


def test_the_skill_is_tried_in_pytest_as_its_page_says(examples, monkeypatch):
    monkeypatch.syspath_prepend(examples / "dice")
    tests = load(examples / "dice", "test_dice")
    tests.test_the_dialogues()
    tests.test_by_hand()


def test_the_engine_speaks(examples):
    voice: Synthesizer = load(examples, "hum").hum(EngineSetup({"loudness": 900}))

    async def spoken() -> bytes:
        return b"".join([chunk async for chunk in voice.speak("two", "en")])

    sound = asyncio.run(spoken())
    assert len(sound) == 3 * 60 * 32
    assert max(memoryview(sound).cast("h")) == 900


def test_the_gateway_answers_a_typed_line(examples, loop_run):
    lines = load(examples, "lines")

    async def conversation() -> bytes:
        async with running() as hub:
            owner = await hub.hub.people.owner()
            device, _ = await hub.hub.devices.pair(owner.id, "a terminal")

            async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                await lines.converse(hub.hub.sessions, device, reader, writer)

            async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                writer.write(b"what time is it\n")
                answer = await reader.readline()
                writer.close()
                await writer.wait_closed()
                return answer

    assert re.search(rb"\d+:\d\d", loop_run(conversation()))
