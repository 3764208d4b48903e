"""The first minutes: four steps by mouse, by keys, with and without a microphone."""

from collections.abc import Callable

import pytest
from tests.web.conftest import Glasses, Modules
from tests.web.fake_hub import FakeHub

from lorgnette.core import events

pytestmark = pytest.mark.browser

type Make = Callable[..., Glasses]


def begun(make: Make, **options: object) -> Glasses:
    """Just paired: the first step is open."""
    one = make(**({"service_workers": "block"} | options))
    one.open(query="")
    one.wait("document.querySelector('#begin').open")
    return one


def test_all_four_steps_by_keys_alone(make: Make, hub: FakeHub) -> None:
    one = begun(make, permissions=["microphone"])
    keys = one.page.keyboard
    title = "document.querySelector('#begin-title').textContent"
    assert one.js("document.activeElement.id") == "begin-title"
    one.page.focus("#set-name")
    keys.press("Control+a")
    keys.type("Alexandra")
    keys.press("Enter")
    one.wait(lambda: hub.household.me["name"] == "Alexandra")
    one.wait(f"{title}.startsWith('Can we')")
    keys.press("Tab")
    keys.press("Enter")  # the microphone: the composed one says something within a second
    one.wait("document.querySelector('.meter[data-heard]')")
    assert not hub.of(events.ListenStart), "nothing of the check is sent"
    assert not hub.mic
    keys.press("Tab")
    keys.press("Enter")
    one.wait(lambda: hub.household.chimes == 1)
    one.page.get_by_role("button", name="Yes").press("Enter")
    one.page.focus(".go")
    keys.press("Enter")
    one.wait(f"{title}.startsWith('How do')")
    one.page.focus("#begin [name=set-form]:checked")
    keys.press("ArrowRight")
    one.wait("lorgnette.state.form === 'ar'")
    one.page.focus(".go")
    keys.press("Enter")
    one.wait("document.querySelectorAll('.examples li').length === 3")
    one.page.focus(".examples button")
    keys.press("Enter")
    one.wait("document.querySelector('.tried .answer')?.textContent === 'Timer, five minutes.'")
    one.page.focus(".go")
    keys.press("Enter")
    one.wait("!document.querySelector('#begin').open")
    one.page.reload()
    one.wait("window.lorgnette && lorgnette.state.connection === 'online'")
    assert not one.js("document.querySelector('#begin').open"), "once is enough"
    assert not one.trouble


def test_it_is_skipped_with_one_key_and_opened_again_from_the_settings(make: Make) -> None:
    one = begun(make)
    one.page.keyboard.press("Escape")
    one.wait("!document.querySelector('#begin').open")
    one.page.click("#settings-open")
    one.page.click("text=First steps again")
    one.wait("document.querySelector('#begin').open && !document.querySelector('#settings').open")
    one.page.click("#begin >> text=Skip")
    one.wait("!document.querySelector('#begin').open")


def test_a_microphone_that_is_not_given_is_explained(make: Make) -> None:
    one = make(service_workers="block")
    one.page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => {"
        " throw new DOMException('', 'NotAllowedError'); };"
    )
    one.open(query="")
    one.page.click(".go")
    one.page.click("text=Check the microphone")
    one.wait("document.querySelector('#begin').textContent.includes('left of the address')")
    one.js(
        "void (navigator.mediaDevices.getUserMedia = async () => {"
        " throw new DOMException('', 'NotFoundError'); })"
    )
    one.page.click("text=Check the microphone")
    one.wait("document.querySelector('#begin').textContent.includes('no microphone here')")
    one.page.click(".go")
    assert one.page.is_visible("text=How do you wear them?"), "it isn't in the way"


@pytest.mark.parametrize(("language", "word"), [("de", "Hallo."), ("zh", "你好。")])
def test_it_speaks_the_browsers_language_and_offers_what_one_says_in_it(
    make: Make, hub: FakeHub, language: str, word: str
) -> None:
    hub.language = language
    one = begun(make, locale=language)
    assert one.page.inner_text("#begin-title") == word
    for _ in range(3):
        one.page.click(".go")
    one.wait("document.querySelectorAll('.examples li').length === 3")
    asked = [path for _, path, _ in hub.household.requests]
    assert "/v1/examples" in asked
    first = one.page.inner_text(".examples button >> nth=0")
    assert (
        first == {"de": "„Stell einen Timer auf fünf Minuten.“", "zh": "“设一个五分钟的计时器。”"}[language]
    )


def test_without_the_hub_nothing_of_it_breaks(make: Make, hub: FakeHub) -> None:
    one = begun(make)
    hub.down()
    one.page.click(".go")
    one.page.click("text=Hear the hub")
    one.wait("document.querySelector('#begin').textContent.includes('doesn’t answer')")
    one.page.click(".go")
    one.page.click(".go")
    assert one.page.is_visible("text=Set a timer for five minutes.")
    one.page.click(".go")
    one.wait("!document.querySelector('#begin').open")
    hub.up()


def test_zones_whose_clocks_tell_the_same_are_not_worth_a_question(modules: Modules) -> None:
    body = """
        const { sameClock, town } = await import("/js/settings/me.js");
        return [sameClock("Etc/UTC", "UTC"), sameClock("Europe/Berlin", "Europe/Vienna"),
                sameClock("Europe/Berlin", "Europe/Helsinki"), sameClock("Europe/London", "UTC"),
                sameClock("Nowhere/Else", "UTC"), town("America/New_York")];
    """
    assert modules(body) == [True, True, False, False, False, "New York"]
