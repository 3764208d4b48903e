"""`config set`: one key changes, everything else stays, and nothing half-written."""

import stat
import tomllib
from pathlib import Path

import pytest

from lorgnette.config import Schema, set_value
from lorgnette.core.errors import ConfigError

FILE = """# my hub
[hub]
port = 80  # the usual
name = "Kitchen"

[model] # local
key = "env:KEY"
"""


def test_only_the_value_changes_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "lorgnette.toml"
    path.write_text(FILE)
    path.chmod(0o640)
    set_value(path, "hub.port", "81", Schema())
    assert path.read_text() == FILE.replace("80", "81")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    set_value(path, "hub.allowed_hosts", "a.b, c.d", Schema())
    set_value(path, "log.level", "debug", Schema())
    set_value(path, "model.key", "file:/run/key", Schema())
    assert "# the usual" in path.read_text()
    assert tomllib.loads(path.read_text()) == {
        "hub": {"port": 81, "name": "Kitchen", "allowed_hosts": ["a.b", "c.d"]},
        "model": {"key": "file:/run/key"},
        "log": {"level": "debug"},
    }
    assert [child.name for child in tmp_path.iterdir()] == ["lorgnette.toml"]


def test_a_new_file_is_made_and_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "lorgnette.toml"
    set_value(path, "wearer.language", "de", Schema())
    assert tomllib.loads(path.read_text()) == {"wearer": {"language": "de"}}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text(FILE)
    (tmp_path / "lorgnette.toml").symlink_to(tmp_path / "real.toml")
    set_value(tmp_path / "lorgnette.toml", "hub.port", "81", Schema())
    assert (tmp_path / "lorgnette.toml").is_symlink()
    assert "81" in (tmp_path / "real.toml").read_text()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("hub.prot", "1", "did you mean 'port'"),
        ("hbu.port", "1", "did you mean 'hub'"),
        ("port", "1", "write section.key"),
        ("hub.", "1", "write section.key"),
        ("hub.port", "many", "hub.port must be a whole number from 0 to 65535"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    path = tmp_path / "lorgnette.toml"
    path.write_text(FILE)
    with pytest.raises(ConfigError, match=said):
        set_value(path, name, value, Schema())
    assert path.read_text() == FILE


def test_a_broken_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lorgnette.toml"
    path.write_text("[hub\n")
    with pytest.raises(ConfigError):
        set_value(path, "hub.port", "1", Schema())
    assert path.read_text() == "[hub\n"
    path.write_text("hub = 3\n")
    with pytest.raises(ConfigError, match="isn't a section"):
        set_value(path, "hub.port", "1", Schema())
