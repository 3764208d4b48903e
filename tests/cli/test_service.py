"""The hub as a service: the unit that systemd gets, and one sentence where there is no systemd."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lorgnette.cli.systemd import Systemd, program, require_public
from lorgnette.cli.unit import NAME, unit
from lorgnette.core.errors import ConfigError, LorgnetteError

SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$SYSTEMCTL_LOG"
case "$*" in
    *is-system-running*) echo running ;;
    *is-active*) echo active ;;
    *is-enabled*) echo enabled ;;
    *restart*) [ -z "$SYSTEMCTL_FAILS" ] || { echo "Job failed.
See the journal." >&2; exit 1; } ;;
esac
"""


def command(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lorgnette.cli", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environ},
    )


def settings(text: str) -> dict[str, dict[str, list[str]]]:
    """A unit's sections; a key may come twice."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, equals, value = line.partition("=")
            assert equals, line
            section.setdefault(key, []).append(value)
    return found


@pytest.fixture
def machine(tmp_path, home, monkeypatch) -> Path:
    """A machine on which a systemd answers, a program on the path."""
    (tmp_path / "run" / "systemd" / "system").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    systemctl = tmp_path / "bin" / "systemctl"
    systemctl.write_text(SYSTEMCTL)
    systemctl.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("SYSTEMCTL_LOG", str(tmp_path / "said"))
    return tmp_path


@pytest.mark.parametrize("system", [False, True], ids=["user", "system"])
def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path, system) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd-analyze here")
    (tmp_path / NAME).write_text(unit([*program(), "up"], system=system))
    scope = [] if system else ["--user"]
    done = subprocess.run(
        [analyze, *scope, "--man=no", "verify", str(tmp_path / NAME)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    about_it = [line for line in (done.stdout + done.stderr).splitlines() if NAME in line]
    assert about_it == []


def test_it_comes_back_after_a_failure_and_leaves_the_workers_to_the_hub() -> None:
    found = settings(unit(["/opt/lorgnette/bin/lorgnette", "up"], system=False))
    service = found["Service"]
    assert service["ExecStart"] == ["/opt/lorgnette/bin/lorgnette up"]
    assert service["Type"] == ["notify"]
    assert service["Restart"] == ["on-failure"]
    assert service["KillMode"] == ["mixed"]
    assert service["StandardOutput"] == ["null"]
    assert found["Install"]["WantedBy"] == ["default.target"]
    assert "ProtectSystem" not in service, "needs a namespace, which not every user's service may have"


def test_for_the_whole_machine_it_has_a_user_and_folders_of_its_own() -> None:
    found = settings(unit(["/opt/lorgnette/bin/lorgnette", "up"], system=True))
    service = found["Service"]
    assert service["DynamicUser"] == ["yes"]
    assert service["ProtectSystem"] == ["strict"]
    assert service["ProtectHome"] == ["yes"]
    assert "XDG_RUNTIME_DIR=/run" in service["Environment"][1]
    assert found["Install"]["WantedBy"] == ["multi-user.target"]
    at_home = settings(unit(["/home/ada/lorgnette", "up"], system=True))
    assert at_home["Service"]["ProtectHome"] == ["read-only"]


def test_a_path_with_odd_letters_is_written_so_that_systemd_reads_it() -> None:
    text = unit(["/opt/my 100% $HOME/it", "up", "--config", '/a "b"\\c'], system=False)
    assert 'ExecStart="/opt/my 100%% $$HOME/it" up --config "/a \\"b\\"\\\\c"\n' in text
    with pytest.raises(ConfigError, match="can't stand"):
        unit(["/opt/a\nExecStartPre=/bin/false", "up"], system=False)


def test_the_program_is_named_by_its_absolute_path() -> None:
    assert Path(program()[0]).is_absolute()
    assert os.access(program()[0], os.X_OK)


def test_to_install_is_to_write_enable_and_start(machine) -> None:
    systemd = Systemd(system=False, root=machine)
    systemd.require()
    systemd.install("[Unit]\n")
    assert systemd.path == machine / "config" / "systemd" / "user" / NAME
    assert systemd.path.read_text() == "[Unit]\n"
    said = (machine / "said").read_text().splitlines()
    assert said[1:] == ["--user daemon-reload", f"--user enable {NAME}", f"--user restart {NAME}"]
    assert systemd.status() == {"installed": True, "active": "active", "enabled": "enabled"}
    assert not systemd.lingers()
    systemd.uninstall()
    assert not systemd.path.exists()
    with pytest.raises(LorgnetteError, match="there is no"):
        systemd.uninstall()


def test_a_start_that_fails_is_one_sentence_with_systemds_own_words(machine, monkeypatch) -> None:
    monkeypatch.setenv("SYSTEMCTL_FAILS", "1")
    with pytest.raises(LorgnetteError, match=r"restart .* failed: Job failed\. See the journal\."):
        Systemd(system=False, root=machine).install("")


def test_where_no_systemd_runs_that_is_said_with_a_way_on(tmp_path) -> None:
    with pytest.raises(LorgnetteError, match=r"systemd doesn't run here.*--print"):
        Systemd(system=False, root=tmp_path).require()


@pytest.mark.skipif(os.geteuid() == 0, reason="as root it is allowed")
def test_the_whole_machine_is_roots_business(machine) -> None:
    with pytest.raises(LorgnetteError, match="needs root"):
        Systemd(system=True, root=machine).require()


def test_a_program_that_only_its_owner_may_enter_is_no_service_of_the_machine(tmp_path) -> None:
    closed = tmp_path / "closed"
    (closed / "bin").mkdir(parents=True)
    closed.chmod(0o700)
    with pytest.raises(ConfigError, match="may not enter"):
        require_public(closed / "bin" / "lorgnette")
    require_public(Path("/usr/bin/env"))


def test_print_shows_the_unit_with_the_real_program_and_changes_nothing(home) -> None:
    shown = command("service", "install", "--print", "--config", "my.toml")
    assert shown.returncode == 0, shown.stderr
    (line,) = settings(shown.stdout)["Service"]["ExecStart"]
    assert line.startswith("/")
    assert line.endswith(f"up --config {Path('my.toml').absolute()}")
    assert not list((home / "config").iterdir())


def test_the_status_of_nothing_is_told_and_fails(home) -> None:
    asked = command("service", "status", "--json")
    assert asked.returncode == 1
    found = json.loads(asked.stdout)
    assert (found["installed"], found["answers"], found["ready"]) == (False, False, False)
    assert "hub      doesn't answer" in command("service", "status").stdout


@pytest.mark.skipif(
    Path("/run/systemd/system").is_dir(), reason="systemd runs here: nothing is installed by a test"
)
@pytest.mark.parametrize("what", ["install", "uninstall"])
def test_the_command_says_in_one_sentence_that_there_is_no_systemd(home, what) -> None:
    ended = command("service", what)
    assert ended.returncode == 1
    assert "systemd doesn't run here" in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr
