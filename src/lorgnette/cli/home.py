"""What `up` needs of the home network: from the settings to doors that are ready to be opened."""

import functools
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from lorgnette.core.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lorgnette.api.home import HomeNetwork
    from lorgnette.app import Hub
    from lorgnette.cli.settings import Loaded
    from lorgnette.config import NetworkSection
    from lorgnette.lan import Address, Announcement, Certificates

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Home:
    """The doors, and what the pages on this machine show of them."""

    network: "HomeNetwork"
    certificates: "Certificates"


def home_of(loaded: "Loaded", hub: "Hub", port: int) -> "Home | None":
    """None unless `network.lan`. `port`: where the hub answers on this machine."""
    from lorgnette.config import NetworkSection

    section = loaded.config.section(NetworkSection)
    if not section.lan:
        return None
    if loaded.settings.host not in LOOPBACK:
        raise ConfigError(
            f"hub.host is {loaded.settings.host}, which is plain HTTP for the network; "
            "with network.lan it stays 127.0.0.1, and the network gets HTTPS"
        )
    from lorgnette.api.home import HomeNetwork, Ports
    from lorgnette.lan import home_addresses

    given = _given(section)
    https = section.port or port
    ports = Ports(https, section.trust_port or https - 1)
    if ports.https == ports.plain:
        raise ConfigError("network.port and network.trust_port must differ")
    certificates = _certificates(section, loaded.paths.data / "tls", hub)
    network = HomeNetwork(
        ports,
        certificates,
        hub.doorkeeper,
        hub.clock.now,
        find=functools.partial(_same, given) if given else home_addresses,
        announcement=_announcement(section, loaded, ports.https, ports.plain),
    )
    hub.front.at_home = network.reached
    return Home(network, certificates)


def _given(section: "NetworkSection") -> "tuple[Address, ...]":
    from lorgnette.lan import is_private

    given = tuple(ip_address(text) for text in section.addresses)
    public = [str(address) for address in given if not is_private(address)]
    if public and not section.certificate:
        raise ConfigError(
            f"network.addresses: {public[0]} isn't private, and the household's authority vouches for "
            "private addresses only; use a certificate of your own (network.certificate)"
        )
    return given


def _certificates(section: "NetworkSection", folder: Path, hub: "Hub") -> "Certificates":
    from lorgnette.lan import GivenCertificate, HomeCertificates

    if section.certificate:
        return GivenCertificate(Path(section.certificate).expanduser(), Path(section.key).expanduser())
    return HomeCertificates(folder, section.name, hub.clock.now())


def _announcement(section: "NetworkSection", loaded: "Loaded", https: int, plain: int) -> "Announcement":
    from lorgnette import __version__
    from lorgnette.config import HubSection
    from lorgnette.lan import Multicast, Silence

    if not section.announce:
        return Silence()
    trust = {} if section.certificate else {"trust": str(plain)}
    properties = {"version": __version__, "protocol": "lorgnette.v1", "path": "/v1/device", **trust}
    name = f"{loaded.config.section(HubSection).name} ({section.name})"
    return Multicast(name, section.name, https, properties)


def _same(addresses: "tuple[Address, ...]") -> "Sequence[Address]":
    return addresses
