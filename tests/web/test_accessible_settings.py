"""Settings and first steps by axe, by keys alone, with type twice as large and on the narrowest phone."""

import itertools
from collections.abc import Callable

import pytest
from tests.web.conftest import Glasses
from tests.web.fake_hub import FakeHub
from tests.web.test_accessible import faults

pytestmark = pytest.mark.browser

type Make = Callable[..., Glasses]

SECTIONS = ("device", "speech", "reading", "me", "messages", "errands", "places", "consents", "devices")
SECTIONS += ("outside", "people", "about")
TABBED = """(() => {
  const e = document.activeElement;
  const shown = [e, e.nextElementSibling].filter(Boolean).map((x) => getComputedStyle(x));
  const ring = e.type === 'range' || shown.some((s) => s.outlineStyle !== 'none');
  const box = (e.closest('label') ?? e).getBoundingClientRect();
  return { at: [...document.querySelectorAll('*')].indexOf(e), inside: Boolean(e.closest('dialog[open]')),
    ring, seen: box.bottom > 0 && box.top < innerHeight,
    what: e === document.body ? 'body' :
      e.id || e.value || e.textContent.trim() || e.getAttribute('aria-label') || e.localName };
})()"""
STOPS = """[...document.querySelectorAll('dialog[open] :is(button, input, select, summary, a[href])')]
  .filter((e) => e.checkVisibility() && !e.disabled
    && !(e.type === 'radio' && !e.checked && e.closest('fieldset')?.querySelector(':checked'))).length"""
LOST = """[...document.querySelectorAll('dialog[open] *')]
  .filter((e) => e.checkVisibility() && !e.closest('svg') && e.getClientRects().length)
  .filter((e) => {
    const r = e.getBoundingClientRect();
    const hidden = getComputedStyle(e).overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1;
    return r.right > innerWidth + 1 || r.left < -1 || (hidden && !e.matches('dialog, select'));
  }).map((e) => `${e.localName}.${e.className} ${e.textContent.slice(0, 40)}`)"""


def sections(one: Glasses) -> list[str]:
    """Every section of the open settings, one after the other."""
    if not one.js("document.querySelector('#settings').open"):
        one.page.click("#settings-open")
    one.wait(f"document.querySelectorAll('.settings-nav button').length === {len(SECTIONS)}")
    return list(SECTIONS)


def show(one: Glasses, name: str) -> None:
    if not one.page.is_visible(".settings-nav"):
        one.page.click(".settings-head button >> nth=0")
    one.page.click(f"[data-section={name}]")
    if name == "devices":
        one.page.click(".pairing-code button")
        one.wait("document.querySelector('.qr')")
    for summary in one.page.locator(".entry summary").all():
        summary.click()


WAYS = list(itertools.product(("en", "de", "zh"), ("everyday", "ar"), ("light", "dark")))


@pytest.mark.parametrize(("turn", "language", "form", "scheme"), [(n, *way) for n, way in enumerate(WAYS)])
def test_axe_finds_no_fault_in_settings_and_first_steps(
    make: Make, hub: FakeHub, turn: int, language: str, form: str, scheme: str
) -> None:
    """A quarter of the views each time, so that every view is seen in every language, form and scheme."""
    hub.language = language
    hub.household.me |= {"quiet": {"from": "22:00", "until": "07:00", "days": []}, "shareable": True}
    phone = form == "ar"  # a phone for one form, a desk for the other
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 800}
    one = make(color_scheme=scheme, reduced_motion="reduce", locale=language, viewport=size).open()
    one.page.click(f"#forms label:has(input[value={form}])")
    for name in sections(one)[turn % 4 :: 4]:
        show(one, name)
        assert faults(one, "#settings") == [], name
    one.page.keyboard.press("Escape")
    one.js("document.querySelector('#settings').close()")
    one.js("lorgnette.begin.open()")
    one.wait("document.querySelector('#begin').open")
    for _ in range(turn % 4):
        one.page.click(".go")
    assert faults(one, "#begin") == []


@pytest.mark.parametrize("width", [390, 1280])
def test_every_setting_is_reached_by_tab_in_order_and_seen(make: Make, width: int) -> None:
    one = make(viewport={"width": width, "height": 800}).open()
    for name in sections(one):
        show(one, name)
        one.page.focus("#settings-title")
        stops, walked, last = one.js(STOPS), [], -1
        for _ in range(stops):
            one.page.keyboard.press("Tab")
            here = one.js(TABBED)
            if here["what"] == "body" or here["at"] < last:
                break  # round by way of the browser's own bar
            assert here["inside"], (name, here)
            assert here["ring"], f"{name}: no visible focus on {here['what']}"
            assert here["seen"], f"{name}: {here['what']} is out of sight"
            last = here["at"]
            walked.append(here["what"])
        assert len(walked) >= stops - 1, (name, walked, stops)


@pytest.mark.parametrize("language", ["en", "de", "zh"])
@pytest.mark.parametrize("narrow", [True, False])
def test_twice_the_type_and_the_narrowest_phone_lose_nothing(
    make: Make, hub: FakeHub, language: str, narrow: bool
) -> None:
    hub.language = language
    size = {"width": 320, "height": 640} if narrow else {"width": 1280, "height": 800}
    one = make(viewport=size, locale=language).open()
    if not narrow:
        one.js("document.documentElement.style.setProperty('--size', '2')")
    for name in sections(one):
        show(one, name)
        assert one.js(LOST) == [], name
    one.js("document.querySelector('#settings').close()")
    one.js("lorgnette.begin.open()")
    for step in range(4):
        one.wait("document.querySelector('#begin').open")
        assert one.js(LOST) == [], step
        one.page.click(".go")
    assert one.js("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_is_announced_over_and_over(glasses: Glasses, hub: FakeHub) -> None:
    glasses.js(
        """window.said = []; for (const e of document.querySelectorAll('[role=status], [aria-live=polite]'))
          new MutationObserver(() => e.textContent && said.push(e.id || e.className))
            .observe(e, { childList: true, subtree: true, characterData: true })"""
    )
    hub.down()
    glasses.wait("document.querySelector('#status').dataset.status === 'offline'", 8)
    glasses.page.wait_for_timeout(2500)  # several more tries to connect
    hub.up()
    glasses.wait("document.querySelector('#status').dataset.status === 'online'", 12)
    told = glasses.js("said.filter((name) => name === 'status').length")
    assert told == 2, "once that it is away, once that it is back"
