"""A phone at home: `up --lan` in its own process, and a real browser that comes by HTTPS and by `/trust`."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright
from tests.e2e.household import Household, free_port

pytestmark = pytest.mark.browser

ADDRESS = "127.0.0.2"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Household]:
    home = Household(
        tmp_path_factory.mktemp("home"),
        "network.lan=true",
        f"network.addresses={ADDRESS}",
        f"network.trust_port={free_port()}",
        "network.announce=false",
        "wearer.language=en",
    )
    home.start()
    yield home
    home.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, headless=True, args=["--no-sandbox"])
        yield started
        started.close()


def test_a_browser_pairs_by_the_printed_address_and_is_answered(
    household: Household, browser: Browser
) -> None:
    # The authority isn't in this browser's own store; that the chain holds is said in tests/lan.
    page = browser.new_context(ignore_https_errors=True).new_page()
    url = str(household.ready["lan"]["url"])
    assert url.startswith(f"https://{ADDRESS}:{household.port}/#first=")
    page.goto(url.replace("/#", "/?test=hub#"))
    page.wait_for_selector("#say")
    assert page.evaluate("isSecureContext")
    page.fill("#say", "what time is it")
    page.keyboard.press("Enter")
    page.wait_for_selector("#talk li >> text=It’s", timeout=20_000)
    code = json.loads(household.command("pair", "--json").stdout)
    assert code["url"] == f"https://{ADDRESS}:{household.port}/#first={code['code']}"
    assert code["fingerprint"] == household.ready["lan"]["fingerprint"]
    other = browser.new_context(ignore_https_errors=True).new_page()
    other.goto(code["url"].replace("/#", "/?test=hub#"))
    other.wait_for_selector("#say")


def test_the_trust_page_is_walked_by_keyboard_without_a_script(
    household: Household, browser: Browser
) -> None:
    lan = household.ready["lan"]
    page = browser.new_context(java_script_enabled=False, locale="de-DE", accept_downloads=True).new_page()
    page.goto(lan["trust"])
    assert page.title() == "Diesem Hub vertrauen – Lorgnette"
    walked = []
    for _ in range(11):
        page.keyboard.press("Tab")
        walked.append(page.locator(":focus").inner_text().strip())
    assert walked[:5] == ["Zu den Schritten", "Deutsch", "English", "中文", "Zertifikat herunterladen"]
    assert walked[5:10] == ["Android", "iPhone und iPad", "Windows", "macOS", "Linux, und Firefox überall"]
    assert walked[10].startswith("Lorgnette unter https://")
    assert page.locator("details[open] summary").all_inner_texts() == ["Linux, und Firefox überall"]
    page.locator("summary", has_text="iPhone").focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 2
    with page.expect_download() as download:
        page.locator(".go").focus()
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "lorgnette-ca.crt"
    assert "BEGIN CERTIFICATE" in Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_the_trust_page(household: Household, browser: Browser, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for language in ("de", "en", "zh"):
        page.goto(f"{household.ready['lan']['trust']}?lang={language}")
        page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, language
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == [], language
