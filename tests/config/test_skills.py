"""A skill's settings are a section like any other: typed, checked, in the manual, and what the skill gets."""

from pathlib import Path
from typing import Annotated

import msgspec
import pytest
from msgspec import Meta

from lorgnette.config import Config
from lorgnette.config.manual import docs
from lorgnette.config.schema import Schema
from lorgnette.config.skills import section_of, settings_in
from lorgnette.core.errors import ConfigError


class Settings(msgspec.Struct, frozen=True):
    """How tea is made."""

    minutes: Annotated[int, Meta(ge=1, le=15, description="How long it draws.")] = 4
    sorts: Annotated[tuple[str, ...], Meta(description="What is in the cupboard.")] = ("green",)
    strong: bool = False

    def __post_init__(self) -> None:
        if self.strong and self.minutes < 3:
            raise ValueError("strong tea needs three minutes")


def schema() -> Schema:
    made = Schema()
    made.register_section("skill_tea", section_of(Settings))
    return made


def loaded(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "lorgnette.toml"
    file.write_text(text)
    config = Config.load([file], environ={}, schema=schema())
    return settings_in(config.section(section_of(Settings)), Settings)


def test_what_stands_in_the_file_is_what_the_skill_gets(tmp_path: Path) -> None:
    found = loaded(tmp_path, "[skill_tea]\nminutes = 6\nsorts = ['black', 'white']\n")
    assert found == Settings(minutes=6, sorts=("black", "white"))


def test_without_a_section_it_has_its_defaults(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[skill_tea]\nminutes = 99", "skill_tea.minutes"),
        ("[skill_tea]\nminuts = 5", "did you mean 'minutes'"),
        ("[skill_tee]\nminutes = 5", "skill_tea"),
        ("[skill_tea]\nstrong = true\nminutes = 1", "strong tea needs three minutes"),
    ],
)
def test_what_is_wrong_is_said_with_its_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        loaded(tmp_path, text)


def test_it_stands_in_the_manual() -> None:
    text = docs(schema())
    assert "## [skill_tea]\nHow tea is made." in text
    assert "| `minutes` |" in text
    assert "How long it draws." in text


def test_the_same_settings_are_the_same_section() -> None:
    assert section_of(Settings) is section_of(Settings)


def test_a_setting_without_a_default_is_refused() -> None:
    class Bare(msgspec.Struct):
        key: str

    with pytest.raises(ConfigError, match="key has no default"):
        section_of(Bare)
