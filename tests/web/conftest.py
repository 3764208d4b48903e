"""A real headless Chromium with a composed microphone and a picture as camera, and a hub from a script."""

import math
import shutil
import struct
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.web.fake_hub import FakeHub

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]
CAMERA_COLOUR = (200, 40, 30)


def spoken(path: Path) -> Path:
    """48 kHz: half a second of quiet, a second of a 500 Hz tone, a second of quiet; Chromium loops it."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        for seconds, level in ((0.5, 0), (1.0, 9000), (1.0, 0)):
            count = int(48_000 * seconds)
            samples = (int(level * math.sin(2 * math.pi * 500 * n / 48_000)) for n in range(count))
            file.writeframes(struct.pack(f"<{count}h", *samples))
    return path


def picture(path: Path) -> Path:
    """A still of one colour as a Y4M film (BT.601, limited range)."""
    r, g, b = CAMERA_COLOUR
    y = 16 + 0.257 * r + 0.504 * g + 0.098 * b
    u = 128 - 0.148 * r - 0.291 * g + 0.439 * b
    v = 128 + 0.439 * r - 0.368 * g - 0.071 * b
    frame = b"".join(bytes([round(value)]) * count for value, count in ((y, 307200), (u, 76800), (v, 76800)))
    path.write_bytes(b"YUV4MPEG2 W640 H480 F20:1 Ip A1:1 C420\n" + (b"FRAME\n" + frame) * 2)
    return path


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    folder = tmp_path_factory.mktemp("media")
    flags = [
        *FLAGS,
        f"--use-file-for-fake-audio-capture={spoken(folder / 'mic.wav')}",
        f"--use-file-for-fake-video-capture={picture(folder / 'camera.y4m')}",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, headless=True, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as fake:
        yield fake


type Modules = Callable[..., Any]
"""`modules(body, argument)`: the body of an async JavaScript function that may import the page's modules."""


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Modules]:
    context = browser.new_context()
    page = context.new_page()
    with FakeHub() as fake:
        page.goto(fake.url)
        yield lambda body, argument=None: page.evaluate(f"async (argument) => {{ {body} }}", argument)
    context.close()


class Glasses:
    """A page of the browser glasses in a test's hand."""

    def __init__(self, page: Page, hub: FakeHub) -> None:
        self.page = page
        self.hub = hub
        self.trouble: list[str] = []
        self.asked: list[str] = []
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda m: m.type == "error" and self.trouble.append(m.text))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, hash: str = "#first=first-open", query: str = "?test=hub") -> "Glasses":
        self.page.goto(f"{self.hub.url}{query}{hash}")
        self.wait("window.lorgnette && lorgnette.state.connection === 'online'")
        return self

    def js(self, expression: str, argument: Any = None) -> Any:
        return self.page.evaluate(expression, argument)

    def wait(self, condition: str | Callable[[], Any], seconds: float = 8) -> Any:
        """Until a JavaScript expression, or a function here, is true; its value."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = self.page.evaluate(condition) if isinstance(condition, str) else condition()
            if value:
                return value
            self.page.wait_for_timeout(20)
        raise AssertionError(f"never true: {condition} (trouble: {self.trouble})")

    def event(self, condition: str, seconds: float = 8) -> Any:
        """The first event on the page's log with this, e.g. `type === 'turn'`."""
        return self.page.evaluate(f"lorgnette.until((e) => e.{condition}, {seconds})")

    def type(self, words: str) -> None:
        self.page.fill("#say", words)
        self.page.keyboard.press("Enter")

    @property
    def state(self) -> Any:
        return self.page.evaluate("lorgnette.state")


@pytest.fixture
def make(browser: Browser, hub: FakeHub) -> Iterator[Callable[..., Glasses]]:
    """`make(permissions=…, **context)`: a page in a context of its own, not opened yet."""
    contexts: list[BrowserContext] = []

    def one(**options: Any) -> Glasses:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"} | options
        )
        contexts.append(context)
        return Glasses(context.new_page(), hub)

    yield one
    for context in contexts:
        context.close()


@pytest.fixture
def glasses(make: Callable[..., Glasses]) -> Glasses:
    """Paired by the printed address and online, with a microphone and a camera."""
    return make(permissions=["microphone", "camera"]).open()
