"""AR in a real browser with an emulated headset: poses to the hub, scenes that stay in the room, the end.

The emulator (IWER) is fetched by `make test` (scripts/emulator.py) and isn't part of this repository.
"""

import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page
from tests.web.conftest import Glasses
from tests.web.fake_hub import FakeHub

from lorgnette.core import events
from lorgnette.core.scenes import Arrow, Bearing, Card, Head, Label, Plane, World

pytestmark = pytest.mark.browser

EMULATOR = next(iter(sorted((Path(__file__).resolve().parents[2] / ".cache").glob("iwer@*.js"))), None)
HEADSET = """
(() => {
  const device = new IWER.XRDevice(IWER.metaQuest3);
  device.stereoEnabled = false;
  device.installRuntime({ forceInstall: true });
  window.headset = device;
  window.turnTo = (degrees) => {
    const half = (degrees * Math.PI) / 360;
    device.quaternion.set(0, Math.sin(half), 0, Math.cos(half));
  };
})();
"""
# a flat table 0.8 m high, which is all that this room has: what a gaze meets, as the emulator asks for it
TABLE = """
(() => {
  headset.installSEM(class {
    environmentCanvas = document.createElement('canvas');
    trackedPlanes = new Set();
    trackedMeshes = new Set();
    render() {}
    computeHitTestResults(ray) {
      const [dx, dy, dz] = [-ray[8], -ray[9], -ray[10]];
      if (dy >= -0.01) return [];
      const t = (0.8 - ray[13]) / dy;
      return [new Float32Array([1,0,0,0, 0,1,0,0, 0,0,1,0, ray[12] + t * dx, 0.8, ray[14] + t * dz, 1])];
    }
  });
})();
"""
OVERLAY = """
Object.defineProperty(XRSession.prototype, 'domOverlayState', { get: () => ({ type: 'screen' }) });
"""
DARK = """
(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("#page { visibility: hidden } body { background: #10141a }");
  document.adoptedStyleSheets = [sheet];
})()
"""

type Visit = Callable[..., Glasses]


@pytest.fixture
def visit(make: Callable[..., Glasses]) -> Visit:
    if EMULATOR is None:
        pytest.skip("the WebXR emulator isn't in .cache; `make test` fetches it where there is npm")
    script = EMULATOR.read_text("utf-8")

    def one(*more: str, enter: bool = True) -> Glasses:
        glasses = make(viewport={"width": 1000, "height": 700}, permissions=["microphone", "camera"])
        glasses.page.add_init_script(script + HEADSET + "".join(more))
        glasses.open()
        glasses.wait("!document.querySelector('#xr-enter').hidden")
        if enter:
            glasses.page.click("#xr-enter")
            glasses.wait("Boolean(lorgnette.sight.room.immersion?.drawn)")
        return glasses

    return one


def drawn(glasses: Glasses) -> dict[str, Any]:
    """Scene → where it stands now."""
    found = glasses.js(
        "lorgnette.sight.room.immersion.drawn.map((d) => [d.id, { at: d.position, far: d.distance }])"
    )
    return dict(found)


def light(page: Page) -> tuple[float, float]:
    """The middle of what is lit, in pixels; the page itself is dark and out of sight."""
    image = Image.open(io.BytesIO(page.screenshot())).convert("L").point(lambda v: 255 if v > 110 else 0)
    box = image.getbbox()
    assert box is not None, "nothing is lit"
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def test_without_a_headset_there_is_no_button(glasses: Glasses) -> None:
    glasses.page.wait_for_timeout(100)
    assert not glasses.page.is_visible("#xr-enter")


def test_the_heads_pose_reaches_the_hub_at_most_ten_times_a_second(visit: Visit, hub: FakeHub) -> None:
    glasses = visit()
    glasses.wait(lambda: hub.of(events.Pose))
    assert hub.of(events.Pose)[0].position == pytest.approx((0.0, 1.6, 0.0), abs=1e-5)
    before = len(hub.of(events.Pose))
    begin = glasses.js("performance.now()")
    for step in range(30):
        glasses.js(f"(() => {{ turnTo({step}); headset.position.set({step / 100}, 1.6, 0); }})()")
        glasses.page.wait_for_timeout(30)
    seconds = (glasses.js("performance.now()") - begin) / 1000
    count = len(hub.of(events.Pose)) - before
    assert 3 <= count <= seconds * 10 + 2
    glasses.wait(lambda: abs(hub.of(events.Pose)[-1].position[0] - 0.29) < 0.001)
    last = hub.of(events.Pose)[-1]
    assert last.orientation == pytest.approx(
        (0, math.sin(math.radians(14.5)), 0, math.cos(math.radians(14.5))), abs=1e-5
    )
    glasses.wait(lambda: hub.of(events.Heading)[-1].degrees == pytest.approx(331, abs=2))
    assert not glasses.trouble


