"""Tracks are mixed into paced frames; marks fire in the order of the sound."""

import asyncio
from itertools import pairwise

from lorgnette.core.audio import FRAME_BYTES
from lorgnette.session.router import LEAD_SECONDS, InstantPacer, Pacer, Sink, Track

TONE = b"\x10\x27" * (FRAME_BYTES // 2)


def test_frames_are_paced_and_never_far_ahead(loop_run) -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        sent: list[tuple[float, int]] = []
        sink = Sink(lambda pcm, time_us: sent.append((loop.time(), time_us)), Pacer())
        track = Track()
        sink.add(track)
        await track.write(TONE * 20)
        track.end()
        while not track.done:
            await asyncio.sleep(0.01)
        assert len(sent) == 20
        assert all(due / 1e6 - at <= LEAD_SECONDS + 0.001 for at, due in sent)
        times = [due for _, due in sent]
        assert all(abs(later - earlier - 20_000) <= 1 for earlier, later in pairwise(times))

    loop_run(work())


def test_marks_fire_between_the_frames_they_stand_between(loop_run) -> None:
    async def work() -> None:
        log: list[str] = []
        sink = Sink(lambda pcm, time_us: log.append("frame"), InstantPacer())
        track = Track()
        sink.add(track)
        track.mark(lambda: log.append("begin"))
        await track.write(TONE * 2)
        track.mark(lambda: log.append("end"))
        track.end()
        assert log == ["begin", "frame", "frame", "end"]

    loop_run(work())


def test_the_producer_waits_and_nothing_is_dropped(loop_run) -> None:
    async def work() -> None:
        taken = []
        pacer = Pacer()
        sink = Sink(lambda pcm, time_us: taken.append(pcm), pacer)
        track = Track()
        writer = asyncio.create_task(track.write(TONE * 50 * 12))
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        assert not writer.done(), "12 seconds don't fit into 10"
        while track.buffered or not writer.done():
            track.take()
            await asyncio.sleep(0)
        assert sink.tracks == []

    loop_run(work())


def test_a_stopped_track_fades_within_40_ms_and_lets_its_writer_go(loop_run) -> None:
    async def work() -> None:
        frames = []
        sink = Sink(lambda pcm, time_us: frames.append(pcm), Pacer())
        track = Track()
        sink.add(track)
        await track.write(TONE * 50)
        before = len(frames)
        track.stop()
        await asyncio.sleep(0.15)
        assert len(frames) - before <= 4
        assert track.done
        await track.write(TONE)

    loop_run(work())


def test_two_sinks_share_one_timer_that_ends_with_the_sound(loop_run) -> None:
    async def work() -> None:
        pacer = Pacer()
        counts = [0, 0]

        def count(index: int) -> None:
            counts[index] += 1

        tracks = []
        for index in (0, 1):
            sink = Sink(lambda pcm, time_us, index=index: count(index), pacer)
            track = Track()
            sink.add(track)
            await track.write(TONE * 5)
            track.end()
            tracks.append(track)
        await asyncio.sleep(0.2)
        assert counts == [5, 5]
        assert pacer._timer is None

    loop_run(work())
