"""Conversations through a whole hub: corrected, gone on from, several requests."""

from tests.hubs import CANNED, running

from lorgnette.app import HubSettings
from lorgnette.session.local import LocalDevice


def test_a_whole_hub_goes_on_from_what_was_said(loop_run) -> None:
    async def work() -> None:
        async with running(HubSettings(engines=CANNED, realtime=False)) as hub:
            owner = await hub.hub.people.owner()
            schedule = hub.hub.schedule.for_wearer(owner.id)
            async with LocalDevice(hub.hub.sessions, owner.id) as device:
                await device.typed("set a timer for five minutes")
                corrected = await device.typed("no, ten minutes")
                assert corrected["reply"] == "Timer, 10 minutes."
                assert [item.total for item in await schedule.items("timer")] == [600.0]
                await device.typed("what time is it in Tokyo")
                there = await device.typed("and in Paris?")
                assert there["tools"][0]["arguments"] == {"city": "Paris"}
                both = await device.typed("set a timer for two minutes and what time is it in Rome")
                assert [tool["tool"] for tool in both["tools"]] == ["set_timer", "time_in"]

    loop_run(work())