def test_a_thing_in_the_world_stays_there_while_the_head_turns(visit: Visit, hub: FakeHub) -> None:
    glasses = visit()
    glasses.js(DARK)
    hub.tell(events.Show("door", Label(text="Front door", anchor=World(0.0, 1.6, -4.0))))
    glasses.wait("lorgnette.sight.room.immersion.drawn.length === 1")
    glasses.page.wait_for_timeout(150)
    middle = light(glasses.page)
    assert middle == pytest.approx((500, 350), abs=12)
    glasses.js("turnTo(10)")  # to the left: the door goes to the right
    glasses.page.wait_for_timeout(200)
    turned = light(glasses.page)
    focal = 350 / math.tan(glasses.js("headset.fovy") / 2)
    assert turned[0] - middle[0] == pytest.approx(focal * math.tan(math.radians(10)), abs=12)
    assert drawn(glasses)["door"]["at"] == pytest.approx([0, 1.6, -4], abs=1e-4)
    glasses.js("turnTo(0)")
    glasses.js("headset.position.set(1, 1.6, -1)")  # walk: it is nearer and to the left
    glasses.page.wait_for_timeout(200)
    assert light(glasses.page)[0] < middle[0] - 100
    assert drawn(glasses)["door"]["far"] == pytest.approx(math.hypot(1, 3), abs=0.01)


def test_the_huds_own_scenes_come_along_behind_the_head(visit: Visit, hub: FakeHub) -> None:
    glasses = visit()
    hub.tell(
        events.Show("nav", Arrow(turn=-90, distance=340, street="Bernhardinkatu")),
        events.Show("ask", Card(title="Pay", value="€ 4.90", tone="ask")),
        events.Show("calm", Card(title="Next", value="10:30")),
        events.Show("recording", Label(text="● REC", tone="alert", anchor=Head("top"))),
    )
    glasses.wait("lorgnette.sight.room.immersion.drawn.length === 3")
    assert set(drawn(glasses)) == {
        "nav",
        "ask",
        "recording",
    }  # one a zone, and the mark
    before = drawn(glasses)["nav"]["at"]
    glasses.js("turnTo(4)")
    glasses.page.wait_for_timeout(200)
    assert drawn(glasses)["nav"]["at"] == pytest.approx(before, abs=1e-3)  # a small turn moves nothing
    glasses.js("turnTo(60)")
    glasses.wait(
        "(() => { const d = lorgnette.sight.room.immersion.drawn.find((d) => d.id === 'nav');"
        " return Math.abs(Math.atan2(-d.position[0], -d.position[2]) - Math.PI / 3) < 0.03; })()"
    )
    hub.tell(events.Hide("ask"))
    glasses.wait("lorgnette.sight.room.immersion.drawn.some((d) => d.id === 'calm')")
    hub.tell(events.Sentence("u1", 0, "Turn left.", "t1"))
    glasses.wait("lorgnette.sight.room.immersion.drawn.length === 4")


def test_a_bearing_stands_where_the_compass_says(visit: Visit, hub: FakeHub) -> None:
    glasses = visit(enter=False)
    glasses.page.focus(".dial")
    glasses.page.keyboard.press("PageUp")  # looking 45°, north-east
    glasses.page.click("#xr-enter")
    glasses.wait("Boolean(lorgnette.sight.room.immersion?.drawn)")
    hub.tell(events.Show("cafe", Label(text="Café Ursula", anchor=Bearing(65.0))))
    glasses.wait("lorgnette.sight.room.immersion.drawn.length === 1")
    x, _, z = drawn(glasses)["cafe"]["at"]
    assert math.degrees(math.atan2(x, -z)) == pytest.approx(20, abs=1)  # 20° to the right


