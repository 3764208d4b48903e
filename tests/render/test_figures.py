"""Numbers on a HUD."""

import pytest

from lorgnette.render.figures import distance, percent, time_left


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (-5, "0:00"), (0.2, "0:01"), (59.5, "1:00"), (272, "4:32"), (3999, "1:06:39"),
     (86_400, "24:00:00"), (273_600, "3 d 4 h"), (float("nan"), "0:00"), (float("inf"), "0:00"),
     (1e300, "99 d 0 h")],
)  # fmt: skip
def test_time_left_never_shows_less_than_there_is(seconds: float, shown: str) -> None:
    assert time_left(seconds) == shown


@pytest.mark.parametrize(
    ("metres", "shown"),
    [(0, "0 m"), (7.4, "7 m"), (43, "45 m"), (123, "120 m"), (949, "950 m"), (999, "1,0 km"),
     (1234, "1,2 km"), (14_300, "14 km"), (float("nan"), ""), (-1, "")],
)  # fmt: skip
def test_distances_are_as_fine_as_one_walks(metres: float, shown: str) -> None:
    assert distance(metres, "de") == shown


def test_percent_has_a_blank_in_german() -> None:
    assert percent(0.4, "de") == "40 %"
    assert percent(7.0, "en") == "100%"
