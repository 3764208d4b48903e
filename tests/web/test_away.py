"""A hub that goes away, a page that sleeps, two windows, a new version: what one notices of it."""

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.web.conftest import Glasses
from tests.web.fake_hub import FIRST_TOKEN, FakeHub, scenes

from lorgnette.core import events

pytestmark = pytest.mark.browser

type Make = Callable[..., Glasses]

PLACES = """JSON.stringify(['.composer', '#scroll', '.head', '#stage', '#shelf', '.turn'].map((name) => {
  const { x, y, width, height } = document.querySelector(name).getBoundingClientRect();
  return [name, x, y, width, height];
}))"""


def test_a_killed_hub_moves_nothing_and_costs_no_word(glasses: Glasses, hub: FakeHub) -> None:
    hub.sentence_seconds = 0.1
    hub.answering = False
    glasses.type("set a timer for five minutes")
    glasses.event("type === 'turn'")
    glasses.wait("document.querySelector('#shelf').checkVisibility()")
    glasses.wait("!document.querySelector('.leaving')")
    glasses.page.fill("#say", "half a sen")
    before = glasses.js(PLACES)
    glasses.js(
        """window.marks = []; new MutationObserver(() => marks.push(
          [performance.now(), document.querySelector('#status').dataset.status]
        )).observe(document.querySelector('#status'), { attributes: true })"""
    )
    cut = glasses.js("performance.now()")
    hub.down()
    glasses.wait("lorgnette.state.connection !== 'online'")
    assert glasses.js(PLACES) == before
    glasses.wait("marks.length", 6)
    first = glasses.js("marks[0]")
    assert first[1] == "offline"
    assert first[0] - cut >= 1900, "a connection that is back within two seconds was never away"
    assert glasses.js(PLACES) == before
    glasses.js("lorgnette.glasses.type('what time is it')")
    glasses.wait("document.body.innerText.includes('Goes out as soon as the hub is back')")
    hub.up()
    glasses.wait("lorgnette.state.connection === 'online'", 12)
    glasses.wait(lambda: [one.text for one in hub.of(events.Typed)][1:] == ["what time is it"])
    glasses.wait("!document.body.innerText.includes('Goes out as soon')")
    assert glasses.page.input_value("#say") == "half a sen"
    assert glasses.js("lorgnette.state.turns.filter((t) => t.typed).length") == 2, "said once, seen once"


def test_a_cut_of_a_second_is_not_seen_and_no_sound_of_it_is_lost(glasses: Glasses, hub: FakeHub) -> None:
    hub.answering = False
    glasses.js("lorgnette.glasses.listen()")
    glasses.wait(lambda: len(hub.mic) > 20)
    glasses.js(
        """window.marks = []; new MutationObserver(() => marks.push(1))
          .observe(document.querySelector('#status'), { attributes: true, childList: true, subtree: true })"""
    )
    hub.down()
    glasses.page.wait_for_timeout(700)
    hub.up()
    glasses.wait("lorgnette.state.connection === 'online'")
    resumed = len(hub.mic)
    glasses.wait(lambda: len(hub.mic) > resumed + 60)
    sequence = [seq for seq, _, _ in hub.mic]
    assert sequence == list(range(1, len(sequence) + 1)), "every frame once, in order"
    times = [at for _, _, at in hub.mic]
    steps = [b - a for a, b in itertools.pairwise(times)]
    assert max(steps) < 60_000, "no hole in the sound"
    assert glasses.js("marks.length") == 0
    assert glasses.state["listening"]


def test_what_stands_on_the_shelf_stays_while_the_hub_begins_anew(glasses: Glasses, hub: FakeHub) -> None:
    timer, other = list(scenes())[1:3]
    hub.tell(timer, other)
    glasses.wait("document.querySelectorAll('.card').length === 2")
    glasses.js(
        """window.least = 9; new MutationObserver(() => {
          least = Math.min(least, document.querySelectorAll('.card').length);
        }).observe(document.querySelector('#shelf'), { childList: true })"""
    )
    hub.down(forget=True)
    hub.up()
    glasses.wait("lorgnette.events.filter((e) => e.type === 'welcome').length === 2")
    hub.tell(timer)
    glasses.wait("document.querySelectorAll('.card').length === 1")
    assert glasses.js("least") == 1, "the timer was there all the time"
    assert glasses.state["scenes"][0]["id"] == timer.id


