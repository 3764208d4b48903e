"""The Saturday story in a browser whose device says where it is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.web.conftest import Glasses
from tests.web.real_hub import RealHub

from lorgnette.core.clock import ManualClock

pytestmark = pytest.mark.browser

NOTICE = "Concert on Saturday at eight?"
CLOCK = ManualClock(datetime(2026, 11, 24, 9, tzinfo=UTC))
STEPS = ((52.5300, 13.4050), (52.5310, 13.4050))
"""Away from home, and a little farther."""


@pytest.fixture(scope="module")
def real() -> Iterator[RealHub]:
    with RealHub(clock=CLOCK) as hub:
        yield hub


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    home = {"latitude": 52.52, "longitude": 13.405, "accuracy": 8}
    one = browser.new_context(
        permissions=["geolocation"], geolocation=home, locale="en-GB", viewport={"width": 1280, "height": 800}
    )
    yield one
    one.close()


def farther(real: RealHub, known: int, latitude: float) -> bool:
    """One more position is kept, this one."""
    return latitude in real.latitudes()[known:]


def heard(one: Glasses, since: float, text: str) -> Any:
    return one.event(f"type === 'sentence' && e.at > {since} && e.text.includes({text!r})")


def say(one: Glasses, words: str, answer: str) -> None:
    """And hear this in what comes back."""
    mark = one.js("performance.now()")
    one.type(words)
    heard(one, mark, answer)
    one.event(f"type === 'turn' && e.at > {mark}")


@pytest.mark.parametrize("form", ["everyday", "ar"])
def test_a_notice_becomes_an_entry_and_a_reminder_at_the_door(
    real: RealHub, context: BrowserContext, form: str
) -> None:
    one = Glasses(context.new_page(), real).open(real.first())  # type: ignore[arg-type]
    one.page.click(f"#forms label:has(input[value={form}])")
    one.page.check("#share")
    one.event("dir === 'out' && e.type === 'location'")
    one.wait("lorgnette.state.connection === 'online'")
    told = httpx.post(
        f"{real.url}v1/notify",
        json={"app": "Signal", "sender": "Anna", "text": NOTICE, "key": form},
        headers={"authorization": f"Bearer {one.js('lorgnette.glasses.prefs.get(`token`)')}"},
    )
    assert told.status_code == 200, told.text
    heard(one, 0, NOTICE)
    one.event("type === 'show' && e.scene.kind === 'card' && e.scene.title === 'Anna'")
    one.wait(f"document.querySelector('#shelf').textContent.includes({NOTICE!r})")
    say(one, "add a concert on Saturday at eight pm to my calendar", "Concert, Saturday at 8 PM")
    say(one, "this is home", "home")
    say(one, "remind me to take the tickets when I leave home", "take the tickets")
    mark = one.js("performance.now()")
    for latitude, longitude in STEPS:
        known = len(real.latitudes())
        context.set_geolocation({"latitude": latitude, "longitude": longitude, "accuracy": 8})
        one.event(f"dir === 'out' && e.type === 'location' && e.latitude === {latitude}")
        one.wait(partial(farther, real, known, latitude))
        CLOCK.advance(40)
    heard(one, mark, "take the tickets")
    one.page.click("#settings-open")
    one.page.click("[data-section=messages]")
    one.wait(f"document.querySelector('.outside-words')?.textContent === {NOTICE!r}")
    one.page.click("[data-section=places]")
    one.wait("document.querySelector('.entry-name')?.textContent === 'Home'")
    one.page.click(".check:has(#set-sharing)")
    one.wait("!document.querySelector('#share').checked")
    one.page.keyboard.press("Escape")
    for _ in range(3):  # the reminder, which is over; the place; the entry
        mark = one.js("performance.now()")
        one.type("undo")
        one.event(f"type === 'turn' && e.at > {mark}")
    heard(one, mark, "Concert is out of the calendar again.")
    assert not one.trouble
