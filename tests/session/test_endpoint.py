"""When an utterance begins and ends, in windows of 32 ms."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lorgnette.session.endpoint import WINDOW_SECONDS, Endpointer, Patience


def run(endpointer: Endpointer, seconds: float, probability: float) -> list[str]:
    return [endpointer.step(probability) for _ in range(round(seconds / WINDOW_SECONDS))]


def test_two_loud_windows_of_three_are_a_start_and_one_is_a_click() -> None:
    endpointer = Endpointer()
    assert [endpointer.step(p) for p in (0.9, 0.1, 0.1, 0.1)] == ["speech", "none", "none", "false_start"]
    assert [endpointer.step(p) for p in (0.9, 0.1, 0.9)] == ["speech", "none", "started"]


def test_a_whole_sentence_ends_after_a_short_silence() -> None:
    endpointer = Endpointer()
    run(endpointer, 1.0, 0.9)
    cues = []
    for _ in range(40):
        cue = endpointer.step(0.0)
        cues.append(cue)
        if cue == "paused":
            endpointer.limit(endpointer.patience.complete)
        if cue == "ended":
            break
    assert 0.29 <= len(cues) * WINDOW_SECONDS <= 0.34
    assert cues.count("paused") == 1


def test_an_open_sentence_waits_and_a_pause_inside_it_does_not_cut() -> None:
    endpointer = Endpointer()
    run(endpointer, 0.6, 0.9)
    for _ in range(25):
        cue = endpointer.step(0.0)
        assert cue != "ended"
        if cue == "paused":
            endpointer.limit(endpointer.patience.open)
    assert "started" not in run(endpointer, 0.5, 0.9)
    assert endpointer.speaking


def test_a_held_button_never_ends_by_silence() -> None:
    endpointer = Endpointer()
    endpointer.hold(held=True)
    run(endpointer, 0.5, 0.9)
    assert "ended" not in run(endpointer, 5.0, 0.0)


def test_nobody_speaking_times_out() -> None:
    endpointer = Endpointer(Patience(nobody=2.0))
    assert run(endpointer, 2.1, 0.0).count("timeout") == 1


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(0, 1), max_size=2000))
def test_every_end_follows_a_start_and_no_utterance_is_longer_than_the_bound(probabilities) -> None:
    endpointer = Endpointer(Patience(longest=5.0))
    speaking, windows = False, 0
    for probability in probabilities:
        cue = endpointer.step(probability)
        windows += speaking
        if cue == "started":
            assert not speaking
            speaking, windows = True, 3
        elif cue == "ended":
            assert speaking
            assert windows * WINDOW_SECONDS <= 5.0 + 2 * WINDOW_SECONDS
            speaking = False
            endpointer.reset()