def test_words_that_may_not_have_arrived_come_back_into_the_field(glasses: Glasses, hub: FakeHub) -> None:
    glasses.js("void (window.send = WebSocket.prototype.send, WebSocket.prototype.send = () => {})")
    glasses.type("buy milk")  # into a way that swallows everything
    assert glasses.page.input_value("#say") == ""
    glasses.js("void (WebSocket.prototype.send = window.send)")
    hub.down(forget=True)
    hub.up()
    glasses.wait("lorgnette.state.connection === 'online'", 12)
    glasses.wait("document.querySelector('#say').value === 'buy milk'")
    assert not hub.of(events.Typed)
    assert glasses.page.is_visible("text=may not have got this")


def test_a_page_that_slept_finds_out_within_seconds_that_its_socket_is_dead(
    glasses: Glasses, hub: FakeHub
) -> None:
    glasses.page.click("#settings-open")
    glasses.js(
        """void (window.send = WebSocket.prototype.send, WebSocket.prototype.send = function (data) {
          window.dead ??= this;
          if (this !== window.dead) window.send.call(this, data);
        })"""
    )
    mark = glasses.js("performance.now()")
    glasses.js("document.dispatchEvent(new Event('visibilitychange'))")
    glasses.wait(f"lorgnette.events.some((e) => e.type === 'welcome' && e.at > {mark})", 6)
    assert glasses.page.is_visible("#settings"), "what was open still is"


def test_the_second_window_takes_over_and_the_first_can_take_back(
    browser: Browser, glasses: Glasses, hub: FakeHub
) -> None:
    glasses.js("lorgnette.glasses.listen()")
    glasses.wait("lorgnette.state.listening")
    second = Glasses(glasses.page.context.new_page(), hub)
    second.open(hash="")
    glasses.wait("lorgnette.state.connection === 'replaced'")
    assert not glasses.state["listening"]
    glasses.wait("!document.querySelector('#messages').textContent.includes('reload')")
    assert glasses.page.is_visible("text=These glasses are open in another window now.")
    second.type("set a timer for five minutes")
    second.event("type === 'turn'")
    glasses.page.wait_for_timeout(300)
    assert glasses.state["connection"] == "replaced", "they don't take it from each other"
    glasses.page.click("text=Use them here")
    glasses.wait("lorgnette.state.connection === 'online'")
    second.wait("lorgnette.state.connection === 'replaced'")
    assert not glasses.page.is_visible("text=These glasses are open in another window now.")
    glasses.type("set a timer for five minutes")
    glasses.event("type === 'turn'")


@pytest.fixture
def upgradable(tmp_path: Path, hub: FakeHub) -> Path:
    """The hub serves a copy of the page that a test may change; gives the copy."""
    folder = tmp_path / "web"
    shutil.copytree(hub.web, folder)
    hub.down()
    hub.web = folder
    hub.up()
    return folder


def kept_shell(one: Glasses) -> None:
    one.page.goto(f"{one.hub.url}#first={FIRST_TOKEN}")
    one.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    one.wait("lorgnette.state.connection === 'online'")
    one.page.keyboard.press("Escape")


def test_the_page_opens_without_the_hub_and_finds_it_again(make: Make, hub: FakeHub) -> None:
    one = make(locale="de")
    kept_shell(one)
    one.type("stell einen Timer")
    one.event("type === 'turn'")
    hub.down()
    one.page.goto(hub.url)
    one.wait("window.lorgnette && document.querySelector('#status').dataset.status === 'offline'")
    assert one.page.is_visible("text=Der Hub ist gerade nicht erreichbar.")
    assert not one.page.is_visible("#talk .turn"), "nothing said stays here unless it is wanted"
    one.page.fill("#say", "wie spät ist es")
    one.page.reload()
    one.wait("window.lorgnette")
    assert one.page.input_value("#say") == "wie spät ist es"
    one.page.keyboard.press("Escape")
    one.page.focus("#say")
    one.page.keyboard.press("Enter")
    hub.up()
    one.wait("lorgnette.state.connection === 'online'", 12)
    one.wait(lambda: [typed.text for typed in hub.of(events.Typed)][-1] == "wie spät ist es")
    assert [t for t in one.trouble if "ERR_CONNECTION" not in t and "WebSocket" not in t] == []


