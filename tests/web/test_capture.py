"""Pictures and films by the page's camera: the light first and honest, chunks that survive a lost line."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from tests.web.conftest import CAMERA_COLOUR, Glasses
from tests.web.fake_hub import FakeHub

from lorgnette.core import events

pytestmark = pytest.mark.browser

type Make = Callable[..., Glasses]

LIT = "document.querySelector('#stage').dataset.capture ?? ''"
WATCH = """
(() => {
  window.seen = [];
  window.tracks = [];
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await real(wish);
    window.seen.push(['open', document.querySelector('#stage').dataset.capture ?? '']);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
})()
"""
DENY = """
(() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '%s'));
})()
"""


def states(hub: FakeHub) -> list[str]:
    return [event.state for event in hub.of(events.Capturing)]


def test_a_picture_is_taken_with_the_light_on_and_the_camera_is_dark_again(
    glasses: Glasses, hub: FakeHub
) -> None:
    glasses.js(WATCH)
    glasses.page.click("#gestures >> text=Picture")
    glasses.wait(f"{LIT} === 'photo'")
    assert glasses.page.is_visible("#stage .rec")
    assert "Camera on" in glasses.page.inner_text("#stage .rec")
    glasses.wait(lambda: hub.images)
    glasses.wait(f"{LIT} === ''")
    glasses.wait(lambda: states(hub) == ["on", "off"])
    assert glasses.js("tracks.every((track) => track.readyState === 'ended')")
    _, jpeg = hub.images[0]
    seen = Image.open(io.BytesIO(jpeg)).convert("RGB")
    assert all(abs(a - b) < 20 for a, b in zip(seen.getpixel((320, 240)), CAMERA_COLOUR, strict=True))
    assert not glasses.trouble


def test_a_film_is_sent_while_it_runs_and_ends_by_the_mark(glasses: Glasses, hub: FakeHub) -> None:
    glasses.js(WATCH)
    glasses.page.click("#film")
    glasses.wait(f"{LIT} === 'film'")
    assert "REC" in glasses.page.inner_text("#stage .rec")
    glasses.wait(lambda: sum(map(len, hub.takes.get("k1", []))) > 2000)  # it still runs
    assert not hub.images
    assert glasses.page.get_attribute("#film", "aria-pressed") == "true"
    assert glasses.page.get_attribute("#film", "aria-label") == "End film"
    glasses.page.click("#stage .rec-stop")
    glasses.wait(lambda: hub.images)
    id, film = hub.images[0]
    assert film.startswith(b"\x1a\x45\xdf\xa3")
    assert Image.open(io.BytesIO(hub.posters[id])).width <= 480
    glasses.wait(f"{LIT} === ''")
    assert glasses.js("tracks.map((track) => track.kind).sort().join()") == "audio,video"
    assert glasses.js("tracks.every((track) => track.readyState === 'ended')")
    assert not glasses.trouble


def test_a_film_ends_by_itself_at_its_limit_and_when_nobody_sees_the_page(
    glasses: Glasses, hub: FakeHub
) -> None:
    hub.film_seconds = 1.5
    glasses.page.click("#film")
    glasses.wait(lambda: hub.images)
    hub.film_seconds = 60
    glasses.wait(f"{LIT} === ''")
    glasses.page.click("#film")
    glasses.wait(lambda: hub.takes.get("k2"))
    glasses.js(
        "(() => { Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange')); })()"
    )
    glasses.wait(lambda: len(hub.images) == 2)
    glasses.wait(f"{LIT} === ''")


def test_a_film_goes_on_over_a_lost_line_and_nothing_of_it_is_missing(glasses: Glasses, hub: FakeHub) -> None:
    glasses.page.click("#film")
    glasses.wait(lambda: hub.takes.get("k1"))
    hub.confirming = False
    sent = len(hub.takes["k1"])
    glasses.wait(lambda: len(hub.takes["k1"]) > sent)
    glasses.js("lorgnette.cut()")
    glasses.wait("lorgnette.state.connection !== 'online'")
    assert glasses.js(LIT) == "film"  # the camera still runs: the light says so
    hub.confirming = True
    glasses.wait(lambda: len(hub.hellos) == 2)
    glasses.wait("lorgnette.state.connection === 'online'")
    glasses.page.click("#stage .rec-stop")
    glasses.wait(lambda: hub.images)
    assert hub.images[0][1] == b"".join(hub.takes["k1"])
    glasses.wait(lambda: states(hub)[-1] == "off")
    assert glasses.js("lorgnette.sight.capture.upload.waiting") == 0


def test_a_hub_that_began_anew_ends_what_the_camera_did(glasses: Glasses, hub: FakeHub) -> None:
    glasses.page.click("#film")
    glasses.wait(lambda: hub.takes.get("k1"))
    hub.down(forget=True)
    glasses.wait("lorgnette.state.connection !== 'online'")
    hub.up()
    glasses.wait(lambda: len(hub.hellos) >= 2)
    glasses.wait(f"{LIT} === ''")
    assert glasses.js("lorgnette.sight.capture.taking") == ""


@pytest.mark.parametrize(
    ("error", "state"),
    [("NotAllowedError", "denied"), ("NotFoundError", "absent"), ("NotReadableError", "failed")],
)
def test_a_camera_that_isnt_given_is_said_and_no_light_is_shown(
    glasses: Glasses, hub: FakeHub, error: str, state: str
) -> None:
    glasses.js(DENY % error)
    glasses.page.click("#gestures >> text=Picture")
    glasses.wait(lambda: states(hub) == [state])
    assert glasses.js(LIT) == ""
    assert not hub.images


def test_another_devices_camera_shows_here_too(glasses: Glasses, hub: FakeHub) -> None:
    hub.tell(events.CaptureLight(on=True, mode="film", since=0.0))
    glasses.wait(f"{LIT} === 'film'")
    red = "getComputedStyle(document.querySelector('.drawing .led')).fill === 'rgb(224, 55, 44)'"
    glasses.wait(red)
    hub.tell(events.State("speaking"))
    glasses.wait("lorgnette.state.hub === 'speaking'")
    glasses.page.wait_for_timeout(250)
    assert glasses.js(red)  # whatever else the hub does
    hub.tell(events.CaptureLight(on=False))
    glasses.wait(f"{LIT} === ''")


def test_in_ar_the_mark_stands_beside_whatever_else_is_shown(glasses: Glasses, hub: FakeHub) -> None:
    from lorgnette.core.scenes import Arrow, Head, Label

    glasses.page.click("#forms label:has(input[value=ar])")
    glasses.wait(lambda: len(hub.hellos) == 2)
    hub.tell(
        events.Show("nav", Arrow(turn=-90, distance=340, street="Bernhardinkatu")),
        events.Show("recording", Label(text="● REC", tone="alert", anchor=Head("top"))),
    )
    glasses.wait("lorgnette.state.hud.length === 2")
    assert dict(glasses.state["hud"]) == {"nav": "top", "recording": "mark"}
    assert glasses.page.is_visible("#field [data-scene=recording]")
    assert glasses.page.is_visible("#field [data-scene=nav]")
