"""The audio router: sources (tracks) are mixed into sinks (devices' speakers) and paced as they sound.

A track is a bounded buffer that a producer fills and a sink drains. One `Pacer` drives every sink of the hub
with a single timer that runs only while something sounds.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

from lorgnette.core.audio import BYTES_PER_SECOND, FRAME_BYTES, FRAME_MS
from lorgnette.media.mixer import Gain, mix

MAX_TRACK_SECONDS: Final = 10
LEAD_SECONDS: Final = 0.04
"""How far ahead of its sounding a frame is sent: three frames at the start, which is what the browser's
glasses want before they play, and short, so that ducking is heard within 100 ms."""
CATCH_UP_SECONDS: Final = 0.25
"""Later than this, lost time is skipped instead of being sent in a burst."""
SLICE: Final = 64
"""Sinks served in one step of the event loop."""

_FRAME_SECONDS = FRAME_MS / 1000


class Track:
    """One source of sound. The producer awaits `write` while more than 10 s are buffered."""

    def __init__(self) -> None:
        self.gain = Gain()
        self.ended = False
        """No more will be written: the track is done when it is drained."""
        self._pcm = bytearray()
        self._read = 0
        self._written = 0
        self._drained = 0
        self._marks: deque[tuple[int, Callable[[], None]]] = deque()
        self._room = asyncio.Event()
        self._room.set()
        self._wake: Callable[[], None] | None = None
        self._stopping = False

    @property
    def buffered(self) -> int:
        """Bytes waiting to be heard."""
        return len(self._pcm) - self._read

    @property
    def done(self) -> bool:
        """Nothing is left, nothing will come."""
        return self.ended and not self.buffered and not self._marks

    async def write(self, pcm: bytes) -> None:
        """Append sound; waits while the track is full. What comes after `stop` is dropped."""
        for start in range(0, len(pcm), BYTES_PER_SECOND):
            while not self._room.is_set():
                await self._room.wait()
            if self.ended:
                return
            part = pcm[start : start + BYTES_PER_SECOND] if len(pcm) > BYTES_PER_SECOND else pcm
            self._pcm += part
            self._written += len(part)
            if self.buffered >= MAX_TRACK_SECONDS * BYTES_PER_SECOND:
                self._room.clear()
            if self._wake is not None:
                self._wake()

    def pad(self) -> None:
        """Fill the last frame with silence: a sentence's end must not wait for the next one's begin."""
        odd = self._written % FRAME_BYTES
        if odd and not self.ended:
            self._pcm += bytes(FRAME_BYTES - odd)
            self._written += FRAME_BYTES - odd
            if self._wake is not None:
                self._wake()

    def mark(self, call: Callable[[], None]) -> None:
        """`call` when everything written so far was handed to the sink."""
        self._marks.append((self._written, call))
        if self._wake is not None:
            self._wake()

    def end(self) -> None:
        """Nothing more comes; what is buffered still sounds."""
        self.ended = True
        self._room.set()
        if self._wake is not None:
            self._wake()

    def stop(self) -> None:
        """Fade out within one ramp and drop the rest."""
        self.ended = True
        self._stopping = True
        self._marks.clear()
        self._room.set()
        self.gain.fade_out()
        if self._wake is not None:
            self._wake()

    def take(self, size: int = FRAME_BYTES) -> bytes:
        """The next `size` bytes, fewer at the end; calls the marks that are passed. Empty: nothing there."""
        if self._stopping and self.gain.silent:
            self._pcm.clear()
            self._read = 0
            return b""
        self._pass_marks()
        if not self.ended and self.buffered < size:
            return b""
        pcm = bytes(memoryview(self._pcm)[self._read : self._read + size])
        self._read += len(pcm)
        self._drained += len(pcm)
        if self._read >= BYTES_PER_SECOND or self._read == len(self._pcm):
            del self._pcm[: self._read]
            self._read = 0
        if not self._room.is_set() and self.buffered < MAX_TRACK_SECONDS * BYTES_PER_SECOND // 2:
            self._room.set()
        return pcm

    def _pass_marks(self) -> None:
        while self._marks and self._marks[0][0] <= self._drained:
            self._marks.popleft()[1]()

    def attach(self, wake: Callable[[], None]) -> None:
        """A sink plays this track from now on."""
        self._wake = wake


class Play(Protocol):
    """Where a sink's frames go: PCM, and when it sounds on the hub's steady clock in µs."""

    def __call__(self, pcm: bytes, time_us: int) -> None: ...


class Sink:
    """One speaker: mixes its tracks into 20 ms frames."""

    def __init__(self, play: Play, pacer: "Pacer") -> None:
        self.tracks: list[Track] = []
        self.next_time = 0.0
        self.active = False
        self.listed = False
        """In the pacer's list; an inactive sink stays listed until its next tick."""
        self._play = play
        self._pacer = pacer

    def add(self, track: Track) -> None:
        """Play a track beside the others."""
        self.tracks.append(track)
        track.attach(self._wake)
        self._wake()

    def remove(self, track: Track) -> None:
        if track in self.tracks:
            self.tracks.remove(track)

    @property
    def sounding(self) -> bool:
        """Whether anything is on its way to the ear."""
        return any(track.buffered for track in self.tracks)

    def _wake(self) -> None:
        if not self.active:
            self.active = True
            self._pacer.wake(self)

    def frame(self) -> bool:
        """Send one frame if any track has sound; False when the sink fell silent."""
        parts = []
        for track in self.tracks:
            pcm = track.take()
            if pcm:
                parts.append((pcm, track.gain))
        if any(track.done for track in self.tracks):
            self.tracks = [track for track in self.tracks if not track.done]
        if not parts:
            return False
        self._play(bytes(mix(parts)), int(self.next_time * 1e6))
        return True


