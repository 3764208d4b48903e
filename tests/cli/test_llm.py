"""`lorgnette llm` as a process: what it prints, what it writes, its exit codes."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.engines.llm.double import ChatDouble, chunk, fragment
from tests.engines.server import nobody, serving

from lorgnette.config import Config, ModelSection


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lorgnette.cli", "llm", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def model(home: Path) -> ModelSection:
    return Config.load(environ={"XDG_CONFIG_HOME": str(home / "config")}).section(ModelSection)


def against(
    loop_run: Callable, prepare: Callable[[ChatDouble], None], *words: str, models=("qwen3:8b",)
) -> Any:
    """The command's end; URL in `words` stands for the double's address."""

    async def work() -> Any:
        async with serving(ChatDouble(*models)) as double:
            prepare(double)
            said = [word.replace("URL", double.url) for word in words]
            return await asyncio.to_thread(command, *said), double

    return loop_run(work())


def test_a_preset_is_written_with_its_model_and_nothing_else(home) -> None:
    ended = command("use", "dashscope", "qwen3-max")
    assert ended.returncode == 0, ended.stderr
    assert (home / "config/lorgnette/lorgnette.toml").read_text() == (
        '[model]\npreset = "dashscope"\nname = "qwen3-max"\n'
    )
    assert "DASHSCOPE_API_KEY is not set" in ended.stdout
    assert model(home).url == "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"


def test_a_preset_that_names_a_model_needs_none(home) -> None:
    assert command("use", "dashscope").returncode == 0
    assert model(home).name == "qwen-plus"


def test_an_address_replaces_a_preset(home, loop_run) -> None:
    command("use", "dashscope")
    ended, double = against(loop_run, lambda _: None, "use", "URL", models=("bge-m3", "llama3", "qwen3:8b"))
    assert ended.returncode == 0, ended.stderr
    section = model(home)
    assert (section.preset, section.url, section.name) == ("", double.url, "qwen3:8b")
    assert not double.requests, "its models were listed, nothing was said"


def test_off_forgets_it(home) -> None:
    command("use", "dashscope")
    assert command("off").returncode == 0
    assert model(home).url == ""
    assert "no model to switch off" in command("off").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("use", "dashscop"), "did you mean dashscope"),
        (("use", "openrouter"), "which of its models"),
        (("use", "dashscope", "--key", "sk-123456"), "doesn't belong on the command line"),
        (("use", f"http://127.0.0.1:{nobody()}/v1"), "doesn't say its models"),
        (("use", "ftp://x"), "http"),
        (("test",), "no model to try"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_written(home, words, said) -> None:
    ended = command(*words)
    assert ended.returncode == 1
    assert said in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr
    assert "sk-123456" not in ended.stderr
    assert not (home / "config/lorgnette/lorgnette.toml").exists()


def test_what_the_environment_sets_is_not_written_in_vain(home, monkeypatch) -> None:
    monkeypatch.setenv("LORGNETTE_MODEL__NAME", "other")
    ended = command("use", "dashscope", "qwen-plus")
    assert ended.returncode == 1
    assert "LORGNETTE_MODEL__NAME" in " ".join(ended.stderr.split())


def test_the_list_says_what_is_known_and_what_is_in_use_for_programs(home) -> None:
    command("use", "dashscope")
    ended = command("list", "--json")
    rows = {row["name"]: row for row in map(json.loads, ended.stdout.splitlines())}
    assert rows["dashscope"]["used"]
    assert not rows["openrouter"]["used"]
    assert rows["deepseek"]["key"] == "DEEPSEEK_API_KEY"
    assert {"ollama", "llamacpp", "vllm", "lmstudio"} <= set(rows)


def test_a_model_is_tried_with_a_question_and_a_tool(home, loop_run) -> None:
    def prepare(double: ChatDouble) -> None:
        double.then(*[chunk({"content": word}) for word in ("one ", "two ", "three")], chunk({}, "stop"))
        double.then(fragment(0, '{"minutes": 5}', "1", "set_timer"), chunk({}, "tool_calls"))

    ended, double = against(loop_run, prepare, "test", "URL", "--json")
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert (found["streams"], found["calling"], found["answer"]) == (True, "works", "one two three")
    assert found["first_token"] <= found["whole"]
    assert [bool(request.get("tools")) for request in double.requests] == [False, True]


def test_a_model_that_calls_no_tool_is_told_by_the_exit_code(home, loop_run) -> None:
    def prepare(double: ChatDouble) -> None:
        double.then(chunk({"content": "one"}), chunk({}, "stop"))
        double.then(chunk({"content": "I can't."}), chunk({}, "stop"))

    ended, _ = against(loop_run, prepare, "test", "URL")
    assert ended.returncode == 1
    assert "not called" in ended.stdout
    assert "the whole answer comes at once" in ended.stdout


def test_a_model_that_is_not_there_is_one_sentence(home, loop_run) -> None:
    def prepare(double: ChatDouble) -> None:
        double.then_status(401, "Incorrect API key provided")

    ended, _ = against(loop_run, prepare, "test", "URL", "qwen3")
    assert ended.returncode == 1
    assert "Incorrect API key provided" in " ".join(ended.stderr.split())


def test_names_are_completed(home, monkeypatch) -> None:
    monkeypatch.setenv("_LORGNETTE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "lorgnette llm use dash")
    monkeypatch.setenv("COMP_CWORD", "3")
    program = "import sys; sys.argv = ['lorgnette']; from lorgnette.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.stdout.split() == ["dashscope", "dashscope-cn", "dashscope-us"]


def test_several_models_are_asked_in_their_order_and_one_without_its_key_is_left_out(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lorgnette.cli.settings import chat_engines
    from lorgnette.config import Config

    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
    file = home / "lorgnette.toml"
    file.write_text(
        '[model]\npreset = "ollama"\nname = "qwen3"\n'
        'fallback = ["deepseek", "http://10.0.0.2:8000/v1 big", "local"]\n'
        '[llm_local]\nfile = "/models/q.gguf"\n'
    )
    found = chat_engines(Config.load([file], environ={}))
    assert list(found) == ["openai", "openai:2", "local"]
    assert found["openai"]["window"] == 4096
    assert (found["openai:2"]["url"], found["openai:2"]["window"]) == ("http://10.0.0.2:8000/v1", 32_768)
    assert (found["local"]["file"], found["local"]["window"]) == ("/models/q.gguf", 8192)


def test_without_a_first_model_there_is_none_whatever_else_is_named(home: Path) -> None:
    from lorgnette.cli.settings import chat_engines
    from lorgnette.config import Config

    file = home / "lorgnette.toml"
    file.write_text('[model]\nfallback = ["ollama qwen3"]\n')
    assert chat_engines(Config.load([file], environ={})) == {}


def test_what_was_used_is_shown_from_the_store(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from lorgnette.cli.used import show_usage, usage_of

    found = asyncio.run(usage_of(None, "", 0.0))
    show_usage(found, json_=False)
    assert "No language model was used" in capsys.readouterr().out
    tokens = {"requests": 2, "input": 4000, "output": 30, "cached": 3000, "cost": 0.5}
    day = {"day": "2026-11-24", "model": "qwen-plus", **tokens}
    show_usage({**found, "month": 0.5, "limit": 2.0, "days": [day]}, json_=False)
    shown = capsys.readouterr().out
    assert "4,000" in shown
    assert "0.5000 of 2 USD" in shown
