"""The hub is found by mDNS, on the interfaces it listens on."""

from ipaddress import ip_address

import pytest

from lorgnette.lan.announcement import SERVICE, Multicast

HERE = ip_address("127.0.0.1")


def test_a_browser_of_services_finds_the_hub_and_its_name(loop_run) -> None:
    from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

    async def work() -> None:
        announcement = Multicast("Lorgnette (kitchen. 4)", "kitchen", 8765, {"trust": "8764"})
        other = AsyncZeroconf(interfaces=[str(HERE)])
        try:
            await announcement.update([HERE])
            info = AsyncServiceInfo(SERVICE, f"Lorgnette (kitchen  4).{SERVICE}")
            if not await info.async_request(other.zeroconf, 3000):
                pytest.skip("no multicast on the loopback of this machine")
            assert info.port == 8765
            assert info.server == "kitchen.local."
            assert info.parsed_addresses() == [str(HERE)]
            assert info.properties[b"trust"] == b"8764"
        finally:
            await announcement.close()
            await other.async_close()

    loop_run(work())


def test_an_address_that_has_just_gone_costs_one_warning(loop_run, caplog) -> None:
    caplog.set_level("WARNING")

    async def work() -> None:
        announcement = Multicast("Lorgnette", "kitchen", 8765, {})
        await announcement.update([ip_address("192.0.2.77")])
        await announcement.close()

    loop_run(work())
    assert "can't be announced" in caplog.text