class Pacer:
    """The one timer behind all sinks. `steady`: the clock in seconds, the loop's own by default."""

    def __init__(self, steady: Callable[[], float] | None = None) -> None:
        self._sinks: list[Sink] = []
        self._steady = steady
        self._timer: asyncio.TimerHandle | None = None

    def now(self) -> float:
        return self._steady() if self._steady is not None else asyncio.get_running_loop().time()

    def wake(self, sink: Sink) -> None:
        """The sink has something to play: its first frame goes out at once."""
        sink.next_time = max(sink.next_time, self.now())
        if not sink.listed:
            sink.listed = True
            self._sinks.append(sink)
        self._serve(sink, self.now())
        if self._timer is None and self._sinks:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(_FRAME_SECONDS, self._tick, 0, loop.time() + _FRAME_SECONDS)

    def _tick(self, start: int, due: float) -> None:
        """Serve up to SLICE sinks, then let the loop breathe."""
        loop = asyncio.get_running_loop()
        now = self.now()
        for sink in self._sinks[start : start + SLICE]:
            self._serve(sink, now)
        if start + SLICE < len(self._sinks):
            self._timer = loop.call_later(0, self._tick, start + SLICE, due)
            return
        for sink in self._sinks:
            sink.listed = sink.active
        self._sinks = [sink for sink in self._sinks if sink.active]
        if not self._sinks:
            self._timer = None
            return
        following = max(due + _FRAME_SECONDS, loop.time())
        self._timer = loop.call_at(following, self._tick, 0, following)

    def _serve(self, sink: Sink, now: float) -> None:
        if not sink.active:
            return
        if sink.next_time < now - CATCH_UP_SECONDS:
            sink.next_time = now
        while sink.next_time <= now + LEAD_SECONDS:
            if not sink.frame():
                # An open track that waits for its producer keeps its place; the sink sleeps until it writes.
                sink.active = False
                return
            sink.next_time = max(sink.next_time, now - CATCH_UP_SECONDS) + _FRAME_SECONDS


class InstantPacer(Pacer):
    """Plays everything at once, for recordings that are processed faster than they sound."""

    def wake(self, sink: Sink) -> None:
        self._steady = self._steady or (lambda: 0.0)
        while sink.frame():
            sink.next_time += _FRAME_SECONDS
        sink.active = False
