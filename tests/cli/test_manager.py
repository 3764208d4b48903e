"""systemd is told what it wants to know, and nobody minds where there is none."""

import asyncio
import os
import socket

import pytest

from lorgnette.cli.manager import Manager


@pytest.fixture
def listening(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as inbox:
        inbox.bind(str(tmp_path / "notify"))
        inbox.settimeout(5)
        yield inbox


def test_a_state_arrives_at_the_socket_that_the_environment_names(listening, tmp_path) -> None:
    manager = Manager.of({"NOTIFY_SOCKET": str(tmp_path / "notify")})
    manager.tell("READY=1", "STATUS=well")
    assert listening.recv(100) == b"READY=1\nSTATUS=well"


def test_signs_of_life_come_while_the_loop_turns_and_end_with_it(listening, tmp_path, loop_run) -> None:
    environ = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "20000"}

    async def work() -> None:
        async with Manager.of(environ).watching():
            for _ in range(3):
                assert await asyncio.to_thread(listening.recv, 100) == b"WATCHDOG=1"
        assert [task for task in asyncio.all_tasks() if task.get_name() == "watchdog"] == []

    loop_run(work())


def test_half_of_the_time_that_the_watchdog_gives_and_only_if_it_means_this_process() -> None:
    assert Manager.of({"WATCHDOG_USEC": "60000000"}).seconds == 30.0
    assert Manager.of({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}).seconds == 30.0
    assert Manager.of({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}).seconds == 0.0
    assert Manager.of({"WATCHDOG_USEC": "soon"}).seconds == 0.0


@pytest.mark.parametrize("address", ["", "/nowhere/at/all", "@lorgnette-nobody-listens", "x" * 200])
def test_a_manager_that_is_not_there_is_no_trouble(address, loop_run) -> None:
    manager = Manager(address, 0.01)
    manager.tell("READY=1")

    async def work() -> None:
        async with manager.watching():
            await asyncio.sleep(0)

    loop_run(work())
