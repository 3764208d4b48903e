"""The loop guard sees circles, and nothing else."""

from lorgnette.agent.guard import LoopGuard


def seen(*calls: tuple[str, str, str], wrote: str = "") -> bool:
    guard = LoopGuard()
    for name, arguments, result in calls:
        guard.saw(name, arguments, result, wrote=name == wrote)
    return guard.stuck


def test_the_same_call_with_the_same_result_is_a_circle_at_the_fifth_time() -> None:
    assert not seen(*[("read", "{}", "x")] * 4)
    assert seen(*[("read", "{}", "x")] * 5)


def test_the_order_and_the_blanks_of_arguments_dont_matter() -> None:
    both = [("read", '{"a": 1, "b": 2}', "x"), ("read", '{"b":2,"a":1}', "x")]
    assert seen(*both * 2, both[0])


def test_whoever_waits_for_something_that_changes_isnt_stuck() -> None:
    assert not seen(*[("progress", "{}", f"{n} %") for n in range(50)])


def test_two_calls_in_turns_are_a_circle_at_the_third_round() -> None:
    pair = [("a", "{}", "x"), ("b", "{}", "y")]
    assert not seen(*pair * 2, pair[0])
    assert seen(*pair * 3)


def test_two_calls_in_turns_whose_results_change_are_none() -> None:
    calls = [(name, "{}", f"{name} {n}") for n in range(4) for name in "ab"]
    assert not seen(*calls)


def test_a_write_that_worked_begins_anew() -> None:
    look, write = ("look", "{}", "x"), ("write", '{"n": 1}', "ok")
    assert not seen(*[look] * 4, write, *[look] * 4, wrote="write")


def test_the_same_write_again_and_again_is_a_circle_all_the_same() -> None:
    assert seen(*[("write", "{}", "ok")] * 5, wrote="write")


def test_a_write_that_failed_begins_nothing_anew() -> None:
    look = ("look", "{}", "x")
    assert seen(*[look] * 4, ("write", "{}", "Error"), look)


def test_nothing_seen_is_no_circle() -> None:
    assert not LoopGuard().stuck
