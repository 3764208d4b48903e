import asyncio
import time

import numpy as np
import pytest

from lorgnette.core.errors import EngineError
from lorgnette.engines.vad.silero import WINDOW_BYTES, OnnxModel, SileroDetector

SILENCE = bytes(WINDOW_BYTES)


class Counting:
    """A model whose probability is the number of windows its slot's state has seen, over 1000."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def run(self, windows, state):
        self.sizes.append(len(windows))
        state = state + 1
        return (state[0, :, 0] / 1000).astype(np.float32), state


class Failing:
    def run(self, windows, state):
        raise RuntimeError("out of memory")


def windows_of(pcm: bytes) -> list[bytes]:
    return [pcm[at : at + WINDOW_BYTES] for at in range(0, len(pcm) - WINDOW_BYTES + 1, WINDOW_BYTES)]


async def answers(detector, asked: dict[int, list[bytes]]) -> dict[int, list[float]]:
    """Submit every slot's windows in turns, wait for all."""
    got: dict[int, list[float]] = {slot: [] for slot in asked}
    left = sum(len(windows) for windows in asked.values())
    done = asyncio.Event()

    def take(slot, probability):
        nonlocal left
        got[slot].append(probability)
        left -= 1
        if not left:
            done.set()

    for turn in range(max(map(len, asked.values()))):
        for slot, windows in asked.items():
            if turn < len(windows):
                detector.submit(slot, windows[turn], lambda p, slot=slot: take(slot, p))
    await done.wait()
    return got


def speech(shared) -> bytes:
    import soundfile

    samples, rate = soundfile.read(shared / "data/speech/jfk.flac", dtype="int16")
    assert rate == 16_000
    return samples[: 16_000 * 4].tobytes()


def test_real_speech_is_speech_and_silence_is_not(loop_run, shared):
    async def run():
        detector = SileroDetector()
        slot, other = detector.open(), detector.open()
        got = await answers(detector, {slot: windows_of(speech(shared)), other: [SILENCE] * 100})
        await detector.aclose()
        return got[slot], got[other]

    spoken, silent = loop_run(run())
    assert max(spoken) > 0.95
    assert sum(p > 0.5 for p in spoken) > len(spoken) / 2
    assert max(silent) < 0.2


def test_a_batch_gives_each_session_what_it_would_get_alone(loop_run, shared):
    pcm = speech(shared)
    streams = {n: windows_of(pcm[n * 6400 :])[: 40 + n] for n in range(5)}

    async def run():
        together = SileroDetector()
        slots = {together.open(): windows for windows in streams.values()}
        batched = list((await answers(together, slots)).values())
        await together.aclose()
        alone = []
        for windows in streams.values():
            single = SileroDetector()
            slot = single.open()
            alone.append((await answers(single, {slot: windows}))[slot])
            await single.aclose()
        return batched, alone

    batched, alone = loop_run(run())
    for one, other in zip(batched, alone, strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_five_hundred_slots_keep_their_own_states_and_order(loop_run):
    async def run():
        model = Counting()
        detector = SileroDetector(lambda: model)
        slots = [detector.open() for _ in range(500)]
        got = await answers(detector, {slot: [SILENCE] * (1 + slot % 5) for slot in slots})
        await detector.aclose()
        return got, model.sizes

    got, sizes = loop_run(run())
    for slot, probabilities in got.items():
        assert probabilities == pytest.approx([(n + 1) / 1000 for n in range(1 + slot % 5)])
    assert max(sizes) <= 64
    assert sum(sizes) / len(sizes) > 8


def test_windows_of_one_slot_in_one_pass_go_one_after_the_other(loop_run):
    async def run():
        detector = SileroDetector(Counting)
        slot = detector.open()
        got = await answers(detector, {slot: [SILENCE] * 64})
        await detector.aclose()
        return got[slot]

    assert loop_run(run()) == pytest.approx([(n + 1) / 1000 for n in range(64)])


def test_a_reset_forgets_and_a_slot_that_is_used_again_is_fresh(loop_run):
    async def run():
        detector = SileroDetector(Counting)
        slot = detector.open()
        before = await answers(detector, {slot: [SILENCE] * 3})
        detector.reset(slot)
        after = await answers(detector, {slot: [SILENCE] * 2})
        detector.close(slot)
        again = detector.open()
        reused = await answers(detector, {again: [SILENCE]})
        await detector.aclose()
        return before[slot], after[slot], again == slot, reused[again]

    before, after, same, reused = loop_run(run())
    assert before == pytest.approx([0.001, 0.002, 0.003])
    assert after == pytest.approx([0.001, 0.002])
    assert same
    assert reused == pytest.approx([0.001])


def test_a_closed_slots_windows_are_never_answered(loop_run):
    async def run():
        detector = SileroDetector(Counting)
        dead, live = detector.open(), detector.open()
        heard: list[float] = []
        for _ in range(10):
            detector.submit(dead, SILENCE, heard.append)
        detector.close(dead)
        reopened = detector.open()
        await answers(detector, {live: [SILENCE], reopened: [SILENCE]})
        await detector.aclose()
        return heard

    assert loop_run(run()) == []


def test_a_failing_model_answers_no_speech_and_says_so(loop_run):
    async def run():
        detector = SileroDetector(Failing)
        slot = detector.open()
        got = await answers(detector, {slot: [SILENCE] * 2})
        health = detector.health()
        await detector.aclose()
        return got[slot], health

    got, health = loop_run(run())
    assert got == [0.0, 0.0]
    assert health.state == "failing"
    assert "out of memory" in health.last_error


def test_a_model_that_cannot_be_loaded_answers_no_speech_and_says_so(loop_run, tmp_path):
    async def run():
        detector = SileroDetector(lambda: OnnxModel(tmp_path / "missing.onnx"))
        slot = detector.open()
        got = await answers(detector, {slot: [SILENCE]})
        health = detector.health()
        await detector.aclose()
        return got[slot], health

    got, health = loop_run(run())
    assert got == [0.0]
    assert (health.state, health.failed) == ("failing", 1)
    assert "missing.onnx" in health.last_error


def test_a_full_queue_answers_no_speech_in_the_next_turn_of_the_loop(loop_run):
    async def run():
        detector = SileroDetector(Counting, queue=4)
        slot = detector.open()
        got = await answers(detector, {slot: [SILENCE] * 200})
        health = detector.health()
        await detector.aclose()
        return got[slot], health

    got, health = loop_run(run())
    assert len(got) == 200
    assert health.refused > 0
    assert got.count(0.0) == health.refused


def test_a_window_of_another_length_is_refused(loop_run):
    async def run():
        detector = SileroDetector(Counting)
        with pytest.raises(EngineError):
            detector.submit(detector.open(), b"\0" * 640, print)
        await detector.aclose()

    loop_run(run())


def test_closing_does_not_wait_for_what_is_queued(loop_run):
    async def run():
        detector = SileroDetector()
        slots = [detector.open() for _ in range(64)]
        for _ in range(100):
            for slot in slots:
                detector.submit(slot, SILENCE, lambda _: None)
        begin = time.monotonic()
        await detector.aclose()
        assert detector.health().state == "closed"
        return time.monotonic() - begin

    assert loop_run(run()) < 2
