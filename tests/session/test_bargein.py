"""Speech over playback: down at once, stopped when it goes on, back when it was nothing."""

from lorgnette.session.bargein import BargeIn, is_backchannel

WINDOW = 0.032


def moves(barge: BargeIn, windows: str) -> list[str]:
    """`windows`: x for speech, ? for what may be, . for silence."""
    return [barge.step(WINDOW, {"x": 0.9, "?": 0.3, ".": 0.0}[mark]) for mark in windows]


def test_the_first_window_of_speech_ducks() -> None:
    assert moves(BargeIn(), ".x")[-1] == "duck"


def test_speech_that_goes_on_stops_within_350_ms() -> None:
    found = moves(BargeIn(), "x" * 12)
    assert "stop" in found
    assert (found.index("stop") + 1) * WINDOW <= 0.35


def test_what_may_be_speech_ducks_but_never_stops() -> None:
    found = moves(BargeIn(), "?" * 40)
    assert found[0] == "duck"
    assert "stop" not in found


def test_a_cough_is_given_back() -> None:
    found = moves(BargeIn(), "xx" + "." * 14)
    assert found[0] == "duck"
    assert "stop" not in found
    assert "restore" in found


def test_assent_is_forgiven_and_other_words_stop() -> None:
    barge = BargeIn()
    moves(barge, "xxx")
    assert barge.words("mhm", "de") == "none"
    assert "stop" not in moves(barge, "x" * 10)
    assert barge.words("wait", "en") == "stop"


def test_backchannels_are_known_in_three_languages() -> None:
    assert is_backchannel("Uh huh.", "en")
    assert is_backchannel("genau!", "de-AT")
    assert is_backchannel("嗯嗯", "zh")
    assert not is_backchannel("stop", "en")
