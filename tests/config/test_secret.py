"""Secrets: by reference, and never to be seen."""

import copy
import json
import pickle
from pathlib import Path

import pytest

from lorgnette.config import Config, ModelSection, Schema, Secret, Section
from lorgnette.core.errors import ConfigError

PLAIN = {"LANG": "C", "TZ": "UTC", "MY_KEY": "sk-visible-nowhere"}


def load(path: Path, environ: dict[str, str] = PLAIN, overrides: tuple[str, ...] = ()) -> Config:
    return Config.load([path], environ=environ, overrides=overrides, schema=Schema())


def written(tmp_path: Path, key: str) -> Path:
    path = tmp_path / "lorgnette.toml"
    path.write_text(f"[model]\nkey = {json.dumps(key)}\n")
    return path


def test_a_reference_is_followed_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-file\n")
    (tmp_path / "key").chmod(0o600)
    config = load(written(tmp_path, "env:MY_KEY"))
    assert config.section(ModelSection).key.reveal(PLAIN) == "sk-visible-nowhere"
    config = load(written(tmp_path, f"file:{tmp_path}/key"))
    assert config.section(ModelSection).key.reveal() == "from-a-file"
    assert config.warnings == ()


def test_a_secret_is_shown_nowhere(tmp_path: Path) -> None:
    config = load(written(tmp_path, "sk-visible-nowhere"))
    section = config.section(ModelSection)
    seen = [
        repr(section),
        str(section),
        repr(section.key),
        f"{section.key}",
        str(config.show()),
        repr(config),
    ]
    seen += [str(warning) for warning in config.warnings]
    assert "sk-visible" not in "".join(seen)
    keys = [one for one in config.show() if (one.section, one.key) == ("model", "key")]
    assert [one.value for one in keys] == ["********"]
    for leak in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            leak(section.key)


def test_a_secret_of_the_wrong_type_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "lorgnette.toml"
    path.write_text("[model]\nkey = ['sk-visible-nowhere']\n")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert "sk-visible" not in str(caught.value)
    assert "a secret as env:NAME or file:/path" in str(caught.value)


def test_a_literal_secret_in_a_file_or_on_the_command_line_is_warned_of(tmp_path: Path) -> None:
    path = written(tmp_path, "sk-visible-nowhere")
    (warning,) = load(path).warnings
    assert str(warning) == (
        f"{path}:2: model.key: holds a secret itself; write env:NAME or file:/path instead"
    )
    assert load(written(tmp_path, ""), overrides=("model.key=sk-x",)).warnings
    assert not load(written(tmp_path, ""), environ=PLAIN | {"LORGNETTE_MODEL__KEY": "sk-x"}).warnings


def test_a_place_that_is_empty_or_open_is_warned_of(tmp_path: Path) -> None:
    def warning(key: str) -> str:
        return str(load(written(tmp_path, key)).warnings[0])

    assert "the environment variable NO_SUCH is not set" in warning("env:NO_SUCH")
    assert "can't be read" in warning(f"file:{tmp_path}/nowhere")
    open_file = tmp_path / "open"
    open_file.write_text("x")
    open_file.chmod(0o644)
    assert "chmod 600" in warning(f"file:{open_file}")
    open_file.write_text(" \n")
    open_file.chmod(0o600)
    assert "is empty" in warning(f"file:{open_file}")
    with pytest.raises(ConfigError):
        Secret("env:NO_SUCH").reveal({})


def test_secrets_compare_and_count_as_true_when_there_is_one() -> None:
    assert Secret("a") == Secret("a") != Secret("b")
    assert len({Secret("a"), Secret("a")}) == 1
    assert Secret("env:X")
    assert not Secret()


def test_of_a_default_that_nobody_chose_nobody_is_warned(tmp_path: Path) -> None:
    class Hosted(Section, frozen=True, kw_only=True):
        key: Secret = Secret("env:NO_SUCH")

    path = tmp_path / "lorgnette.toml"
    path.write_text("")
    schema = Schema()
    schema.register_section("hosted", Hosted)
    assert not Config.load([path], environ=PLAIN, schema=schema).warnings
    path.write_text('[hosted]\nkey = "env:NO_SUCH"\n')
    assert Config.load([path], environ=PLAIN, schema=schema).warnings
