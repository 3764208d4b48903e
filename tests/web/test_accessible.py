"""The page by keyboard, by screen reader, in a hand, and without motion."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.web.conftest import Glasses
from tests.web.fake_hub import FakeHub, scenes

from lorgnette.core import events

pytestmark = pytest.mark.browser

type Make = Callable[..., Glasses]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(glasses: Glasses, part: str | None = None) -> list[str]:
    """What axe-core finds on the page, or in a part of it."""
    found = Axe().run(glasses.page, context=part, options=RULES).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0]['failureSummary'][:300]}"
        for one in found
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "form"), [("en", "everyday"), ("de", "ar"), ("zh", "everyday")])
def test_axe_finds_no_fault_in_any_state(
    make: Make, hub: FakeHub, scheme: str, language: str, form: str
) -> None:
    hub.language = language
    hub.sentence_seconds = 0.2
    one = make(color_scheme=scheme, reduced_motion="reduce", locale=language)
    one.page.goto(hub.url)
    assert faults(one) == []
    one.open()
    one.page.click(f"#forms label:has(input[value={form}])")
    assert faults(one) == []
    one.type("set a timer for five minutes")
    one.event("type === 'turn'")
    hub.tell(*scenes(), events.Notice("A model is missing."))
    one.page.click(".strip")
    one.wait("document.querySelectorAll('.card').length > 5")
    assert faults(one) == []


def test_every_control_is_reached_by_tab_and_shows_its_focus(glasses: Glasses) -> None:
    seen: list[str] = []
    glasses.js("document.activeElement.blur()")
    for _ in range(40):
        glasses.page.keyboard.press("Tab")
        name, ring = glasses.js(
            """(() => {
              const e = document.activeElement;
              const near = [e, e.nextElementSibling, e.parentElement].filter(Boolean).map((x) =>
                getComputedStyle(x));
              const ring = e.type === 'range'
                || near.some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none');
              return [e.id || e.className.baseVal || e.value || e.textContent.trim(), ring];
            })()"""
        )
        if name in seen or glasses.js("document.activeElement === document.body"):
            break
        seen.append(name)
        assert ring, f"no visible focus on {name}"
    for wanted in (
        "everyday",
        "temple",
        "Nod",
        "Shake",
        "Picture",
        "dial",
        "pad",
        "settings-open",
        "say",
        "mic",
    ):
        assert wanted in seen, (wanted, seen)


def test_space_talks_and_escape_stops_from_anywhere(glasses: Glasses, hub: FakeHub) -> None:
    hub.answering = False
    glasses.js("document.activeElement.blur()")
    glasses.page.keyboard.down("Space")
    glasses.wait("lorgnette.state.listening")
    glasses.wait(lambda: len(hub.mic) > 5)
    glasses.page.keyboard.up("Space")
    glasses.wait("!lorgnette.state.listening")
    glasses.wait(lambda: hub.of(events.ListenStop))
    hub.answering = True
    glasses.type("long story")
    glasses.event("type === 'sentence'")
    glasses.page.keyboard.press("Escape")
    glasses.event("type === 'speech.end' && e.reason === 'stopped'")


def test_the_temple_swipes_and_taps_by_keys(glasses: Glasses, hub: FakeHub) -> None:
    hub.answering = False
    glasses.page.focus("#temple")
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        glasses.page.keyboard.press(key)
    glasses.page.keyboard.press("Enter")
    glasses.wait("lorgnette.state.listening")
    assert [touch.gesture for touch in hub.of(events.Touch)] == [
        "swipe_forward",
        "swipe_back",
        "swipe_up",
        "swipe_down",
    ]


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_in_a_hand_everything_fits_and_is_large_enough_to_touch(
    make: Make, hub: FakeHub, language: str
) -> None:
    hub.language = language
    hub.sentence_seconds = 0.2
    one = make(viewport={"width": 360, "height": 740}, locale=language, has_touch=True).open()
    one.type("x")
    one.event("type === 'turn'")
    hub.tell(*scenes())
    one.page.click("#controls-open")
    wide = one.js("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    small = one.js(
        """[...document.querySelectorAll('button, input, [role=button], [role=slider], a[href]')]
          .filter((e) => e.checkVisibility() && !e.closest('label') && !e.matches('.skip'))
          .map((e) => [e.id || e.className.baseVal || e.className, e.getBoundingClientRect()])
          .filter(([, r]) => r.width && (r.height < 43.5 || r.width < 43.5))
          .map(([name, r]) => `${name} ${r.width}x${r.height}`)"""
    )
    assert small == []
    outside = one.js(
        """[...document.querySelectorAll('#controls *')].filter((e) => e.checkVisibility())
          .map((e) => [e.className.baseVal ?? e.className, e.getBoundingClientRect()])
          .filter(([, r]) => r.width && (r.right > innerWidth + 1 || r.left < -1))
          .map(([name]) => name)"""
    )
    assert outside == []


def test_captions_only_is_silent_and_shows_the_words(glasses: Glasses, hub: FakeHub) -> None:
    glasses.page.click("#settings-open")
    glasses.page.click("[data-section=speech]")
    glasses.page.click("[data-setting=output] label:nth-child(2)")
    glasses.page.keyboard.press("Escape")
    glasses.type("set a timer for five minutes")
    glasses.wait("document.querySelector('#caption').textContent === 'Timer, five minutes.'")
    assert glasses.page.is_visible("#caption")
    glasses.wait(lambda: hub.of(events.Played))
    assert glasses.js("lorgnette.meter.lastSoundAt") == 0


def test_without_wish_for_motion_nothing_moves(make: Make) -> None:
    one = make(reduced_motion="reduce").open()
    one.js("document.querySelector('#stage').dataset.state = 'thinking'")
    assert one.js("getComputedStyle(document.querySelector('.halo')).animationName") == "none"
