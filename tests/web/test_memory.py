"""The memory page in a real browser, on a real hub: told, searched, corrected, forgotten."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.web.real_hub import RealHub
from tests.web.test_accessible import RULES

from lorgnette.core.ids import new_id
from lorgnette.core.taint import Source
from lorgnette.sdk import Facts

pytestmark = pytest.mark.browser

TOLD = {
    "en": ["my locker code is 4711", "the keys are in the blue bowl"],
    "de": ["mein Spindcode ist 4711", "die Schlüssel liegen in der blauen Schale"],
    "zh": ["我的储物柜密码是4711", "钥匙在蓝色的碗里"],
}


@pytest.fixture(scope="module")
def hub() -> Iterator[RealHub]:
    with RealHub() as real:
        yield real


@pytest.fixture
def show(browser: Browser, hub: RealHub) -> Iterator[Any]:
    """A page of somebody new who speaks `language` and of whom something is remembered."""
    contexts = []

    async def live(language: str) -> str:
        here = hub.here.hub
        wearer = await here.people.add(f"Ada {new_id()}", "wearer", language=language)
        facts = here._bound[Facts](wearer.id)
        for text in TOLD[language]:
            await facts.remember(text, language)
        signal = frozenset({Source("message", "Signal")})
        await facts.remember("the party is at Ben's", "en", taint=signal)
        return (await here.devices.pair(wearer.id, "test"))[1]

    def one(language: str = "en", **options: Any) -> Page:
        token = hub.call(live(language))
        size = {"viewport": {"width": 1280, "height": 900}}
        context = browser.new_context(**{**size, "accept_downloads": True, **options})
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{hub.url}icon.svg")
        page.evaluate("(token) => localStorage.setItem('lorgnette', JSON.stringify({ token }))", token)
        page.goto(f"{hub.url}memory.html")
        page.wait_for_selector("#sheet[aria-busy=false]")
        return page

    yield one
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", TOLD)
def test_axe_finds_no_fault_and_a_hand_holds_it(show, language: str) -> None:
    for scheme, width in (("light", 360), ("dark", 1280)):
        options = {"color_scheme": scheme, "viewport": {"width": width, "height": 740}}
        page = show(language, reduced_motion="reduce", **options)
        assert page.evaluate("document.documentElement.lang").startswith(language)
        page.click(".fact >> nth=1 >> button >> nth=0")
        page.click(".fact >> nth=0 >> button >> nth=1")
        page.wait_for_selector("[data-gone]")
        found = Axe().run(page, options=RULES).response["violations"]
        assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("!/\\bm\\.[a-z]/.test(document.body.textContent)")


def test_what_is_remembered_is_told_found_corrected_and_forgotten(show) -> None:
    page = show()
    assert page.text_content("#lead") == "The hub remembers 3 things for you."
    assert page.locator(".mark.others").all_text_contents() == ["from Signal"]
    assert page.locator(".mark:not(.others)").all_text_contents() == ["private"]
    page.fill("#new", "Tom is my boss")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fact >> text=Tom is my boss")
    page.fill("#search", "keys")
    page.wait_for_function("() => document.querySelectorAll('.fact').length === 1")
    page.click("text=The keys are in the blue bowl >> xpath=.. >> button >> nth=0")
    page.keyboard.press("Control+a")
    page.keyboard.type("the keys are in the drawer")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fact >> text=The keys are in the drawer")
    page.click(".fact >> button >> nth=1")
    page.click("text=Undo")
    page.wait_for_function("() => !document.querySelector('[data-gone]')")
    with page.expect_response(lambda answer: answer.request.method in {"PUT", "PATCH"}):
        page.uncheck("#wish-facts")  # and the hub knows of it before something is to be remembered
    page.wait_for_function("() => !document.querySelector('#wish-facts').checked")
    page.fill("#new", "one more")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#facts-said').textContent !== ''")
    with page.expect_download() as download:
        page.click("#take")
    taken = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert {fact["text"] for fact in taken["facts"]} >= {"the keys are in the drawer", "Tom is my boss"}
    assert any(fact["replaced"] for fact in taken["facts"]), "with its history"


def test_every_word_of_the_page_is_in_every_language() -> None:
    folder = Path(__file__).parents[2] / "src/lorgnette/web/js"
    keys = {
        language: re.findall(
            r'^  "(m\.[\w.-]+)":', (folder / f"strings/memory.{language}.js").read_text("utf-8"), re.MULTILINE
        )
        for language in TOLD
    }
    assert keys["en"] == keys["de"] == keys["zh"]
    used: set[str] = set()
    for file in (*(folder / "memory").glob("*.js"), folder.parent / "memory.html"):
        used |= set(re.findall(r'"(m\.[a-z][\w.-]*[a-z])"', file.read_text("utf-8")))
    assert used <= set(keys["en"])
