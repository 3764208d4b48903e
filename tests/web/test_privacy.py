"""The privacy page in a real browser, on a real hub: by eye, by keyboard, in three languages."""

import asyncio
import re
import threading
import zipfile
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.hubs import CANNED, Running, running
from tests.web.test_accessible import RULES

from lorgnette.core.ids import new_id
from lorgnette.core.outgoing import Parcel
from lorgnette.engines.registry import EngineChoice

pytestmark = pytest.mark.browser

ELSEWHERE = EngineChoice(
    vad=("energy",),
    asr=("openai", "canned"),
    tts=("canned",),
    llm=("openai",),
    settings={
        "asr.openai": {"url": "http://speech.kitchen.local:8000/v1"},
        "llm.openai": {"url": "https://api.example/v1"},
    },
)


class Kept:
    """A hub in a thread of its own, with something kept of its owner."""

    def __init__(self) -> None:
        self.token = ""
        self.wearer = ""
        self._ready = threading.Event()
        self._over: asyncio.Event
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)
        self._thread.start()
        assert self._ready.wait(60)

    async def _live(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        async with running() as self.here:
            self._ready.set()
            await self._over.wait()

    def do(self, work: Callable[[Running], Coroutine[Any, Any, Any]]) -> Any:
        return asyncio.run_coroutine_threadsafe(work(self.here), self._loop).result(60)

    def wear(self, language: str, *, elsewhere: bool = False) -> None:
        """A new owner of whom things are kept; with `elsewhere` requests went out."""

        async def work(here: Running) -> None:
            hub = here.hub
            wearer = await hub.people.add(f"Ada {new_id()}", "owner", language=language)
            self.wearer = wearer.id
            _, self.token = await hub.devices.pair(wearer.id, "test")
            for number in range(3):
                hub.journal.begin(f"{wearer.id}{number}", wearer.id, "d", "en", "hello", typed=True)
                hub.journal.end(f"{wearer.id}{number}", "done", {"stages": []})
            await hub.notes.notes_of(wearer.id).add("the walrus is hungry", bytes(64_000))
            hub.chat.choice = ELSEWHERE if elsewhere else CANNED
            if elsewhere:
                hub.privacy.log.note(Parcel("api.example", "conversation", 4200, "ok", wearer.id))
                hub.privacy.log.note(Parcel("speech.kitchen.local", "speech", 96_000, "refused", wearer.id))
            await hub.store.settle()

        self.do(work)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(20)


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    hub = Kept()
    yield hub
    hub.close()


@pytest.fixture
def show(browser: Browser, kept: Kept) -> Iterator[Callable[..., Page]]:
    contexts = []

    def one(*, token: str | None = None, **options: Any) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"} | options
        )
        contexts.append(context)
        page = context.new_page()
        page.trouble = []
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        address = f"http://127.0.0.1:{kept.here.port}"
        page.goto(f"{address}/icon.svg")
        script = "(token) => localStorage.setItem('lorgnette', JSON.stringify({ token }))"
        page.evaluate(script, kept.token if token is None else token)
        page.goto(f"{address}/privacy.html")
        page.wait_for_selector("#sheet[aria-busy=false]")
        return page

    yield one
    for context in contexts:
        context.close()


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def said(page: Page, words: str, where: str = "#forget .said") -> None:
    """Wait until something begins so. A function: the page's policy allows no evaluated strings."""
    script = "([where, words]) => document.querySelector(where)?.textContent.startsWith(words)"
    page.wait_for_function(script, arg=[where, words])


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_axe_finds_no_fault_and_a_hand_holds_it(show, kept: Kept, language: str) -> None:
    kept.wear(language, elsewhere=True)
    for scheme, width in (("light", 360), ("dark", 1280)):
        page = show(color_scheme=scheme, viewport={"width": width, "height": 740}, reduced_motion="reduce")
        assert page.evaluate("document.documentElement.lang").startswith(language)
        page.check("#forget input[value=notes]")
        page.click("summary")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.click("#forget > button:not([disabled])")
        assert faults(page) == []
        assert page.trouble == []
        # a word of the page that a language lacks would show as its key
        assert page.evaluate("!/\\bp\\.[a-z]/.test(document.body.textContent)")


def test_every_word_of_the_page_is_in_every_language() -> None:
    folder = Path(__file__).parents[2] / "src/lorgnette/web/js"
    keys = {
        language: re.findall(
            r'^  "(p\.[\w.-]+)":', (folder / f"strings/privacy.{language}.js").read_text(), re.MULTILINE
        )
        for language in ("en", "de", "zh")
    }
    assert keys["en"] == keys["de"] == keys["zh"]
    used = set()
    for file in (folder / "privacy").glob("*.js"):
        used |= set(re.findall(r'"(p\.[a-z][\w.-]*[a-z])"', file.read_text()))
    html = (folder.parent / "privacy.html").read_text()
    used |= set(re.findall(r'"(p\.[a-z][\w.-]*)"', html))
    assert used <= set(keys["en"])


