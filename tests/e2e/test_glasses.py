"""The whole product: a real hub process, a real browser with a composed microphone and a picture as camera.

Asserted by the page's own log of events, never by seconds.
"""

import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright
from tests.e2e.household import Household, free_port
from tests.e2e.speaker import command, microphone
from tests.web.conftest import FLAGS, picture

pytestmark = pytest.mark.browser

STORY = "Once upon a time there was a lighthouse. " + " ".join(
    f"On day {day} the keeper counted the ships that passed and wrote their names down."
    for day in range(1, 13)
)


@pytest.fixture
def model() -> Iterator[str]:
    """A chat endpoint that tells a long story, in its own process, as a real one would be."""
    port = free_port()
    server = textwrap.dedent(
        f"""
        import asyncio, json, uvicorn
        from starlette.applications import Starlette
        from starlette.responses import StreamingResponse
        from starlette.routing import Route
        async def chat(request):
            async def words():
                for word in {STORY!r}.split(" "):
                    choice = {{"index": 0, "delta": {{"content": word + " "}}, "finish_reason": None}}
                    delta = {{"choices": [choice]}}
                    yield f"data: {{json.dumps(delta)}}\\n\\n"
                    await asyncio.sleep(0.005)
                yield "data: [DONE]\\n\\n"
            return StreamingResponse(words(), media_type="text/event-stream")
        routes = [Route("/v1/chat/completions", chat, methods=["POST"])]
        uvicorn.run(Starlette(routes=routes), port={port}, log_level="error")
        """
    )
    process = subprocess.Popen([sys.executable, "-c", server])
    yield f"http://127.0.0.1:{port}/v1"
    process.terminate()
    process.wait(10)


@pytest.fixture
def household(tmp_path: Path, model: str) -> Iterator[Household]:
    home = Household(tmp_path, f"model.url={model}", "model.name=story", "wearer.language=en")
    yield home
    home.stop()


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """Chromium whose microphone says a command, waits, and goes on talking, again and again."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    timer = command("en_102.flac")  # "create a timer for five minutes"
    mic = microphone(tmp_path / "mic.wav", 1.5, timer, 7.0, timer, 3.0)
    flags = [
        *FLAGS,
        f"--use-file-for-fake-audio-capture={mic}",
        f"--use-file-for-fake-video-capture={picture(tmp_path / 'camera.y4m')}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=flags)
        context = browser.new_context(
            permissions=["microphone", "camera"], viewport={"width": 1280, "height": 800}
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.trouble = []
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        yield page
        browser.close()


def event(page: Page, condition: str, seconds: int = 40) -> Any:
    return page.evaluate(f"lorgnette.until((e) => e.{condition}, {seconds})")


def wait(page: Page, condition: str, seconds: float = 40) -> None:
    """Until a JavaScript expression is true; the page's own policy forbids Playwright's eval."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.evaluate(f"() => Boolean({condition})"):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {condition} (trouble: {page.trouble})")


def open_page(page: Page, url: str) -> None:
    page.goto(url.replace("/#", "/?test=hub#"))
    wait(page, "window.lorgnette && lorgnette.state.connection === 'online'")


def type_(page: Page, words: str) -> None:
    page.fill("#say", words)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("form", ["everyday", "ar"])
def test_a_spoken_command_is_answered_in_the_ear_and_before_the_eyes(
    household: Household, page: Page, form: str
) -> None:
    open_page(page, household.start())
    if form == "ar":
        page.locator("label", has=page.locator("input[value=ar]")).click()
    assert page.evaluate("lorgnette.state.form") == form
    page.evaluate("() => lorgnette.glasses.listen()")
    transcript = event(page, "type === 'transcript'")
    assert "timer" in transcript["text"]
    event(page, "type === 'show' && e.id.startsWith('timer:')")
    turn = event(page, "type === 'turn'")
    assert turn["tools"][0]["tool"] == "set_timer"
    assert turn["tools"][0]["arguments"] == {"duration": "PT5M"}
    wait(page, "lorgnette.meter.sounded > 0")
    scenes = page.evaluate("lorgnette.state.scenes.map((one) => one.id)")
    assert any(id.startswith("timer:") for id in scenes)
    if form == "ar":
        wait(page, "lorgnette.state.hud.length > 0")
    assert not page.trouble


def test_speech_over_a_long_reply_ducks_and_stops_it(household: Household, page: Page) -> None:
    open_page(page, household.start())
    page.evaluate("() => { lorgnette.glasses.prefs.set('mic', 'gate'); return lorgnette.glasses.listen() }")
    event(page, "type === 'turn' && e.tools.length")
    type_(page, "tell me a long story about a lighthouse")
    event(page, "type === 'sentence' && e.text.includes('lighthouse')")
    stopped = event(page, "type === 'speech.end' && e.reason === 'stopped'")
    assert stopped
    turn = event(page, "type === 'turn' && e.outcome === 'interrupted'")
    points = {stage[0]: stage[1] for stage in turn["stages"]}
    assert points["duck"] < points["barge_in"]
    assert not page.trouble


def test_a_hub_killed_in_mid_reply_goes_on_after_its_restart(household: Household, page: Page) -> None:
    open_page(page, household.start())
    workers = household.children()
    type_(page, "set a timer for 30 seconds")
    event(page, "type === 'turn' && e.tools.length")
    type_(page, "tell me a long story about a lighthouse")
    played = event(page, "dir === 'out' && e.type === 'played' && e.index === 1")
    assert played
    household.kill()
    assert household.wait_gone(workers), "the engines' processes go with their hub"
    wait(page, "lorgnette.state.connection !== 'online'")
    mark = page.evaluate("performance.now()")
    household.start()
    event(page, f"type === 'welcome' && e.at > {mark}")
    again = event(page, f"type === 'sentence' && e.at > {mark} && e.text.startsWith('On day')")
    heard = page.evaluate(
        f"Math.max(...lorgnette.events.filter((e) => e.dir === 'out' && e.type === 'played' && e.at < {mark})"
        ".map((e) => e.index))"
    )
    assert again["index"] in (heard, heard + 1), "speech goes on from the last heard sentence"
    ring = event(page, f"type === 'speech.begin' && e.kind === 'alarm' && e.at > {mark}", 60)
    assert ring
    assert not page.trouble
