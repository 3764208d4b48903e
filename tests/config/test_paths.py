"""Paths: where the XDG specification says."""

from pathlib import Path

from lorgnette.config import Paths, private


def test_folders_without_any_variable() -> None:
    paths = Paths.of({"HOME": "/home/ada"})
    assert paths.file == Path("/home/ada/.config/lorgnette/lorgnette.toml")
    assert paths.data == Path("/home/ada/.local/share/lorgnette")
    assert paths.cache == Path("/home/ada/.cache/lorgnette")
    assert paths.state == Path("/home/ada/.local/state/lorgnette")
    assert paths.runtime == Path("/home/ada/.local/state/lorgnette/run")
    assert paths.configs == (Path("/etc/xdg/lorgnette/lorgnette.toml"), paths.file)
    assert paths.store == "sqlite:////home/ada/.local/share/lorgnette/lorgnette.db"
    assert Paths.of({"HOME": "/home/100% ada"}).store.startswith("sqlite:////home/100%25%20ada/")


def test_variables_win_and_relative_ones_are_ignored() -> None:
    paths = Paths.of(
        {
            "HOME": "/home/ada",
            "XDG_CONFIG_HOME": "/c",
            "XDG_DATA_HOME": "relative",
            "XDG_RUNTIME_DIR": "/run/user/1000",
            "XDG_CONFIG_DIRS": "/one:/two:relative",
        }
    )
    assert paths.file == Path("/c/lorgnette/lorgnette.toml")
    assert paths.data == Path("/home/ada/.local/share/lorgnette")
    assert paths.socket == Path("/run/user/1000/lorgnette/hub.sock")
    assert paths.configs == (
        Path("/two/lorgnette/lorgnette.toml"),
        Path("/one/lorgnette/lorgnette.toml"),
        paths.file,
    )


def test_a_private_folder_is_private(tmp_path: Path) -> None:
    assert private(tmp_path / "a").stat().st_mode & 0o077 == 0
