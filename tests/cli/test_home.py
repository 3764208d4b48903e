"""What `up` makes of the settings of the home network."""

import pytest
from tests.hubs import CANNED

from lorgnette.app import Hub, HubSettings
from lorgnette.cli.home import Home, home_of
from lorgnette.cli.settings import Loaded, settings_of
from lorgnette.config import Config, Paths
from lorgnette.core.errors import ConfigError


def made(loop_run, *overrides: str) -> Home | None:
    async def work() -> Home | None:
        config, paths = Config.load(overrides=overrides), Paths.of()
        async with Hub.open(HubSettings(engines=CANNED)) as hub:
            return home_of(Loaded(config, paths, settings_of(config, paths)), hub, 8765)

    return loop_run(work())


def test_without_the_setting_there_is_nothing(home, loop_run) -> None:
    assert made(loop_run) is None
    assert not (home / "data" / "lorgnette" / "tls").exists()


def test_the_plain_door_is_one_before_the_devices(home, loop_run) -> None:
    found = made(loop_run, "network.lan=true", "network.name=kitchen")
    assert found is not None
    reached = found.network.reached()
    assert reached["url"].endswith(":8765/")
    assert reached["trust"].endswith(":8764/trust")
    assert "kitchen.local" in found.certificates.names
    assert (home / "data" / "lorgnette" / "tls" / "ca.key").exists()


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        (["hub.host=0.0.0.0"], "plain HTTP for the network"),
        (["network.addresses=203.0.113.5"], "isn't private"),
        (["network.addresses=0.0.0.0"], "isn't private"),
        (["network.addresses=kitchen"], "no IP address"),
        (["network.certificate=/x.pem"], "need each other"),
        (["network.name=kitchen.local"], "without .local"),
        (["network.port=9000", "network.trust_port=9000"], "must differ"),
    ],
)
def test_what_contradicts_itself_is_one_sentence(home, loop_run, overrides, said) -> None:
    with pytest.raises(ConfigError, match=said):
        made(loop_run, "network.lan=true", *overrides)
