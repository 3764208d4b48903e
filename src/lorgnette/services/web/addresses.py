"""Which addresses are the internet's, and which are this machine's, this network's or nobody's."""

import ipaddress
from typing import Final

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE: Final = ipaddress.ip_network("::/96")
_NOT_GLOBAL: Final = (
    ipaddress.ip_network("100.64.0.0/10"),  # carriers' own, and Tailscale's
    ipaddress.ip_network("192.88.99.0/24"),  # 6to4 relays
    ipaddress.ip_network("fec0::/10"),  # site-local, long deprecated, still routed by some
)


def is_public(address: Address) -> bool:
    """Whether it is an ordinary address on the internet.

    It isn't when it is loopback, private, link-local (where clouds keep their keys), shared, multicast or
    reserved, nor when it is an IPv6 address that leads to such an IPv4 one.
    """
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    if any(address in network for network in _NOT_GLOBAL if network.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    return all(is_public(inner) for inner in _within(address))


def _within(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address carries."""
    found = []
    if address.ipv4_mapped is not None:
        found.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found.extend(address.teredo)
    if any(address in network for network in (*_NAT64, _COMPATIBLE)):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found
