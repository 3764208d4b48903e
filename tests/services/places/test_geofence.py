"""Who comes to a place and who leaves it, from positions that jump."""

import math
import random

from lorgnette.services.places.geofence import Circle, Crossing, Fence, Fix, distance, settle, side, step

HOME = Circle(52.5200, 13.4050, 100.0)


def at(metres: float, seconds: float, accuracy: float = 10.0, speed: float | None = None) -> Fix:
    """So far to the north of home."""
    return Fix(seconds, HOME.latitude + metres / 111_195.0, HOME.longitude, accuracy, speed)


def walk(fixes: list[Fix], fence: Fence | None = None) -> tuple[Fence, list[tuple[float, Crossing]]]:
    fence, seen = fence or Fence(), []
    for fix in fixes:
        fence, crossing = step(fence, HOME, fix)
        if crossing:
            seen.append((fix.at, crossing))
    return fence, seen


def test_a_distance_is_right_within_a_metre() -> None:
    berlin, paris = Fix(0, 52.5200, 13.4050), Fix(0, 48.8566, 2.3522)
    assert abs(distance(berlin, paris) - 877_463) < 1000
    assert abs(distance(HOME, at(250, 0)) - 250) < 1


def test_between_the_sides_lies_a_belt_that_speaks_for_neither() -> None:
    assert side(HOME, at(80, 0)) is True
    assert side(HOME, at(110, 0)) is None
    assert side(HOME, at(160, 0)) is False
    assert side(HOME, at(400, 0, accuracy=500)) is None
    assert side(HOME, at(10, 0, accuracy=500)) is None


def test_who_walks_home_comes_once_and_who_walks_away_leaves_once() -> None:
    coming = [at(300 - 3 * second, second) for second in range(101)]
    fence, seen = walk(coming)
    assert [what for _, what in seen] == ["enter"]
    fence, seen = walk([at(3 * second, 200 + second) for second in range(150)], fence)
    assert [what for _, what in seen] == ["leave"]
    assert fence.inside is False


def test_who_passes_in_a_bus_has_not_come() -> None:
    passing = [at(abs(400 - 14 * second), second, speed=14.0) for second in range(60)]
    fence, seen = walk(passing, Fence(inside=False))
    assert seen == []
    assert settle(fence, 10_000)[1] is None


def test_a_device_that_falls_silent_after_arriving_has_arrived() -> None:
    fence, seen = walk([at(300, 0), at(20, 60)])
    assert seen == []
    assert settle(fence, 90)[1] is None
    fence, crossing = settle(fence, 106)
    assert crossing == "enter"
    assert settle(fence, 1000)[1] is None


def test_jitter_around_the_edge_crosses_nothing() -> None:
    dice = random.Random(7)
    for inside in (True, False):
        fixes = [
            at((70 if inside else 170) + dice.gauss(0, 25), second, accuracy=25)
            for second in range(0, 3600, 5)
        ]
        _, seen = walk(fixes, Fence(inside=inside))
        assert seen == [], inside


def test_a_single_wild_position_means_nothing() -> None:
    fixes = [at(10, second) for second in range(0, 100, 10)]
    fixes[5] = at(900, 50, accuracy=15)
    _, seen = walk(fixes, Fence(inside=True))
    assert seen == []


def test_nobody_leaves_what_they_were_never_seen_in_and_old_positions_change_nothing() -> None:
    fence, seen = walk([at(500, second) for second in range(0, 200, 10)])
    assert (seen, fence.inside) == ([], False)
    assert step(fence, HOME, at(0, 10))[0] is fence


def test_whatever_comes_enter_and_leave_take_turns() -> None:
    for seed in range(30):
        dice = random.Random(seed)
        place, fixes = 0.0, []
        for second in range(0, 4000, 7):
            place += dice.gauss(0, 40)
            fixes.append(at(abs(place), second, accuracy=abs(dice.gauss(0, 60))))
        _, seen = walk(fixes)
        kinds = [what for _, what in seen]
        assert kinds == [kind for kind, before in zip(kinds, [None, *kinds], strict=False) if kind != before]
        assert not math.isnan(place)
