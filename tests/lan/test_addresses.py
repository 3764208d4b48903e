"""Which addresses and names a machine has at home."""

from ipaddress import ip_address

import pytest

from lorgnette.lan.addresses import home_addresses, in_order, is_private, names_of, netloc


@pytest.mark.parametrize(
    "text", ["10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.1.1", "fd12::1", "fe80::1"]
)
def test_these_are_private(text) -> None:
    assert is_private(ip_address(text))


@pytest.mark.parametrize(
    "text", ["100.64.0.1", "172.15.0.1", "203.0.113.1", "0.0.0.0", "2001:db8::1", "fc00::1"]
)
def test_these_are_not(text) -> None:
    assert not is_private(ip_address(text))


def test_the_one_towards_the_router_comes_first_then_ipv4() -> None:
    given = [ip_address(text) for text in ("fd00::1", "fe80::1", "192.168.1.2", "10.0.0.1")]
    order = [str(one) for one in in_order(given, ip_address("192.168.1.2"))]
    assert order == ["192.168.1.2", "10.0.0.1", "fd00::1"]
    assert in_order(reversed(given)) == in_order(given)


def test_only_private_addresses_of_this_machine_are_found() -> None:
    for address in home_addresses():
        assert is_private(address)
        assert not address.is_loopback


def test_a_bare_name_is_never_vouched_for_since_it_may_be_a_public_ending() -> None:
    assert names_of("app") == ("app.local", "app.home.arpa", "app.lan", "app.internal")


def test_ipv6_has_brackets_in_an_address() -> None:
    assert netloc(ip_address("fd00::1")) == "[fd00::1]"
    assert netloc("10.0.0.1") == "10.0.0.1"
