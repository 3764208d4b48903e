"""Takes the pictures of README, docs and manifest from a real hub. Usage: pictures.py [FOLDER]."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
SIZE = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
GLASSES = ViewportSize(width=640, height=400)
SMALL = 149_000
WEB = Path(__file__).resolve().parents[1] / "src" / "lorgnette" / "web"
SCREENS = {"desk.png": "everyday.png", "ar.png": "ar.png", "phone.png": "phone.png"}
"""What an installed app shows of itself, and the pictures it is."""
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


def ready(page: Page, address: str) -> None:
    """Open, online, first steps put away; the painted street, not the picture-taker's desk."""
    page.goto(address)
    page.wait_for_selector("#page:not([hidden])")
    page.evaluate("lorgnette.until((e) => e.type === 'profile')")
    page.evaluate("lorgnette.glasses.prefs.set('camera', false)")
    page.evaluate("document.querySelector('#begin').close()")


def take(page: Page, form: str, file: Path) -> None:
    """One picture, while the last sentence is spoken."""
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
    save(page, file)
    page.evaluate("(words) => lorgnette.until((e) => e.type === 'turn' && e.transcript === words, 20)", last)
    page.wait_for_timeout(600)  # the hub hears that it was heard


def save(page: Page, file: Path) -> None:
    """As a PNG of at most 256 colours where that is enough to keep it small."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    if file.stat().st_size > SMALL:
        with Image.open(file) as picture:
            few = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
        few.save(file, optimize=True)


def worn(page: Page, file: Path) -> None:
    """What glasses show that run the page themselves: the display alone, on black."""
    page.set_viewport_size(GLASSES)
    page.evaluate("document.documentElement.dataset.worn = 'true'")
    page.evaluate("lorgnette.glasses.type('what time is it')")
    page.evaluate("lorgnette.until((e) => e.type === 'sentence' && e.at > performance.now() - 500, 20)")
    page.wait_for_timeout(800)
    save(page, file)
    page.evaluate("document.documentElement.dataset.worn = 'false'")
    page.wait_for_timeout(1500)


def phone(page: Page, folder: Path) -> None:
    """First steps, conversation and settings in a hand."""
    page.evaluate("lorgnette.begin.open()")
    page.wait_for_timeout(500)
    for _ in range(3):
        page.click("#begin .go")
    page.wait_for_timeout(500)
    page.click("#begin .examples button >> nth=0")
    page.wait_for_timeout(2500)
    save(page, folder / "begin.png")
    page.click("#begin .go")
    page.wait_for_timeout(400)
    save(page, folder / "phone.png")
    page.emulate_media(color_scheme="dark")
    page.click("#settings-open")
    page.click("[data-section=device]")
    page.wait_for_timeout(400)
    save(page, folder / "settings-phone.png")
    page.evaluate("document.querySelector('#settings').close()")
    page.wait_for_timeout(200)
    save(page, folder / "phone-dark.png")


def main() -> None:
    """Start a hub with an empty home, look at it, and stop it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    with tempfile.TemporaryDirectory() as home:
        private = {f"XDG_{name}_HOME": f"{home}/{name}" for name in ("CONFIG", "DATA", "CACHE", "STATE")}
        named = ["--set", "wearer.name=Alex", "--set", "wearer.zone=Europe/Helsinki"]
        hub = subprocess.Popen(
            [str(Path(sys.executable).with_name("lorgnette")), "up", "--port", "0", "--json", *named],
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
                context = browser.new_context(
                    viewport=SIZE, locale="en-GB", timezone_id="Europe/Helsinki", color_scheme="light"
                )
                page = context.new_page()
                ready(page, address)
                take(page, "everyday", folder / "everyday.png")
                page.click("#settings-open")
                page.click("[data-section=devices]")
                page.click(".pairing-code button")
                page.wait_for_timeout(500)
                save(page, folder / "settings.png")
                page.evaluate("document.querySelector('#settings').close()")
                page.emulate_media(color_scheme="dark")
                take(page, "ar", folder / "ar.png")
                worn(page, folder / "worn.png")
                page.emulate_media(color_scheme="light")
                page.click("#forms label:has(input[value=everyday])")
                page.set_viewport_size(PHONE)
                page.wait_for_timeout(2500)
                phone(page, folder)
                browser.close()
        finally:
            hub.terminate()
            hub.wait(15)
    for name, source in SCREENS.items():
        shutil.copyfile(folder / source, WEB / "screens" / name)


if __name__ == "__main__":
    main()