def test_the_last_conversation_stays_only_where_it_is_wanted(make: Make, hub: FakeHub) -> None:
    one = make()
    kept_shell(one)
    one.page.click("#settings-open")
    one.page.click(".check:has(#set-keep)")
    one.page.keyboard.press("Escape")
    one.type("set a timer for five minutes")
    one.event("type === 'turn'")
    hub.down()
    one.page.goto(hub.url)
    one.wait("document.querySelectorAll('#talk .turn').length === 1")
    assert "Timer, five minutes." in one.page.inner_text("#talk")
    hub.up()  # and its journal has forgotten it
    one.wait("window.lorgnette && lorgnette.state.connection === 'online'", 12)
    one.wait("document.querySelectorAll('#talk .turn').length === 0")
    assert "Timer" not in one.js("localStorage.getItem('lorgnette-kept') ?? ''")
    one.type("set a timer for five minutes")
    one.event("type === 'turn'")
    one.wait("(localStorage.getItem('lorgnette-kept') ?? '').includes('Timer')")
    one.page.click("#settings-open")
    one.page.click(".check:has(#set-keep)")
    assert one.js("localStorage.getItem('lorgnette-kept')") is None


def test_a_new_version_is_taken_whole_and_typed_words_outlive_it(
    make: Make, hub: FakeHub, upgradable: Path
) -> None:
    one = make()
    kept_shell(one)
    assert one.js("[...document.querySelectorAll('#temple')].length") == 1
    page, script = upgradable / "index.html", upgradable / "js" / "draft.js"
    page.write_text(page.read_text(encoding="utf-8").replace('id="page"', 'id="page" data-new="1"'), "utf-8")
    script.write_text(script.read_text(encoding="utf-8") + "window.newDraft = true;\n", "utf-8")
    one.page.reload()
    one.wait("window.lorgnette")
    state = one.js("[document.querySelector('#page').dataset.new ?? '', window.newDraft ?? '']")
    assert state in (["", ""], ["1", True]), "never one file of one version and another of the next"
    one.wait("navigator.serviceWorker.getRegistration().then((r) => Boolean(r.waiting) || window.newDraft)")
    one.page.fill("#say", "half a sen")
    one.page.reload()
    one.page.wait_for_selector("#page[data-new]", state="attached")
    one.wait("window.lorgnette && window.newDraft")
    assert one.page.input_value("#say") == "half a sen"


def test_half_a_new_version_is_not_taken(make: Make, hub: FakeHub, upgradable: Path) -> None:
    one = make()
    kept_shell(one)
    script = upgradable / "js" / "draft.js"
    hub.lies.add("/js/wire.js")  # what a hub does that is exchanged while the page fetches
    script.write_text(script.read_text(encoding="utf-8") + "window.newDraft = true;\n", "utf-8")
    one.js("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    one.wait("navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting)")
    one.page.reload()
    one.wait("window.lorgnette && lorgnette.state.connection === 'online'")
    assert not one.js("window.newDraft ?? false")
    one.wait("caches.keys().then((keys) => keys.length === 1)")


@pytest.mark.parametrize("form", ["everyday", "ar"])
def test_in_a_hand_the_mark_stands_in_the_stage_and_covers_nothing(
    make: Make, hub: FakeHub, form: str
) -> None:
    hub.language = "de"
    one = make(viewport={"width": 320, "height": 640}, locale="de").open()
    one.page.click(f"#forms label:has(input[value={form}])")
    one.wait("lorgnette.state.connection === 'online'")
    hub.down()
    one.wait("document.querySelector('#stage').hasAttribute('data-away')", 8)
    assert one.page.inner_text("#state") == "Sucht den Hub"
    boxes = one.js(
        """['#forms', '#status', '#settings-open'].map((name) => {
          const { left, right } = document.querySelector(name).getBoundingClientRect();
          return [left, right];
        })"""
    )
    assert all(a[1] <= b[0] + 1 for a, b in itertools.pairwise(boxes)), boxes
    hub.up()