def test_a_table_is_guessed_until_one_is_seen_and_then_held(visit: Visit, hub: FakeHub) -> None:
    glasses = visit(TABLE)
    hub.tell(events.Show("pot", Card(title="Pasta", value="4:32", anchor=Plane("table"))))
    glasses.wait("lorgnette.sight.room.immersion.drawn.length === 1")
    assert drawn(glasses)["pot"]["at"][1] == pytest.approx(0.75 + 0.12, abs=0.02)
    glasses.js("headset.quaternion.set(Math.sin(-0.35), 0, 0, Math.cos(-0.35))")  # down at the table
    glasses.wait("!lorgnette.sight.room.room.seeking")
    held = drawn(glasses)["pot"]["at"]
    assert held == pytest.approx([0, 0.92, -0.8 / math.tan(0.7)], abs=0.03)
    glasses.js("(() => { headset.quaternion.set(0, 0, 0, 1); headset.position.set(0.5, 1.7, 0.5); })()")
    glasses.page.wait_for_timeout(300)
    assert drawn(glasses)["pot"]["at"] == pytest.approx(held, abs=1e-3)


def test_a_system_that_moves_its_origin_moves_nothing_in_the_room(visit: Visit, hub: FakeHub) -> None:
    glasses = visit()
    hub.tell(events.Show("door", Label(text="Front door", anchor=World(0.0, 1.6, -4.0))))
    glasses.wait("lorgnette.sight.room.immersion.drawn.length === 1")
    glasses.wait(lambda: hub.of(events.Pose))
    glasses.js("headset.recenter?.()")
    glasses.page.wait_for_timeout(300)
    assert drawn(glasses)["door"]["at"] == pytest.approx([0, 1.6, -4], abs=1e-3)
    assert not glasses.trouble


def test_select_taps_and_squeeze_holds(visit: Visit, hub: FakeHub) -> None:
    hub.answering = False
    glasses = visit()
    glasses.js("headset.controllers.right.updateButtonValue('trigger', 1)")
    glasses.page.wait_for_timeout(150)
    glasses.js("headset.controllers.right.updateButtonValue('trigger', 0)")
    glasses.wait("lorgnette.state.listening")
    glasses.js("lorgnette.glasses.stopListening()")
    glasses.wait("!lorgnette.state.listening")
    glasses.js("headset.controllers.right.updateButtonValue('squeeze', 1)")
    glasses.wait("lorgnette.state.listening")
    glasses.js("headset.controllers.right.updateButtonValue('squeeze', 0)")
    glasses.wait("!lorgnette.state.listening")


def test_the_end_is_clean_and_one_may_come_again(visit: Visit, hub: FakeHub) -> None:
    glasses = visit()
    hub.tell(events.Show("door", Label(text="Front door", anchor=World(0.0, 1.6, -4.0))))
    glasses.wait("lorgnette.sight.room.immersion.drawn.length === 1")
    glasses.js("lorgnette.sight.room.immersion.end()")
    glasses.wait("lorgnette.sight.room.immersion === null")
    assert glasses.page.inner_text("#xr-enter") == "Enter AR"
    poses = len(hub.of(events.Pose))
    glasses.page.wait_for_timeout(300)
    assert len(hub.of(events.Pose)) <= poses + 1
    glasses.page.click("#xr-enter")
    glasses.wait("lorgnette.sight.room.immersion?.drawn?.length === 1")
    assert not glasses.trouble


def test_a_refused_session_is_one_sentence(visit: Visit, hub: FakeHub) -> None:
    glasses = visit("XRSystem.prototype.requestSession = () => Promise.reject(new Error('no'));", enter=False)
    glasses.page.click("#xr-enter")
    glasses.wait("document.querySelector('#messages').textContent.includes('AR couldn’t start')")


def test_where_the_page_can_lie_over_the_view_the_hud_is_the_pages(visit: Visit, hub: FakeHub) -> None:
    glasses = visit(OVERLAY)
    hub.tell(
        events.Show("ask", Card(title="Pay", value="€ 4.90", tone="ask")),
        events.Show("door", Label(text="Front door", anchor=World(0.0, 1.6, -4.0))),
        events.CaptureLight(on=True, mode="film"),
    )
    glasses.wait("lorgnette.sight.room.immersion.drawn.length === 1")
    assert set(drawn(glasses)) == {"door"}
    assert glasses.js("document.querySelector('.xr-overlay [data-scene=ask]').checkVisibility()")
    assert glasses.js("document.querySelector('.xr-overlay .rec').checkVisibility()")
    hub.tell(events.Hide("ask"))
    glasses.js("[...document.querySelectorAll('.xr-deeds button')].at(-1).click()")
    glasses.wait("lorgnette.sight.room.immersion === null")
    assert not glasses.js("document.querySelector('.xr-overlay').checkVisibility()")
