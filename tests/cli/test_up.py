"""`lorgnette up` as a process: it starts, says so, and leaves in order when it is told to."""

import asyncio
import contextlib
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from lorgnette.gateways.native.softdevice import SoftDevice

HOME = Path(__file__).resolve().parents[2]
QUICK = ("speech.asr=canned", "speech.tts=canned")


class Up:
    """A hub in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], ready: dict[str, Any], inbox: socket.socket) -> None:
        self.process = process
        self.ready = ready
        self.inbox = inbox
        self.url = f"http://127.0.0.1:{ready['port']}"

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.url + path, timeout=5)

    async def device(self) -> SoftDevice:
        code = self.ready["url"].partition("#first=")[2]
        async with httpx.AsyncClient(base_url=self.url) as http:
            answer = await http.post("/v1/pair", json={"code": code, "name": "test"})
        device = SoftDevice(answer.json()["token"])
        await device.connect(self.url.replace("http", "ws", 1))
        return device

    def ended(self) -> tuple[int, list[str]]:
        """Its exit code, and the lines of its log."""
        _, log = self.process.communicate(timeout=20)
        return self.process.returncode, log.splitlines()


@contextlib.contextmanager
def up(home: Path, *settings: str) -> Iterator[Up]:
    chosen = [word for one in (*QUICK, *settings) for word in ("--set", one)]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as inbox:
        inbox.bind(str(home / "notify"))
        inbox.settimeout(30)
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "lorgnette",
                "up",
                "--json",
                "--port",
                "0",
                "--log-format",
                "json",
                *chosen,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "NOTIFY_SOCKET": str(home / "notify")},
        )
        try:
            assert process.stdout is not None
            ready = process.stdout.readline()
            assert ready, process.communicate(timeout=5)[1]
            yield Up(process, json.loads(ready), inbox)
        finally:
            process.kill()
            process.communicate(timeout=20)


def becomes(hub: Up, status: int) -> httpx.Response:
    """`/readyz` once it has this status; the test's own time limit is the last word."""
    while (answer := hub.get("/readyz")).status_code != status:
        assert hub.process.poll() is None
    return answer


def test_on_sigterm_it_says_that_it_drains_serves_on_says_goodbye_and_ends_well(home, loop_run) -> None:
    async def work(hub: Up) -> None:
        device = await hub.device()
        assert hub.inbox.recv(100) == b"READY=1"
        await asyncio.to_thread(becomes, hub, 200)
        hub.process.send_signal(signal.SIGTERM)
        answer = await asyncio.to_thread(becomes, hub, 503)
        assert answer.json()["reasons"] == [{"part": "hub", "why": "draining"}]
        assert hub.inbox.recv(100) == b"STOPPING=1"
        assert not device.closed.is_set(), "who is there is served on"
        assert (await asyncio.to_thread(hub.get, "/healthz")).status_code == 200
        await device.closed.wait()
        assert device.went_away

    with up(home, "hub.drain=2.5") as hub:
        loop_run(work(hub))
        code, log = hub.ended()
    assert code == 0
    records = [json.loads(line) for line in log]
    assert {record["level"] for record in records} <= {"info", "warning"}
    own = [record["message"] for record in records if record["logger"] == "lorgnette.cli.up"]
    assert own == [f"ready on port {hub.ready['port']}", "stopping"]


def test_a_second_signal_ends_a_long_drain_at_once(home, loop_run) -> None:
    async def work(hub: Up) -> None:
        device = await hub.device()
        hub.process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(becomes, hub, 503)
        hub.process.send_signal(signal.SIGINT)
        await device.closed.wait()
        assert device.went_away

    with up(home, "hub.drain=600") as hub:
        loop_run(work(hub))
        assert hub.ended()[0] == 0


def test_without_a_drain_the_devices_are_told_and_it_ends_at_once(home, loop_run) -> None:
    async def work(hub: Up) -> None:
        device = await hub.device()
        hub.process.send_signal(signal.SIGTERM)
        await device.closed.wait()
        assert device.went_away

    with up(home) as hub:
        loop_run(work(hub))
        assert hub.ended()[0] == 0


def test_every_line_of_the_log_is_an_object_and_the_pairing_code_is_in_none(home) -> None:
    with up(home, "log.level=debug") as hub:
        first = hub.ready["url"].partition("#first=")[2]
        assert hub.get("/metrics").text.count("\nlorgnette_") > 30
        hub.process.send_signal(signal.SIGTERM)
        code, log = hub.ended()
    assert code == 0
    assert log
    for line in log:
        assert {"time", "level", "logger", "message"} <= set(json.loads(line))
        assert first not in line


def test_the_images_health_check_finds_a_living_hub_and_no_dead_one(home) -> None:
    text = (HOME / "Dockerfile").read_text(encoding="utf-8")
    (check,) = re.findall(r"^HEALTHCHECK .*? CMD (\[.*\])$", text, re.MULTILINE)
    python, *words = json.loads(check)
    assert python == "python"
    assert not [word for word in shlex.split(words[1]) if word.startswith("http:")]
    with up(home) as hub:
        assert subprocess.run([sys.executable, *words], check=False).returncode == 0
        hub.process.kill()
        hub.process.wait(timeout=20)
        dead = subprocess.run([sys.executable, *words], check=False, capture_output=True)
        assert dead.returncode != 0


def test_a_start_that_fails_is_an_object_too(home) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "lorgnette", "up", "--log-format", "json", "--port", port],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    last = json.loads(done.stderr.splitlines()[-1])
    assert last["level"] == "critical"
    assert "can't be used" in last["message"]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["xml", ""])
def test_a_log_format_that_is_none_is_wrong_usage(home, form) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lorgnette", "up", "--log-format", form],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "json" in done.stderr
