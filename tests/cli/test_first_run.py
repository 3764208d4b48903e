"""The first `lorgnette up`, at a real terminal and without one."""

import asyncio
import hashlib
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from tests.cli.terminals import Terminal, terminal
from tests.engines.server import Scripted, serving

from lorgnette.cli.first_run import introduce, read_languages
from lorgnette.cli.settings import load
from lorgnette.engines.llm.hosts import ModelHost

QUICK = ("up", "--port", "0", "-s", "speech.tts=canned", "-s", "model.offer=false")
GERMAN = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "de_AT.UTF-8"}
READY = "Stop: Ctrl-C"
WEIGHTS = b"not really weights " * 2000
HASH = hashlib.sha256(WEIGHTS).hexdigest()


class Shop(Scripted):
    """Where a model's file is fetched."""

    def routes(self) -> list[BaseRoute]:
        return [Route("/v1/weights.onnx", self.get)]

    async def get(self, request: Request) -> Response:
        if not self.scripts:
            return Response(WEIGHTS)
        return await self.answer(request, {})

    def endless(self) -> None:
        async def body():
            yield WEIGHTS[:1000]
            await asyncio.sleep(60)

        async def script() -> Response:
            return StreamingResponse(body(), headers={"content-length": str(len(WEIGHTS))})

        self.scripts.append(script)


def written(home: Path) -> dict[str, Any]:
    return tomllib.loads((home / "config/lorgnette/lorgnette.toml").read_text())


def stocked(home: Path, url: str) -> None:
    """A catalogue of one's own with ears for Chinese."""
    folder = home / "config/lorgnette/models.d"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(f"""
[[model]]
id = "ears"
kind = "asr"
engine = "canned"
languages = ["zh"]
licence = "Apache-2.0"
source = "https://example.org/ears"
use = {{ "models.folder" = "{{folder}}/.." }}
files = [
    {{ path = "weights.onnx", bytes = {len(WEIGHTS)}, url = "{url}/weights.onnx", sha256 = "{HASH}" }},
]
""")


def ready(shown: Terminal) -> str:
    """What it says until it is ready; models of the real catalogue may be offered and are declined."""
    said = ""
    while True:
        said += shown.until(": ")
        if said.endswith("[Y/n]: "):
            shown.type("n")
        elif said.endswith("Stop: "):
            return said


def with_shop(loop_run: Callable, work: Callable[[Shop], None]) -> None:
    async def run() -> None:
        async with serving(Shop()) as shop:
            await asyncio.to_thread(work, shop)

    loop_run(run())


def test_it_asks_once_for_languages_with_the_systems_as_the_default(home) -> None:
    with terminal(*QUICK, environ=GERMAN) as first:
        assert "Welcome" in first.until("Which are spoken here, yours first [de]: ")
        first.type("")
        said = ready(first)
        assert "Deutsch: you type commands until a recogniser for it is here." in said
        assert "lorgnette models" in said
        assert first.stop() == 0
    assert written(home) == {"wearer": {"language": "de-AT"}, "speech": {"languages": ["de"]}}
    with terminal(*QUICK, environ=GERMAN) as second:
        assert "?" not in second.until(READY).partition("ready")[0]
        assert "Welcome" not in second.seen


def test_a_language_that_there_isnt_is_asked_for_again(home) -> None:
    with terminal(*QUICK, environ=GERMAN) as shown:
        shown.until("yours first [de]: ")
        shown.type("klingon, en")
        assert "There is no klingon" in shown.until("yours first [de]: ")
        shown.type("English Deutsch")
        ready(shown)
    assert written(home) == {"wearer": {"language": "en"}, "speech": {"languages": ["en", "de"]}}


def test_ctrl_c_at_a_question_ends_it_and_writes_nothing(home) -> None:
    with terminal(*QUICK) as shown:
        shown.until("yours first")
        assert shown.stop() != 0
    assert "Traceback" not in shown.seen
    assert not (home / "config/lorgnette/lorgnette.toml").exists()


def test_a_model_that_fits_is_fetched_and_used_after_one_yes(home, loop_run) -> None:
    def work(shop: Shop) -> None:
        stocked(home, shop.url)
        with terminal(*QUICK) as shown:
            shown.until("yours first")
            shown.type("zh")
            offered = shown.until("and use it? [Y/n]: ")
            assert "ears" in offered
            assert "hears zh" in offered
            assert "Apache-2.0" in offered
            assert "of memory" in offered
            shown.type("y")
            said = shown.until(READY)
            assert "✓ ears" in said
            assert "you type commands" not in said

    with_shop(loop_run, work)
    assert written(home)["speech"] == {"languages": ["zh"], "asr": ["canned", "pocketsphinx"]}
    assert (home / "data/lorgnette/models/ears/weights.onnx").read_bytes() == WEIGHTS


