"""The location as it is shared: not too often, the last one in any case, and not after the switch."""

from collections.abc import Callable

import pytest
from tests.web.conftest import Glasses, Modules
from tests.web.fake_hub import FakeHub

from lorgnette.core import events

pytestmark = pytest.mark.browser


def test_it_is_told_after_time_or_way_and_never_once_it_is_off(modules: Modules) -> None:
    told = modules(
        """
        const { Sharing } = await import("./js/sharing.js");
        const told = [], kept = { sharing: "off" }, refused = [];
        let fix, fail, watching = 0;
        const geolocation = {
          watchPosition: (came, failed) => { [fix, fail] = [came, failed]; return (watching += 1); },
          clearWatch: () => (watching -= 1),
        };
        const now = Date.now; let ahead = 0; Date.now = () => now() + ahead;
        const sharing = new Sharing({
          glasses: {
            location: (place) => told.push(place.latitude),
            located: () => told.push(kept.sharing),
          },
          prefs: { get: (name) => kept[name], set: (name, value) => { kept[name] = value; } },
          changed: () => {}, moved: () => {}, refused: () => refused.push(1), geolocation,
        });
        const at = (latitude) => fix({ coords: { latitude, longitude: 13, accuracy: 5, speed: NaN } });
        sharing.on();
        const asking = sharing.state;
        at(52); at(52.0001); at(52.001); ahead = 16_000; at(52.00101);
        fail({ code: 2 });
        sharing.off();
        const quiet = watching;
        sharing.on(); fail({ code: 1 });
        Date.now = now;
        return { told, asking, quiet, state: sharing.state, refused: refused.length, watching };
        """
    )
    assert told == {
        "told": [52, "device", 52.001, 52.00101, "off"],
        "asking": "asking",
        "quiet": 0,
        "state": "off",
        "refused": 1,
        "watching": 0,
    }


def test_a_refused_location_is_said_and_the_switch_goes_back(
    make: Callable[..., Glasses], hub: FakeHub
) -> None:
    one = make(permissions=[]).open()
    one.page.click(".sharing .check")
    one.wait("document.querySelector('#messages').textContent.includes('location')")
    assert not one.page.is_checked("#share")
    assert not hub.of(events.Location)
    assert not any(hello.capabilities.location for hello in hub.hellos)


def test_what_was_ended_removed_or_deleted_can_come_back_or_asks_first(
    glasses: Glasses, hub: FakeHub
) -> None:
    page, house = glasses.page, hub.household
    page.click("#settings-open")
    page.click("[data-section=errands]")
    page.click("#errand-e1")
    glasses.wait(lambda: len(house.errands) == 2)
    page.click("#errand-e1")
    glasses.wait(lambda: len(house.errands) == 3)
    page.click("[data-section=places]")
    page.click("#place-p2")
    glasses.wait(lambda: len(house.places) == 1)
    page.click("#place-p2")
    glasses.wait(lambda: len(house.places) == 2)
    page.click("[data-section=messages]")
    assert page.locator(".outside-words b, .outside-words a").count() == 0, "others' words are words"
    page.click(".entry:has-text('Laundry') >> text=Delete")
    assert len(house.messages) == 3
    page.click("text=Really delete it?")
    glasses.wait(lambda: len(house.messages) == 2)
    assert not glasses.trouble