def test_who_hears_is_said_first_and_nobody_is_said_plainly(show, kept: Kept) -> None:
    kept.wear("en")
    page = show()
    assert page.text_content("#lead") == "Everything stays on this machine."
    assert "Nothing has left this machine" in page.text_content("#went")
    kept.wear("en", elsewhere=True)
    page = show()
    assert (
        page.text_content("#lead")
        == "Some of what you say and hear leaves your home: it goes to api.example."
    )
    hosts = page.locator("#hears .host")
    assert hosts.locator(".name").all_text_contents() == ["speech.kitchen.local", "api.example"]
    assert "Not encrypted" in hosts.nth(0).text_content()
    assert "Not encrypted" not in hosts.nth(1).text_content()
    assert page.locator("#went tbody tr").count() == 2
    assert "1 failed" in page.locator("#went tbody tr").nth(1).text_content()


def test_notes_are_forgotten_by_typing_the_number_and_the_rest_stays(show, kept: Kept) -> None:
    kept.wear("en")
    page = show()
    button = page.locator("#forget > button")
    assert button.is_disabled()
    page.check("#forget input[value=notes]")
    said(page, "Forget 1 thing", "#forget > button")
    button.click()
    page.keyboard.press("Escape")
    assert not page.is_visible("#sure")
    button.click()
    page.fill("#sure-count", "1")
    said(page, "Forgotten: Notes (1)")
    assert page.evaluate("document.activeElement.className") == "said"
    assert page.locator(".holding[data-name=notes]").count() == 0
    notes = kept.do(lambda here: here.hub.notes.notes_of(kept.wearer).recent())
    assert notes == []
    assert len(kept.do(lambda here: here.hub.journal.turns(kept.wearer))) == 3


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_holding_forgets_and_letting_go_does_not(show, kept: Kept, way: str) -> None:
    kept.wear("en")
    page = show()
    page.evaluate("localStorage.setItem('lorgnette-kept', '[]')")
    page.check("#forget input[value=conversations]")
    page.click("#forget > button:not([disabled])")
    hold = page.locator(".hold")
    hold.focus()
    press, release = (
        (lambda: (hold.hover(), page.mouse.down()), page.mouse.up)
        if way == "mouse"
        else (lambda: page.keyboard.down("Enter"), lambda: page.keyboard.up("Enter"))
    )
    press()
    page.wait_for_timeout(300)
    release()
    page.wait_for_timeout(1200)
    assert len(kept.do(lambda here: here.hub.journal.turns(kept.wearer))) == 3
    press()
    said(page, "Forgotten")
    release()
    assert kept.do(lambda here: here.hub.journal.turns(kept.wearer)) == []
    assert page.evaluate("localStorage.getItem('lorgnette-kept')") is None


def test_shorter_is_chosen_on_the_page_and_holds_at_once(show, kept: Kept) -> None:
    kept.wear("en")
    page = show()
    choices = page.locator("#for-conversations option").all_text_contents()
    assert choices == ["30 days", "14 days", "7 days", "3 days", "1 day", "1 hour at most"]
    page.select_option("#for-conversations", "0")
    said(page, "Done", "#kept-said")
    assert page.evaluate("document.activeElement.id") == "for-conversations"
    assert page.input_value("#for-conversations") == "0"
    assert kept.do(lambda here: here.hub.journal.turns(kept.wearer)) == []


def test_the_export_is_saved_whole(show, kept: Kept, tmp_path: Path) -> None:
    kept.wear("en")
    page = show()
    with page.expect_download() as download:
        page.click("#take button")
    file = tmp_path / "export.zip"
    download.value.save_as(file)
    assert download.value.suggested_filename.startswith("lorgnette-")
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert "walrus" in archive.read("notes/notes.md").decode()
    assert "Saved as" in page.text_content("#take .said")


def test_a_browser_that_is_not_paired_is_told_what_to_do(show, kept: Kept) -> None:
    kept.wear("en")
    for token in ("", "x" * 43):
        page = show(token=token)
        assert "isn’t paired" in page.text_content("#trouble")
        assert not page.is_visible("#parts")


def test_on_paper_there_is_what_is_kept_and_no_button(show, kept: Kept) -> None:
    kept.wear("en", elsewhere=True)
    page = show()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible("#kept")
    assert page.is_visible("#printed")
    assert page.is_visible(".requests")
    assert not page.is_visible("#forget")
    assert not page.is_visible("#close")
