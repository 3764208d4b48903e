"""Any web page may try 127.0.0.1: Host and Origin decide who is answered."""

import pytest

from lorgnette.api.doorkeeper import Doorkeeper


class NoDevices:
    async def verify(self, token):
        return None


def keeper(**more) -> Doorkeeper:
    return Doorkeeper(NoDevices(), more.pop("host", "127.0.0.1"), 8765, **more)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "127.0.0.1:8765"},
        {"host": "localhost:8765", "origin": "http://localhost:8765"},
        {"host": "[::1]:8765", "origin": "http://[::1]:8765"},
        {"host": "127.0.0.1:8765", "origin": "https://glasses.example"},
        {"host": "hub.home:8765", "origin": "http://hub.home:8765"},
    ],
)
def test_these_are_answered(headers) -> None:
    assert keeper(hosts=("hub.home",), origins=("https://glasses.example/",)).welcomes(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "evil.example"},
        {"host": "evil.example:8765", "origin": "http://evil.example:8765"},
        {"host": "127.0.0.1:8765", "origin": "http://evil.example"},
        {"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:9999"},
        {"host": "127.0.0.1:8765", "origin": "null"},
        {"host": "127.0.0.1:8765", "origin": "file://127.0.0.1:8765"},
        {"host": "127.0.0.1.evil.example:8765"},
    ],
)
def test_these_are_not(headers) -> None:
    assert not keeper().welcomes(headers)