def test_after_a_no_it_says_how_and_starts(home, loop_run) -> None:
    def work(shop: Shop) -> None:
        stocked(home, shop.url)
        with terminal(*QUICK) as shown:
            shown.until("yours first")
            shown.type("zh")
            shown.until("[Y/n]: ")
            shown.type("n")
            said = " ".join(shown.until(READY).split())
            assert "中文: you type commands" in said
            assert "lorgnette models pull ears && lorgnette models use ears" in said

    with_shop(loop_run, work)
    assert not (home / "data/lorgnette/models/ears").exists()
    assert "asr" not in written(home)["speech"]


def test_a_download_is_skipped_by_ctrl_c_and_the_hub_starts(home, loop_run) -> None:
    def work(shop: Shop) -> None:
        stocked(home, shop.url)
        shop.endless()
        with terminal(*QUICK) as shown:
            shown.until("yours first")
            shown.type("zh")
            shown.until("[Y/n]: ")
            shown.type("")
            shown.until("models ")
            shown.interrupt()
            said = " ".join(shown.until(READY).split())
            assert "Skipped" in said
            assert "lorgnette models pull ears" in said
            assert shown.stop() == 0

    with_shop(loop_run, work)


def test_yes_takes_what_there_is_without_a_terminal(home, loop_run) -> None:
    def work(shop: Shop) -> None:
        stocked(home, shop.url)
        process = subprocess.Popen(
            [sys.executable, "-m", "lorgnette", *QUICK, "--yes", "-s", "wearer.language=zh"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if READY in line:
                    break
        finally:
            process.kill()
            process.communicate(timeout=20)

    with_shop(loop_run, work)
    assert written(home)["speech"]["asr"] == ["canned", "pocketsphinx"]


@pytest.mark.parametrize("words", [["--no-questions"], ["--json"]])
def test_no_question_where_none_is_wanted(home, words) -> None:
    with terminal(*QUICK, *words) as shown:
        shown.until("#first=")
        assert "Which" not in shown.seen
        assert "[Y/n]" not in shown.seen
    assert not (home / "config/lorgnette/lorgnette.toml").exists()


class Answers:
    """An `Asker` that says the same to each question."""

    def __init__(self, yes: bool) -> None:
        self._yes = yes
        self.asked: list[str] = []

    def yes(self, question: str) -> bool:
        self.asked.append(question)
        return self._yes

    def line(self, question: str, default: str) -> str:
        self.asked.append(question)
        return default


def started_before(home: Path) -> None:
    """So that only the model of this machine is asked about."""
    file = home / "config/lorgnette/lorgnette.toml"
    file.parent.mkdir()
    file.touch()


async def machine() -> list[ModelHost]:
    return [ModelHost("Ollama", "http://127.0.0.1:11434/v1", ("bge-m3", "llama3", "qwen3:8b"))]


@pytest.mark.parametrize(
    ("yes", "kept"), [(True, {"preset": "ollama", "name": "qwen3:8b"}), (False, {"offer": False})]
)
def test_a_model_of_this_machine_is_offered_once(home, yes, kept) -> None:
    started_before(home)
    asker = Answers(yes)
    assert introduce(load(None, ()), asker, None, (), machine)
    assert written(home) == {"model": kept}
    assert not introduce(load(None, ()), asker, None, (), machine)
    assert asker.asked == ["Use it?"]


def test_a_model_that_is_configured_leaves_nothing_to_offer(home) -> None:
    started_before(home)
    asker = Answers(yes=True)
    assert not introduce(load(None, ()), asker, None, ("model.url=http://127.0.0.1:9/v1",), machine)
    assert not asker.asked


@pytest.mark.parametrize(
    ("said", "chosen", "unknown"),
    [
        ("de, en", ["de", "en"], []),
        ("Deutsch und English", ["de", "en"], ["und"]),
        ("中文、en", ["zh", "en"], []),
        ("zh-Hans-CN de_AT de", ["zh", "de"], []),
        ("  ", [], []),
        ("xx", [], ["xx"]),
    ],
)
def test_languages_are_read_by_code_or_by_their_own_names(said, chosen, unknown) -> None:
    assert read_languages(said) == (chosen, unknown)
