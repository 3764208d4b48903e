"""Pictures for additive displays: a whisper."""

import logging
from io import BytesIO

import numpy as np
import pytest
import segno
from PIL import Image

from lorgnette.core.forms import Display
from lorgnette.core.scenes import Arrow, Card, Head, ListScene, Progress, QRCode, Scene
from lorgnette.render import fonts
from lorgnette.render.canvas import AMBER, RED
from lorgnette.render.glyphs import way
from lorgnette.render.png import render_png

from .scenes import FRAME, G1, ORDINARY

HEAD = [name for name in ORDINARY if name != "boxed"]
WORDS = [name for name in HEAD if name not in {"qr", "picture"}]


def pixels(scene: Scene, display: Display = FRAME, now: float = 28.0, language: str = "en") -> np.ndarray:
    image = Image.open(BytesIO(render_png(scene, display, now, language)))
    return np.asarray(image.convert("RGB")).astype(int)


def lit(scene: Scene, display: Display = FRAME, now: float = 28.0) -> np.ndarray:
    return pixels(scene, display, now).max(axis=2) > 40


def reddish(image: np.ndarray) -> np.ndarray:
    return (image[..., 0] > 120) & (image[..., 1] < image[..., 0] * 0.45)


def amberish(image: np.ndarray) -> np.ndarray:
    return (image[..., 0] > 120) & (image[..., 2] < image[..., 0] * 0.5) & ~reddish(image)


@pytest.mark.parametrize("name", HEAD)
def test_the_middle_third_stays_free(name: str) -> None:
    assert lit(ORDINARY[name]).any()
    assert not lit(ORDINARY[name])[134:266, 214:426].any()


@pytest.mark.parametrize("name", WORDS)
def test_most_of_the_view_stays_dark(name: str) -> None:
    assert lit(ORDINARY[name]).mean() < 0.05


def test_captions_are_low_navigation_high_cards_at_the_side() -> None:
    assert not lit(ORDINARY["caption"])[:266].any()
    assert not lit(ORDINARY["arrow"])[134:].any()
    assert not lit(ORDINARY["card"])[:, :426].any()
    assert not lit(ORDINARY["card"])[270:].any()


def test_a_scene_can_ask_for_another_zone() -> None:
    assert not lit(Card(value="14:32", anchor=Head("top")))[134:].any()
    assert not lit(Card(value="14:32", anchor=Head("bottom")))[:266].any()


def test_amber_is_for_what_needs_an_answer_and_red_for_what_costs() -> None:
    for name in WORDS:
        image = pixels(ORDINARY[name])
        assert reddish(image).any() == (name == "pay"), name
        assert amberish(image).any() == (name in {"ask", "pay"}), name
    assert AMBER[0] > AMBER[1] > AMBER[2]
    assert RED[0] > 3 * RED[1] - 1


def test_the_number_that_matters_is_largest() -> None:
    rows = np.flatnonzero(lit(Card(value="12 °C")).any(axis=1))
    words = np.flatnonzero(lit(Card(lines=("Bdfh",))).any(axis=1))
    assert np.ptp(rows) > 1.8 * np.ptp(words)
    assert np.ptp(words) >= 20


UNIFONT = fonts.face_of("a", "en", bitmap=True)


@pytest.mark.skipif(UNIFONT is None or UNIFONT.family != "Unifont", reason="Unifont is not installed")
@pytest.mark.parametrize("name", WORDS)
def test_strokes_are_two_pixels_or_more_on_one_bit(name: str) -> None:
    """No lit pixel stands alone: each has a lit neighbour beside and one above or below."""
    dots = np.pad(lit(ORDINARY[name], G1), 1)
    beside = dots[1:-1, :-2] | dots[1:-1, 2:]
    above = dots[:-2, 1:-1] | dots[2:, 1:-1]
    inner = dots[1:-1, 1:-1]
    assert (inner & (beside | above)).sum() == inner.sum()
    assert (inner & beside & above).sum() >= 0.97 * inner.sum()


def test_time_running_out_shortens_the_ring() -> None:
    timer = Progress(start=0.0, due=100.0, total=100.0)
    bright = [(pixels(timer, now=now).max(axis=2) > 200).sum() for now in (0.0, 50.0, 90.0)]
    assert bright[0] > bright[1] > bright[2]


def test_the_arrow_turns_with_the_way() -> None:
    def tip(turn: float) -> float:
        return way(turn)[1][1][0]

    assert tip(90.0) > 0.7 > tip(0.0) == pytest.approx(0.5)
    assert tip(-90.0) < 0.3
    points = [point for turn in range(-180, 180, 5) for line in way(turn) for point in line]
    assert all(-0.01 <= part <= 1.01 for point in points for part in point)
    assert (lit(Arrow(turn=90.0)) != lit(Arrow(turn=-90.0))).any()


def test_a_code_can_be_read_back_module_by_module() -> None:
    image = pixels(ORDINARY["qr"])[:, 430:].max(axis=2)
    rows = np.flatnonzero((image == 200).sum(axis=1) > 60)
    columns = np.flatnonzero((image[rows] == 200).sum(axis=0) > 60)
    square = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    modules = np.array(
        [list(row) for row in segno.make_qr(ORDINARY["qr"].data, error="l").matrix_iter(border=2)]
    )
    scale = len(square) // len(modules)
    assert scale >= 4
    assert (square[scale // 2 :: scale, scale // 2 :: scale] == 0).tolist() == modules.astype(bool).tolist()


def test_a_code_too_long_for_the_display_leaves_its_title() -> None:
    assert lit(QRCode(data="x" * 2000, title="Pay")).any()
    assert lit(QRCode(data="x" * 9000, title="Pay"), G1).any()


def test_a_long_list_shows_the_chosen_item() -> None:
    items = tuple(f"Item {number}" for number in range(50))
    shown = [pixels(ListScene(title="All", items=items, selected=selected)) for selected in (0, 25, 49)]
    assert all((one.max(axis=2) > 200).any() for one in shown)
    assert (shown[0] != shown[1]).any()


def test_four_lines_fit_the_flat_display() -> None:
    card = Card(title="One", lines=("Two", "Three"), actions=("Four",))
    rows = lit(card, G1).any(axis=1)
    assert np.flatnonzero(np.diff(rows.astype(int)) == 1).size >= 3


@pytest.mark.skipif(fonts.face_of("字", "zh", bitmap=False) is None, reason="no font with Han is installed")
def test_han_is_drawn() -> None:
    assert lit(Card(value="好")).sum() > lit(Card(value="")).sum() + 200


def test_what_no_font_has_is_a_question_mark_and_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    fonts._missing.cache_clear()
    with caplog.at_level(logging.WARNING):
        (run,) = fonts.runs("a\u2fe0", 32, "en", bitmap=False)
    assert run.text == "a?"
    assert "no font has U+2F00" in caplog.text


def test_without_fontconfig_the_built_in_font_is_used_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for cached in (fonts._installed, fonts._face, fonts._order, fonts.face_of, fonts.runs):
        cached.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    with caplog.at_level(logging.WARNING):
        assert lit(Card(title="Hello 字", value="12")).any()
    assert "fontconfig" in caplog.text
    monkeypatch.undo()
    for cached in (fonts._installed, fonts._face, fonts._order, fonts.face_of, fonts.runs):
        cached.cache_clear()
