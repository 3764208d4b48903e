"""Glasses that run the page themselves: 640 × 400, black, five keys."""

from collections.abc import Callable

import pytest
from tests.web.conftest import Glasses
from tests.web.fake_hub import FakeHub

from lorgnette.core import events

pytestmark = pytest.mark.browser

type Make = Callable[..., Glasses]


@pytest.fixture
def strip(make: Make) -> Glasses:
    """Worn, with a microphone, and without a pointer."""
    one = make(viewport={"width": 640, "height": 400}, permissions=["microphone"])
    one.open(query="?test=hub&worn")
    one.wait("document.activeElement.id === 'temple'")
    return one


def test_only_the_display_is_seen_and_black_is_black(strip: Glasses, hub: FakeHub) -> None:
    seen = strip.js(
        """[...document.querySelectorAll('.page *')].filter((e) => e.checkVisibility() && e.id !== 'temple'
          && !e.closest('.stage') && e.getBoundingClientRect().width > 1 && !e.closest('#temple')
          && !e.querySelector('.stage')).map((e) => e.id || e.className)"""
    )
    assert seen == []
    assert strip.js("getComputedStyle(document.querySelector('#stage')).backgroundColor") == "rgb(0, 0, 0)"
    assert strip.js("document.querySelector('#field').getBoundingClientRect().width") == 640
    assert strip.js("parseFloat(getComputedStyle(document.querySelector('.hud-caption')).fontSize)") >= 32
    hub.down()
    strip.wait("document.querySelector('#state').innerText.includes('Looking for the hub')", 8)
    hub.up()
    strip.wait("!document.querySelector('#stage').hasAttribute('data-away')", 12)


def test_one_key_taps_and_talks_and_the_arrows_swipe(strip: Glasses, hub: FakeHub) -> None:
    hub.answering = False
    keys = strip.page.keyboard
    keys.press("ArrowRight")
    keys.press("ArrowDown")
    strip.wait(lambda: [one.gesture for one in hub.of(events.Touch)] == ["swipe_forward", "swipe_down"])
    keys.down("Enter")
    strip.wait("lorgnette.state.listening")
    strip.wait(lambda: len(hub.mic) > 5)
    keys.up("Enter")
    strip.wait("!lorgnette.state.listening")
    strip.wait(lambda: hub.of(events.ListenStop))
    keys.press("Enter")
    strip.wait("lorgnette.state.listening")
    keys.press("Escape")
    strip.wait("!lorgnette.state.listening")
    assert not strip.js("document.querySelector('#settings').open"), "back stops first"


def test_all_settings_are_within_reach_of_arrows_enter_and_back(strip: Glasses, hub: FakeHub) -> None:
    keys = strip.page.keyboard
    keys.press("Escape")
    strip.wait("document.querySelector('#settings').open")
    keys.press("ArrowDown")
    assert strip.js("document.activeElement.dataset.section") == "speech"
    keys.press("Enter")
    strip.wait("document.querySelector('#settings-title').textContent === 'Speech and sound'")
    for _ in range(12):
        keys.press("ArrowDown")
        if strip.js("document.activeElement.name") == "set-output":
            break
    keys.press("ArrowRight")
    strip.wait(lambda: hub.household.me["output"] == "captions")
    keys.press("ArrowDown")
    assert strip.js("document.activeElement.id") == "set-volume"
    keys.press("ArrowRight")
    strip.wait(lambda: hub.of(events.Setting))
    box = strip.js("document.activeElement.getBoundingClientRect().toJSON()")
    assert 0 <= box["top"] <= box["bottom"] <= 400, "what has the focus is seen"
    keys.press("Escape")
    keys.press("Escape")
    strip.wait("!document.querySelector('#settings').open && document.activeElement.id === 'temple'")
