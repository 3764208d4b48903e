"""The ears: what reaches the detector, in which order, and what an utterance holds."""

from collections.abc import Callable

from tests.session.stage import quiet

from lorgnette.core.audio import FRAME_BYTES
from lorgnette.session.ears import MAX_PENDING, WINDOW_BYTES, Ears, Measured, Utterance

WINDOWS = [bytes([number, 0]) * (WINDOW_BYTES // 2) for number in range(200)]


class Detector:
    """Keeps what it is asked; answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[bytes, Callable[[float], None]]] = []
        self.answered = 0

    def open(self) -> int:
        return 0

    def submit(self, slot: int, window: bytes, done: Callable[[float], None]) -> None:
        self.asked.append((window, done))

    def reset(self, slot: int) -> None:
        pass

    def close(self, slot: int) -> None:
        pass

    def answer(self, probability: float) -> None:
        _, done = self.asked[self.answered]
        self.answered += 1
        done(probability)


class Numbers:
    """Measures a window's number as its level; a gate that lets those through that are in a set."""

    def __init__(self, *through: int) -> None:
        self.through = set(through)

    def measure(self, window: bytes, arrived: float, done: Measured) -> None:
        done(window, arrived, window[0])

    def update(self, level: float) -> bool:
        return level in self.through


class Heard:
    def __init__(self) -> None:
        self.events: list[object] = []
        self.words: list[str] = []
        self.utterance: Utterance | None = None

    def on_start(self, ears, utterance) -> None:
        self.events.append("start")

    def on_window(self, ears, probability) -> None:
        self.events.append(probability)

    def on_pause(self, ears, utterance) -> None:
        self.events.append("pause")

    def on_words(self, ears, utterance) -> None:
        self.words.append(utterance.stream.partial)

    def on_drop(self, ears, utterance) -> None:
        self.events.append("drop")

    def on_end(self, ears, utterance) -> None:
        self.events.append("end")
        self.utterance = utterance

    def on_nobody(self, ears) -> None:
        self.events.append("nobody")


def ears_of(*through: int) -> tuple[Ears, Detector, Heard]:
    detector, heard = Detector(), Heard()
    numbers = Numbers(*through)
    ears = Ears(detector, numbers, numbers, heard, lambda: 0.0)
    ears.open("gate")
    return ears, detector, heard


def push(ears: Ears, *numbers: int) -> None:
    """As frames of 20 ms, which windows of 32 ms lie across."""
    pcm = b"".join(WINDOWS[number] for number in numbers)
    for start in range(0, len(pcm), FRAME_BYTES):
        ears.push(pcm[start : start + FRAME_BYTES])


def test_quiet_windows_never_reach_the_detector() -> None:
    ears, detector, _ = ears_of()
    push(ears, *range(50))
    assert detector.asked == []
    assert ears.backlog == 0


def test_when_the_gate_opens_the_detector_hears_what_was_before_too() -> None:
    ears, detector, heard = ears_of(7, 8)
    push(ears, *range(1, 9))
    assert [window[0] for window, _ in detector.asked] == [3, 4, 5, 6, 7, 8]
    for _ in range(4):
        detector.answer(0.9)
    assert heard.events == [], "their answers count for nothing: they were taken as quiet already"
    detector.answer(0.9)
    detector.answer(0.9)
    assert heard.events == ["start"]


def test_what_the_detector_heard_is_not_told_it_again() -> None:
    ears, detector, _ = ears_of(4, 6)
    for number in range(8):
        push(ears, number)
        while detector.answered < len(detector.asked):
            detector.answer(0.0)
    assert [window[0] for window, _ in detector.asked] == [0, 1, 2, 3, 4, 5, 6]


def test_a_slow_detector_does_not_open_the_gate() -> None:
    ears, detector, _ = ears_of(5, 9)
    push(ears, *range(5, 15))
    assert [window[0] for window, _ in detector.asked] == [5, 9]
    assert ears.backlog == 10


def test_quiet_windows_behind_an_open_question_keep_their_turn() -> None:
    ears, detector, heard = ears_of(1, 2, 3)
    ears.watching = True
    push(ears, 0, 1, 2, 3, 4, 5)
    assert heard.events == [0.0]
    while detector.answered < len(detector.asked):
        detector.answer(0.9)
    assert heard.events == [0.0, 0.9, 0.9, "start", 0.9, 0.0, 0.0]
    assert ears.backlog == 0


def test_an_utterance_holds_what_was_said_before_its_start_was_noticed() -> None:
    loud = range(10, 20)
    ears, detector, heard = ears_of(*loud)
    push(ears, *range(50))
    while detector.answered < len(detector.asked):
        detector.answer(0.9)
    assert heard.events[0] == "start"
    assert heard.events[-1] == "end"
    assert heard.utterance is not None
    said = bytes(heard.utterance.audio)
    assert said.startswith(WINDOWS[0][:WINDOW_BYTES]), "0.4 s before, here all there was"
    assert WINDOWS[19] in said


def test_a_detector_that_never_answers_costs_windows_not_memory() -> None:
    ears, _, _ = ears_of(*range(200))
    push(ears, *range(200))
    assert ears.backlog == MAX_PENDING
    assert ears.dropped == 200 - MAX_PENDING


def test_frames_of_any_length_become_whole_windows() -> None:
    ears, detector, _ = ears_of(0)
    for size in (2, 1022, 1024, 4096, 10, 1014):
        ears.push(quiet(1.0)[:size])
    assert len(detector.asked) == 7
    assert all(len(window) == WINDOW_BYTES for window, _ in detector.asked)
