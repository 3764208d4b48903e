"""What of a microphone reaches the wake detector, and what is given back when it hears its word."""

from collections.abc import Callable, Sequence

from lorgnette.engines.protocols import Wake
from lorgnette.session.endpoint import WINDOW_SECONDS
from lorgnette.session.waking import KEPT, LEAD, TRAIL, Waking

WINDOWS = [bytes([number % 256, number // 256]) * 512 for number in range(1000)]


class Detector:
    """Keeps what it hears; says a word when it is told to."""

    name = "double"
    words = ("hey",)

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.tell: Callable[[Wake], None] = lambda _: None
        self.closed = False

    def open(self, heard: Callable[[Wake], None]) -> int:
        self.tell = heard
        return 7

    def submit(self, slot: int, window: bytes) -> None:
        assert slot == 7
        self.heard.append(WINDOWS.index(window))

    def reset(self, slot: int) -> None:
        self.heard.append("reset")

    def close(self, slot: int) -> None:
        self.closed = True

    @property
    def windows(self) -> int:
        return sum(one != "reset" for one in self.heard)


class Ear:
    """A microphone whose windows come in time."""

    def __init__(self) -> None:
        self.detector = Detector()
        self.woken: list[tuple[Wake, list[int]]] = []
        self.waking = Waking(self.detector, self._woken)
        self.number = 0
        self.now = 0.0

    def _woken(self, wake: Wake, windows: Sequence[tuple[bytes, float]]) -> None:
        self.woken.append((wake, [WINDOWS.index(window) for window, _ in windows]))

    def hear(self, *stretches: tuple[int, bool]) -> None:
        for count, loud in stretches:
            for _ in range(count):
                self.waking.take(WINDOWS[self.number], self.now, loud=loud)
                self.number += 1
                self.now += WINDOW_SECONDS


def test_a_quiet_room_never_reaches_the_detector() -> None:
    ear = Ear()
    ear.hear((200, False))
    assert ear.detector.heard == []


def test_the_detector_hears_what_was_before_the_gate_opened_and_some_after_it_shut() -> None:
    ear = Ear()
    ear.hear((30, False), (10, True), (60, False))
    assert ear.detector.heard == ["reset", *range(30 - LEAD, 40 + TRAIL)]


def test_two_words_with_a_long_silence_between_are_not_joined() -> None:
    ear = Ear()
    ear.hear((20, False), (5, True), (TRAIL + 3, False), (5, True))
    again = 20 + 5 + TRAIL + 3
    at = ear.detector.heard.index("reset", 1)
    assert ear.detector.heard[at + 1 :] == [*range(again - LEAD, again + 5)]


def test_what_followed_the_word_is_given_back_from_its_end_on() -> None:
    ear = Ear()
    ear.hear((20, False), (30, True))
    heard_at = ear.detector.heard.index(35)  # with the reset before it: the count from 1
    ear.detector.tell(Wake("hey", 0.9, heard_at, tail=0.1))
    ((_, windows),) = ear.woken
    assert windows == [*range(36 - 3, 50)]


def test_a_detector_that_is_too_late_gives_what_is_still_there() -> None:
    ear = Ear()
    ear.hear((20, False), (200, True))
    ear.detector.tell(Wake("hey", 0.9, 5))
    ((_, windows),) = ear.woken
    assert windows == [*range(220 - KEPT, 220)]


def test_nothing_that_began_before_is_heard_of_after_it_was_forgotten() -> None:
    ear = Ear()
    ear.hear((20, False), (30, True))
    late = ear.detector.windows
    ear.waking.forget()
    ear.detector.tell(Wake("hey", 0.9, late))
    assert ear.woken == []
    ear.hear((5, True))
    assert ear.detector.heard[-6] == "reset", "and what comes doesn't join on to it"
    ear.detector.tell(Wake("hey", 0.9, late + 3))
    assert len(ear.woken) == 1


def test_a_gap_in_the_sound_tears_it() -> None:
    ear = Ear()
    ear.hear((20, False), (5, True))
    ear.now += 3.0
    ear.hear((5, True))
    assert ear.detector.heard.count("reset") == 2
    assert ear.detector.heard[-5:] == [25, 26, 27, 28, 29]


def test_a_device_that_leaves_frees_its_place() -> None:
    ear = Ear()
    ear.waking.close()
    assert ear.detector.closed
