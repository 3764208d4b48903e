"""The household of a running hub: who is removed is out, however quick they are."""

import pytest
from tests.hubs import running

from lorgnette.api.household import Household
from lorgnette.core.errors import Denied
from lorgnette.gateways.native.softdevice import SoftDevice
from lorgnette.store import People


def test_who_comes_back_while_they_are_removed_is_out_again(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            hub = here.hub
            anna = (await hub.people.add("Anna")).id
            quick = await here.device(anna)

            class Slow(People):
                """Its deletion lasts until a device has come on."""

                async def forget(self, id: str) -> None:
                    await quick.connect(here.url)
                    assert hub.sessions.of(anna) is not None
                    await super().forget(id)

            household = Household(
                Slow(hub.store),
                hub.devices,
                hub.pins,
                hub.desk,
                hub.sessions,
                hub.sharing,
                hub.gateway,
                hub.mind.forget,
            )
            await household.remove(anna)
            assert hub.sessions.of(anna) is None
            assert not hub.gateway.links
            await quick.closed.wait()
            with pytest.raises(Denied):
                await SoftDevice(quick.token).connect(here.url)

    loop_run(work())
