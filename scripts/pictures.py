"""Takes the README's pictures: a real hub, a real Chromium, both forms. Usage: pictures.py [FOLDER]."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
SIZE = ViewportSize(width=1280, height=800)
SAID = {
    "everyday": ("what time is it", "set a timer for five minutes"),
    "ar": ("set a pasta timer for nine minutes",),
}


def say(page: Page, words: str) -> None:
    """Type it and wait until the answer was heard."""
    page.fill("#say", words)
    page.keyboard.press("Enter")
    page.evaluate("(words) => lorgnette.until((e) => e.type === 'turn' && e.transcript === words, 20)", words)
    page.wait_for_timeout(300)


def take(page: Page, address: str, form: str, file: Path) -> None:
    """One picture, while the last sentence is spoken."""
    page.goto(address)
    page.wait_for_selector("#page:not([hidden])")
    page.evaluate("lorgnette.until((e) => e.type === 'profile')")
    page.evaluate(
        "lorgnette.glasses.prefs.set('camera', false)"
    )  # the painted street, not the picture-taker's desk
    page.click(f"#forms label:has(input[value={form}])")
    page.wait_for_timeout(2500)
    *before, last = SAID[form]
    for words in before:
        say(page, words)
    page.fill("#say", last)
    page.keyboard.press("Enter")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("lorgnette.until((e) => e.type === 'sentence' && e.at > performance.now() - 500, 20)")
    page.wait_for_timeout(1000)
    page.screenshot(path=file)
    page.evaluate("(words) => lorgnette.until((e) => e.type === 'turn' && e.transcript === words, 20)", last)
    page.wait_for_timeout(600)  # the hub hears that it was heard


def main() -> None:
    """Start a hub with an empty home, look at it, and stop it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        private = {f"XDG_{name}_HOME": f"{home}/{name}" for name in ("CONFIG", "DATA", "CACHE", "STATE")}
        hub = subprocess.Popen(
            [str(Path(sys.executable).with_name("lorgnette")), "up", "--port", "0", "--json"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **private, "XDG_RUNTIME_DIR": home},
        )
        try:
            assert hub.stdout
            address = json.loads(hub.stdout.readline())["url"]
            with sync_playwright() as playwright:
                program = shutil.which("chromium") or shutil.which("google-chrome")
                browser = playwright.chromium.launch(executable_path=program, headless=True, args=FLAGS)
                page = browser.new_context(viewport=SIZE, locale="en-GB", color_scheme="light").new_page()
                take(page, address, "everyday", folder / "everyday.png")
                page.emulate_media(color_scheme="dark")
                take(page, address.split("#")[0], "ar", folder / "ar.png")
                browser.close()
        finally:
            hub.terminate()
            hub.wait(15)


if __name__ == "__main__":
    main()
