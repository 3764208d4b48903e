"""The sockets in front of the hub: private, never stolen, and a sentence where they can't be had."""

import asyncio
import socket
import stat

import httpx
import pytest
from starlette.applications import Starlette

from lorgnette.api.server import local_socket, serving
from lorgnette.core.errors import ConfigError


async def nothing() -> None:
    """No WebSockets to end."""


def test_the_local_socket_is_for_this_user_only_and_goes_with_the_hub(loop_run, tmp_path) -> None:
    async def work() -> None:
        path = tmp_path / "run" / "hub.sock"
        async with local_socket(Starlette(), path):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            async with httpx.AsyncClient(
                transport=httpx.AsyncHTTPTransport(uds=str(path)), base_url="http://localhost"
            ) as http:
                assert (await http.get("/")).status_code == 404
        assert not path.exists()

    loop_run(work())


def test_a_second_hub_of_the_same_user_is_refused_and_the_first_goes_on(loop_run, tmp_path) -> None:
    async def work() -> None:
        path = tmp_path / "hub.sock"
        async with local_socket(Starlette(), path):
            with pytest.raises(ConfigError, match="another hub"):
                async with local_socket(Starlette(), path):
                    pass
            assert path.exists()
            reader, writer = await asyncio.open_unix_connection(path)
            writer.close()
            del reader

    loop_run(work())


def test_what_a_dead_hub_left_is_taken_over(loop_run, tmp_path) -> None:
    async def work() -> None:
        path = tmp_path / "hub.sock"
        dead = socket.socket(socket.AF_UNIX)
        dead.bind(str(path))
        dead.close()
        async with local_socket(Starlette(), path):
            assert path.exists()

    loop_run(work())


def test_a_hub_that_ends_leaves_the_socket_of_its_successor(loop_run, tmp_path) -> None:
    async def work() -> None:
        path = tmp_path / "hub.sock"
        async with local_socket(Starlette(), path):
            path.unlink()
            successor = socket.socket(socket.AF_UNIX)
            successor.bind(str(path))
        assert path.exists()
        successor.close()

    loop_run(work())


def test_a_path_that_no_socket_can_have_is_one_sentence(loop_run, tmp_path) -> None:
    async def work() -> None:
        with pytest.raises(ConfigError, match="can't be used"):
            async with local_socket(Starlette(), tmp_path / ("x" * 120)):
                pass
        (tmp_path / "file").write_text("")
        with pytest.raises(ConfigError, match="can't be used"):
            async with local_socket(Starlette(), tmp_path / "file" / "hub.sock"):
                pass

    loop_run(work())


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 99_999), ("no.such.host.invalid", 0), ("256.1.1.1", 0)]
)
def test_an_address_that_cannot_be_had_is_one_sentence(loop_run, host, port) -> None:
    async def work() -> None:
        with pytest.raises(ConfigError, match="can't be used"):
            async with serving(Starlette(), host, port, asyncio.Protocol, nothing):
                pass

    loop_run(work())


def test_a_port_that_is_taken_is_one_sentence_with_a_way_out(loop_run) -> None:
    async def work() -> None:
        async with serving(Starlette(), "127.0.0.1", 0, asyncio.Protocol, nothing) as port:
            with pytest.raises(ConfigError, match="Another hub may run; try --port 0"):
                async with serving(Starlette(), "127.0.0.1", port, asyncio.Protocol, nothing):
                    pass

    loop_run(work())
