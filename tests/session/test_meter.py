"""Turns are counted and their stages timed, bounded whatever is said."""

from typing import get_args

from lorgnette.session.meter import BOUNDS, OUTCOMES, STAGES, Histogram, Meter
from lorgnette.session.turns import TurnOutcome


def test_every_outcome_of_a_turn_is_there_from_the_start() -> None:
    assert set(OUTCOMES) == set(get_args(TurnOutcome))
    assert Meter().turns == dict.fromkeys(get_args(TurnOutcome), 0)


def test_a_value_on_a_bound_belongs_to_it_and_beyond_all_there_is_room() -> None:
    histogram = Histogram()
    for seconds in (0.0, 0.3, 0.31, 3600.0):
        histogram.add(seconds)
    found = dict(zip((*BOUNDS, None), histogram.cumulative, strict=True))
    assert (found[0.005], found[0.2], found[0.3], found[0.5], found[30.0], found[None]) == (1, 1, 2, 3, 3, 4)
    assert histogram.sum == 3600.61


def test_a_stage_counts_its_length_and_a_moment_its_distance_from_the_end_of_speech() -> None:
    meter = Meter()
    stages = [("endpoint", 0.0, 300.0), ("mind", 301.0, 303.0), ("mind.first", 302.0, 302.0)]
    meter.turn("done", [*stages, ("first_sound", 302.0, 410.0), ("mind", 500.0, 900.0)], typed=False)
    sums = {name: round(one.sum, 4) for name, one in meter.stages.items()}
    assert sums == {"endpoint": 0.3, "mind": 0.002, "mind.first": 0.302, "first_sound": 0.108}
    assert meter.replies["voice"].sum == 0.41
    assert meter.replies["text"].cumulative[-1] == 0
    assert meter.turns["done"] == 1


def test_a_clock_that_runs_backwards_and_stages_without_end_break_nothing() -> None:
    meter = Meter()
    meter.turn("odd", [("early", -20.0, -20.0)], typed=True)
    for number in range(STAGES * 2):
        meter.turn("failed", [(f"stage {number}", 0.0, 1.0)], typed=True)
    assert meter.stages["early"].sum == 0.0
    assert len(meter.stages) == STAGES
    assert meter.turns["failed"] == STAGES * 2
    assert meter.turns["odd"] == 1
