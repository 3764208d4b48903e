"""The page and a real hub that is killed under it: it opens all the same, waits, and goes on."""

import pytest
from playwright.sync_api import Page
from tests.e2e.household import Household
from tests.e2e.test_glasses import event, household, model, page, type_, wait

pytestmark = pytest.mark.browser

__all__ = ["household", "model", "page"]


def test_a_page_outlives_its_hub(household: Household, page: Page) -> None:
    page.goto(household.start())
    wait(page, "window.lorgnette && lorgnette.state.connection === 'online'")
    wait(page, "document.querySelector('#begin').open")
    page.click("#begin .go")
    page.click("#begin >> text=Hear the hub")
    wait(
        page, "lorgnette.meter.sounded > 0 || document.querySelector('#begin').textContent.includes('rising')"
    )
    event(page, "type === 'earcon' && e.name === 'connect'")
    page.keyboard.press("Escape")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.click("#settings-open")
    page.click("[data-section=me]")
    page.fill("#set-name", "Kim")
    page.keyboard.press("Enter")
    wait(page, "document.querySelector('#who').textContent === 'Kim'")
    page.keyboard.press("Escape")

    page.fill("#say", "what ti")
    household.kill()
    wait(page, "document.querySelector('#status').dataset.status === 'offline'")
    page.reload()
    wait(page, "window.lorgnette")
    assert page.input_value("#say") == "what ti", "typed words outlive hub and reload"
    type_(page, "what time is it")
    household.start()
    turn = event(page, "type === 'turn'")
    assert turn["transcript"] == "what time is it"
    wait(page, "document.querySelector('#who').textContent === 'Kim'")
    assert page.evaluate("lorgnette.state.turns.filter((t) => t.words === 'what time is it').length") == 1
    assert not page.trouble
