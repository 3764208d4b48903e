"""The addresses and names under which this machine is reached at home."""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network

PRIVATE: Final[tuple[Network, ...]] = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fd00::/8",
        "fe80::/10",
        "::1/128",
    )
)
"""Networks that nobody routes on the internet."""

DOMAINS: Final = ("home.arpa", "lan", "internal")
"""Endings that routers give to what is at home, and that the public name system never will."""

VIRTUAL: Final = ("docker", "br-", "veth", "virbr", "lxc", "lxd", "cni", "podman", "flannel", "cali")
"""Interfaces that lead to containers and virtual machines, not to a phone."""

ELSEWHERE: Final = ("192.0.2.1", 9)
"""Of a network kept for documentation; asked only which way it would be sent, nothing is."""


def is_private(address: Address) -> bool:
    """Whether it belongs to one of the networks above."""
    return any(address in network for network in PRIVATE)


def home_addresses() -> tuple[Address, ...]:
    """The machine's private addresses, without loopback; the one towards the router first.

    Link-local IPv6 is left out: no browser takes an address with an interface in it.
    """
    import ifaddr

    found: set[Address] = set()
    for adapter in ifaddr.get_adapters():
        if adapter.name.startswith(VIRTUAL):
            continue
        for one in adapter.ips:
            text = one.ip if isinstance(one.ip, str) else one.ip[0]
            address = ip_address(text.partition("%")[0])
            if is_private(address) and not address.is_loopback:
                found.add(address)
    return in_order(found, _outward())


def in_order(addresses: Iterable[Address], first: Address | None = None) -> tuple[Address, ...]:
    """The same addresses, always in the same order: `first`, IPv4, IPv6."""
    wanted = {one for one in addresses if not (one.version == 6 and one.is_link_local)}
    return tuple(sorted(wanted, key=lambda one: (one != first, one.version, int(one))))


def netloc(address: Address | str) -> str:
    """As it stands in a URL or a Host header."""
    text = str(address)
    return f"[{text}]" if ":" in text else text


def names_of(label: str) -> tuple[str, ...]:
    """What a machine may be called at home. Without its bare name, which may be a public ending (`app`)."""
    return (f"{label}.local", *(f"{label}.{domain}" for domain in DOMAINS))


def _outward() -> Address | None:
    """The address from which this machine would speak to the world."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:
            return None
        return ip_address(probe.getsockname()[0])
