"""Any scene on any display: never an error, always the display's size, in bounded time."""

import gc
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from lorgnette.core.forms import Display
from lorgnette.core.scenes import Card, Scene
from lorgnette.render import Json, Png, TextPages, render, scene_json
from lorgnette.render.characters import cells

from .scenes import FRAME, G1, ORDINARY, languages, numbers, pages, pictures, scenes


@pytest.fixture(autouse=True, scope="module")
def _no_collection() -> Iterator[None]:
    """Clearing up after hundreds of other tests isn't the renderer's time."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=150, deadline=None, suppress_health_check=CHECKS)
@given(scene=scenes, display=pages, now=numbers, language=languages)
def test_pages_never_exceed_the_display(scene: Scene, display: Display, now: float, language: str) -> None:
    begin = time.process_time()
    shown = render(scene, display, now=now, language=language)
    assert time.process_time() - begin < 0.5
    assert isinstance(shown, TextPages)
    assert shown.pages
    for page in shown.pages:
        assert 0 < len(page) <= max(display.lines, 1)
        for line in page:
            assert cells(line, language) <= max(display.columns, 1)
            assert line.isprintable()
            line.encode()


@settings(max_examples=120, deadline=None, suppress_health_check=CHECKS)
@given(scene=scenes, display=pictures, now=numbers, language=languages)
def test_pictures_have_the_size_of_the_display(
    scene: Scene, display: Display, now: float, language: str
) -> None:
    begin = time.process_time()
    shown = render(scene, display, now=now, language=language)
    assert time.process_time() - begin < 2.0
    assert isinstance(shown, Png)
    image = Image.open(BytesIO(shown.data))
    assert image.size == (display.width, display.height)
    assert image.mode == {1: "1", 8: "L", 24: "RGB"}[display.depth]


@settings(max_examples=50, deadline=None)
@given(scene=scenes, now=st.floats(0, 1e9))
def test_the_same_moment_gives_the_same_picture(scene: Scene, now: float) -> None:
    assert render(scene, G1, now=now) == render(scene, G1, now=now)


@pytest.mark.parametrize("name", ORDINARY)
def test_json_is_the_scene_itself(name: str) -> None:
    shown = render(ORDINARY[name], Display(kind="json"))
    assert isinstance(shown, Json)
    assert shown.data == scene_json(ORDINARY[name])
    assert shown.data["anchor"]["at"] in {"head", "box"}


def test_time_left_depends_on_now_alone() -> None:
    timer = ORDINARY["timer"]
    assert render(timer, FRAME, now=0.0) != render(timer, FRAME, now=60.0)
    assert render(timer, Display(kind="text"), now=28.0).pages[0][0].endswith("4:32")


def test_a_display_larger_than_any_is_bounded() -> None:
    shown = render(Card(value="1"), Display(kind="png", width=10**9, height=1))
    assert Image.open(BytesIO(shown.data)).size == (4096, 1)
