from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lorgnette.config import Config, ModelSection, preset, preset_of, presets
from lorgnette.core.errors import ConfigError


def section(tmp_path: Path, text: str, **environ: str) -> ModelSection:
    file = tmp_path / "lorgnette.toml"
    file.write_text(f"[model]\n{text}\n")
    return Config.load([file], environ=environ).section(ModelSection)


def test_a_preset_and_nothing_else_is_enough(tmp_path: Path) -> None:
    model = section(tmp_path, 'preset = "dashscope"', DASHSCOPE_API_KEY="sk-1")
    assert model.url == "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"
    assert model.name == "qwen-plus"
    assert model.key.reveal({"DASHSCOPE_API_KEY": "sk-1"}) == "sk-1"
    assert model.wishes["enable_thinking"] is False


def test_what_is_set_beside_a_preset_wins(tmp_path: Path) -> None:
    text = 'preset = "dashscope"\nurl = "https://mine.example/v1"\nname = "qwen3-max"\nkey = "env:MINE"'
    model = section(tmp_path, text, MINE="x")
    assert (model.url, model.name, model.key.said) == ("https://mine.example/v1", "qwen3-max", "env:MINE")


def test_a_model_may_think_where_one_wants_it(tmp_path: Path) -> None:
    assert "reasoning_effort" not in section(tmp_path, 'preset = "ollama"\nthinking = true').wishes
    assert section(tmp_path, 'preset = "ollama"').wishes["reasoning_effort"] == "none"


def test_thoughts_get_room_in_an_answer(tmp_path: Path) -> None:
    assert section(tmp_path, 'preset = "ollama"').wishes["max_tokens"] == 2048
    assert section(tmp_path, 'preset = "ollama"\nthinking = true').wishes["max_tokens"] == 8192


def test_without_a_preset_nothing_is_asked_but_what_openai_itself_knows(tmp_path: Path) -> None:
    wishes = section(tmp_path, 'url = "http://127.0.0.1:9/v1"').wishes
    assert wishes == {"stream_options": {"include_usage": True}, "max_tokens": 2048}


def test_a_server_is_asked_as_it_differs_from_openais_own(tmp_path: Path) -> None:
    assert "stream_options" not in section(tmp_path, 'preset = "openrouter"', OPENROUTER_API_KEY="x").wishes
    assert section(tmp_path, 'preset = "openai"', OPENAI_API_KEY="x").wishes["max_completion_tokens"] == 2048
    assert section(tmp_path, 'preset = "llamacpp"').known.with_tools == {"parallel_tool_calls": True}


def test_the_window_is_what_was_set_or_what_the_server_does_by_itself(tmp_path: Path) -> None:
    assert section(tmp_path, 'preset = "ollama"').room == 4096
    assert section(tmp_path, 'preset = "ollama"\nwindow = 16384').room == 16384
    assert section(tmp_path, 'preset = "vllm"').room == 32768


def test_what_answers_where_a_model_fails_is_a_line_each(tmp_path: Path) -> None:
    text = 'preset = "dashscope"\nfallback = ["ollama qwen3:8b", "http://10.0.0.2:8000/v1 qwen3 env:MINE"]'
    first, second = section(tmp_path, text, DASHSCOPE_API_KEY="x").others
    assert (first.preset, first.name, first.room) == ("ollama", "qwen3:8b", 4096)
    assert (second.url, second.name, second.key.said) == ("http://10.0.0.2:8000/v1", "qwen3", "env:MINE")


@pytest.mark.parametrize(
    ("entry", "why"), [("olama", "did you mean"), ("ollama qwen3 sk-123", "env:NAME"), (" ", "empty")]
)
def test_a_wrong_line_among_them_is_told(tmp_path: Path, entry: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        section(tmp_path, f'fallback = ["{entry}"]')


def test_a_model_inside_the_hub_has_no_address(tmp_path: Path) -> None:
    model = section(tmp_path, 'preset = "local"')
    assert (model.there, model.inside, model.url, model.room) == (True, True, "", 8192)
    assert not section(tmp_path, "").there


def test_a_preset_of_this_machine_needs_no_key(tmp_path: Path) -> None:
    model = section(tmp_path, 'preset = "ollama"\nname = "qwen3:8b"')
    assert (model.url, bool(model.key)) == ("http://127.0.0.1:11434/v1", False)


def test_an_unknown_preset_is_an_error_with_the_nearest_name_and_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"lorgnette\.toml:2.*no 'dashscop'; did you mean dashscope"):
        section(tmp_path, 'preset = "dashscop"')
    with pytest.raises(ConfigError, match="there are: dashscope, "):
        section(tmp_path, 'preset = "xyz"')


def test_config_show_says_that_a_value_comes_from_the_preset(tmp_path: Path) -> None:
    file = tmp_path / "lorgnette.toml"
    file.write_text('[model]\npreset = "ollama"\n')
    shown = {one.key: one for one in Config.load([file], environ={}).show() if one.section == "model"}
    assert (shown["url"].value, shown["url"].origin) == ("http://127.0.0.1:11434/v1", "the preset")
    assert shown["name"].origin == "default"


@pytest.mark.parametrize("name", presets())
def test_every_preset_has_an_address_that_can_be_used_and_the_page_that_says_so(name: str) -> None:
    one = preset(name)
    assert all(page.startswith("https://") for page in (one.page, *one.quirk_pages))
    differs = one.with_tools or one.window or one.length != "max_tokens" or not (one.counts and one.forced)
    assert bool(one.quirk_pages) >= bool(differs and not one.inside)
    if one.inside:
        return
    parts = urlsplit(one.url)
    assert parts.scheme == ("http" if one.local else "https")
    assert bool(one.key) == (not one.local)
    assert one.page.startswith("https://")
    assert bool(one.quiet) == bool(one.quiet_page)
    assert preset_of(one.url + "/") == name


def test_an_address_is_known_by_either_name_of_this_machine() -> None:
    assert preset_of("http://localhost:11434/v1/") == "ollama"
    assert preset_of("http://127.0.0.1:9999/v1") == ""
