"""The weather in a whole hub: asked for where the glasses are, and noted as what left the machine."""

from tests.engines.server import serving
from tests.hubs import CANNED
from tests.services.weather.answers import forecast
from tests.services.web.server import Web

from lorgnette.app import Hub, HubSettings
from lorgnette.core.events import Location
from lorgnette.services.weather import WeatherSection
from lorgnette.session.local import LocalDevice


def test_somebody_who_asks_is_told_of_where_they_are_and_the_log_says_who_was_asked(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            web.then_json(forecast())
            section = WeatherSection(enabled=True, url=web.root, places_url=web.root)
            settings = HubSettings(
                engines=CANNED, realtime=False, languages=("en",), sections={WeatherSection: section}
            )
            async with Hub.open(settings) as hub:
                owner = await hub.people.owner()
                async with LocalDevice(hub.sessions, owner.id) as device:
                    device._here.event(Location(48.137154, 11.576124, 12.0))
                    result = await device.typed("how warm is it")
                assert result["reply"] == "9 degrees now."
                asked = web.requests[0]["query"]
                assert (asked["latitude"], asked["longitude"]) == ("48.14", "11.58")
                (entry,) = await hub.privacy.log.entries(owner.id)
                assert (entry.host, entry.what, entry.how) == ("127.0.0.1", "question", "ok")

    loop_run(work())
