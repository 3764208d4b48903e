"""The configuration: who wins, what is refused, and what is said about it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Meta

from lorgnette.config import (
    Config,
    HubSection,
    LogSection,
    ModelSection,
    Schema,
    Section,
    SpeechSection,
    WearerSection,
)
from lorgnette.core.errors import ConfigError

PLAIN = {"LANG": "C", "TZ": "UTC"}


def written(folder: Path, text: str, name: str = "lorgnette.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load(
    *files: Path,
    environ: Mapping[str, str] = PLAIN,
    overrides: Sequence[str] = (),
    schema: Schema | None = None,
) -> Config:
    return Config.load(files, environ=environ, overrides=overrides, schema=schema or Schema())


def problems(*files: Path, environ: Mapping[str, str] = PLAIN, overrides: Sequence[str] = ()) -> list[str]:
    found = Config.check(files, environ=environ, overrides=overrides, schema=Schema())
    return [f"{problem.level}: {problem}" for problem in found]


def test_defaults_hold_without_any_file(home: Path) -> None:
    config = Config.load()
    assert config.section(HubSection).port == 8765
    assert config.section(HubSection).host == "127.0.0.1"
    assert config.warnings == ()


def test_the_command_line_beats_the_environment_beats_the_files_in_order(tmp_path: Path) -> None:
    system = written(
        tmp_path, '[hub]\nname = "system"\nport = 1\nmax_sessions = 1\nhost = "::1"\n', "system.toml"
    )
    own = written(tmp_path, "[hub]\nport = 2\nmax_sessions = 2\nhost = '::2'\n")
    environ = PLAIN | {"LORGNETTE_HUB__MAX_SESSIONS": "3", "LORGNETTE_HUB__HOST": "::3"}
    config = load(system, own, environ=environ, overrides=["hub.host=::4"])
    hub = config.section(HubSection)
    assert (hub.name, hub.port, hub.max_sessions, hub.host) == ("system", 2, 3, "::4")
    origins = {f"{setting.section}.{setting.key}": setting.origin for setting in config.show()}
    assert origins["hub.name"] == f"{system}:2"
    assert origins["hub.port"] == f"{own}:2"
    assert origins["hub.max_sessions"] == "LORGNETTE_HUB__MAX_SESSIONS"
    assert origins["hub.host"] == "--set"
    assert origins["log.level"] == "default"


def test_the_files_of_the_xdg_folders_are_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_DIRS", f"{home}/a:{home}/b")
    for folder, port in (("a", 1), ("b", 2), ("config", 3)):
        (home / folder / "lorgnette").mkdir(parents=True)
        written(
            home / folder / "lorgnette", f"[hub]\nport = {port}\n[{'log' if folder == 'a' else 'store'}]\n"
        )
    assert Config.load().section(HubSection).port == 3
    (home / "config" / "lorgnette" / "lorgnette.toml").unlink()
    assert Config.load().section(HubSection).port == 1  # the first of XDG_CONFIG_DIRS is the most important


def test_an_unknown_name_is_an_error_with_the_nearest_one_and_its_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "# mine\n[hub]\nport = 1\nprot = 2\n\n[speach]\nrate = 1.0\nasr = []\n"
        '[log]\ntext = """\n[fake]\nx = 1\n"""\n',
    )
    assert problems(path) == [
        f"error: {path}:4: [hub] has no key 'prot'; did you mean 'port'?",
        f"error: {path}:6: there is no section [speach]; did you mean 'speech'?",
        f"error: {path}:10: [log] has no key 'text'; there are format, level",
    ]


def test_names_outside_of_a_section_are_told_where_they_belong(tmp_path: Path) -> None:
    path = written(tmp_path, "port = 80\nnonsense = 1\n")
    first, second = problems(path)
    assert first == f"error: {path}:1: 'port' stands outside of a section; did you mean [hub] port?"
    assert second.startswith(f"error: {path}:2: 'nonsense' stands outside of a section")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hub.port = 'x'", "hub.port is 'x', must be a whole number from 0 to 65535"),
        ("hub.port = 70000", "hub.port is 70000, must be a whole number from 0 to 65535"),
        ("hub.port = true", "hub.port is True, must be a whole number from 0 to 65535"),
        ("log.level = 'loud'", "log.level is 'loud', must be one of debug, error, info, warning"),
        ("speech.rate = 3", "speech.rate is 3, must be a number from 0.5 to 2"),
        ("speech.asr = 'vosk'", "speech.asr is 'vosk', must be a list of text"),
        ("model.url = 'ftp://x'", "model.url is 'ftp://x', must be an address as http://127.0.0.1:8000/v1"),
        ("wearer.language = 'German'", "must be a language as de, en-GB or zh, or auto"),
        ("wearer.zone = 'Berlin'", "[wearer] zone: 'Berlin' is no time zone; names look like Europe/Berlin"),
        ("speech.pause_open = 0.2", "[speech] pause_open must not be shorter than pause_complete"),
        ("hub = 3", "'hub' stands outside of a section"),
    ],
)
def test_a_wrong_value_says_what_would_be_right(tmp_path: Path, line: str, said: str) -> None:
    path = written(tmp_path, line + "\n")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:1: ")
    assert said in str(caught.value)


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "[hub]\nport = 'x'\nprot = 1\n")
    with pytest.raises(ConfigError) as caught:
        load(path, environ=PLAIN | {"LORGNETTE_NOSUCH__KEY": "1"}, overrides=["log.level=loud", "nonsense"])
    assert len(str(caught.value).splitlines()) == 5


def test_a_file_that_is_not_toml_or_not_there_is_named(tmp_path: Path) -> None:
    broken = written(tmp_path, "[hub\n")
    (tmp_path / "latin").write_bytes(b"[hub]\nname = '\xfc'\n")
    assert problems(broken)[0].startswith(f"error: {broken}: Expected ']'")
    assert problems(tmp_path / "latin") == [f"error: {tmp_path / 'latin'}: not UTF-8 at byte 14"]
    assert problems(tmp_path / "nowhere") == [f"error: {tmp_path / 'nowhere'}: No such file or directory"]


@pytest.mark.parametrize(
    ("text", "names"), [("a.b, c.d", ("a.b", "c.d")), ("", ()), ('["x", "y"]', ("x", "y")), ("one", ("one",))]
)
def test_lists_in_text_are_split_at_commas(text: str, names: tuple[str, ...]) -> None:
    config = load(environ=PLAIN | {"LORGNETTE_HUB__ALLOWED_HOSTS": text})
    assert config.section(HubSection).allowed_hosts == names


def test_text_that_looks_like_a_number_stays_text() -> None:
    assert load(overrides=["hub.name=12", "model.name=true"]).section(HubSection).name == "12"


def test_other_variables_of_the_prefix_are_none_of_ours() -> None:
    assert (
        load(environ=PLAIN | {"LORGNETTE_HOME": "/x", "LORGNETTE": "1"}).section(LogSection).level == "info"
    )


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de-DE"),
        ({"LANG": "zh_CN"}, "zh-CN"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({}, "en"),
        ({"LC_ALL": "de_AT.UTF-8@euro", "LANG": "en_US"}, "de-AT"),
    ],
)
def test_the_language_is_the_systems_unless_set(environ: dict[str, str], language: str) -> None:
    config = load(environ=environ)
    assert config.section(WearerSection).language == language
    assert load(environ=environ, overrides=["wearer.language=zh"]).section(WearerSection).language == "zh"


def test_the_zone_is_the_systems_unless_set(tmp_path: Path) -> None:
    from lorgnette.config import system

    assert load(environ={"TZ": "Europe/Berlin"}).section(WearerSection).zone == "Europe/Berlin"
    assert load(overrides=["wearer.zone=Asia/Shanghai"]).section(WearerSection).zone == "Asia/Shanghai"
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/America/New_York")
    assert system.zone({}, link) == "America/New_York"
    assert system.zone({"TZ": ":/usr/share/zoneinfo/Europe/Paris"}, link) == "Europe/Paris"
    assert system.zone({"TZ": "nonsense"}, link) == "America/New_York"
    assert system.zone({}, tmp_path / "nowhere") == "UTC"


class Radio(Section, frozen=True, kw_only=True):
    """Internet radio."""

    station: Annotated[str, Meta(description="The station to begin with.")] = "news"
    stations: Annotated[dict[str, str], Meta(description="Name and address.")] = {}  # noqa: RUF012


def test_a_plugin_brings_its_own_section(tmp_path: Path) -> None:
    schema = Schema()
    schema.register_section("radio", Radio)
    path = written(tmp_path, '[radio]\nstation = "jazz"\n[radio.stations]\njazz = "http://x"\n')
    config = load(path, schema=schema)
    assert config.section(Radio) == Radio(station="jazz", stations={"jazz": "http://x"})
    with pytest.raises(ConfigError, match="did you mean 'station'"):
        load(overrides=["radio.statoin=x"], schema=schema)
    with pytest.raises(KeyError):
        load().section(Radio)


def test_a_section_must_be_made_right(tmp_path: Path) -> None:
    class Needs(Section, frozen=True, kw_only=True):
        key: str

    schema = Schema()
    for name, kind in (("Bad Name", Radio), ("hub", Radio), ("radio", dict)):
        with pytest.raises(ConfigError):
            schema.register_section(name, kind)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        schema.register_section("needs", Needs)


def test_settings_of_a_plugin_that_is_broken_are_passed_over(tmp_path: Path) -> None:
    schema = Schema()
    schema.absent.add("radio")
    path = written(tmp_path, "[radio]\nstation = 1\n")
    config = load(path, schema=schema)
    assert [str(warning) for warning in config.warnings] == [f"{path}:1: [radio] isn't loaded"]


def test_a_section_is_frozen() -> None:
    section = load().section(SpeechSection)
    with pytest.raises(AttributeError):
        section.rate = 2.0  # type: ignore[misc]


def test_every_key_of_every_section_has_a_description() -> None:
    from lorgnette.config.schema import fields
    from lorgnette.config.values import description

    for name, kind in Schema().sections.items():
        assert kind.__doc__
        for key, hint in fields(kind).items():
            assert description(hint), (name, key)


def test_a_model_without_a_key_is_fine() -> None:
    model = load().section(ModelSection)
    assert not model.key
    assert model.key.reveal() == ""
