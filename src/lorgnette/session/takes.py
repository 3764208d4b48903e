"""A picture or film on its way from a device: its chunks in order, within bounds."""

import asyncio
from typing import Final, Literal

from lorgnette.core import events
from lorgnette.core.errors import LorgnetteError, MediaError
from lorgnette.session.attachment import Attachment, Chunk
from lorgnette.session.ports import Reel

ACK_EVERY: Final = 4
"""Chunks of a picture after which the device is told that they are here."""
MAX_WAITING: Final = 16 * 1024 * 1024
"""Bytes of a film that the disk hasn't taken yet: a film that comes faster ends."""
MAX_POSTER: Final = 128 * 1024

Refused = Literal["denied", "absent", "failed"]


class Take:
    """What both have: who takes it, whether the camera is on, and which chunk comes next."""

    mode: Literal["photo", "film"]

    def __init__(self, id: str, attachment: Attachment) -> None:
        self.id = id
        self.attachment = attachment
        self.next = 1
        self.began: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        """True: the camera sees; False: it was refused, `refused` says why."""
        self.refused = ""

    def state(self, state: str) -> None:
        """The device says how its camera is."""
        if not self.began.done():
            self.refused = "" if state == "on" else "failed" if state == "off" else state
            self.began.set_result(state == "on")
        elif state != "on":
            self.gone(f"the camera said {state}")

    def got(self, number: int, *, over: bool = False) -> None:
        """Tell the device what it may forget."""
        self.attachment.outlet.send(events.CaptureGot(self.id, number, over))

    def in_order(self, chunk: Chunk) -> bool:
        """Whether it is the next one. What came before is confirmed again; `MediaError` for a gap."""
        if chunk.number < self.next:
            self.got(self.next - 1)
            return False
        if chunk.number > self.next:
            raise MediaError(f"chunk {chunk.number} where {self.next} was to come")
        self.next += 1
        return True

    def gone(self, why: str) -> None:
        """Nothing more comes."""
        raise NotImplementedError


class Photo(Take):
    """A picture, gathered in memory: `whole` is its bytes, or why there are none."""

    mode = "photo"

    def __init__(self, id: str, attachment: Attachment, most: int) -> None:
        super().__init__(id, attachment)
        self.whole: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.whole.add_done_callback(lambda future: future.cancelled() or future.exception())
        self._data = bytearray()
        self._most = most

    def chunk(self, chunk: Chunk) -> None:
        """The next part; `MediaError` when the picture is too large or has a hole, and it is dropped."""
        if self.whole.done() or chunk.number == 0 or not self.in_order(chunk):
            return
        if len(self._data) + len(chunk.data) > self._most:
            self.fail(MediaError(f"a picture over {self._most} bytes", phrase="error-camera-large"))
            return
        self._data += chunk.data
        if chunk.last:
            self.got(chunk.number, over=True)
            self.whole.set_result(bytes(self._data))
            self._data.clear()
        elif chunk.number % ACK_EVERY == 0:
            self.got(chunk.number)

    def fail(self, error: LorgnetteError) -> None:
        """It comes to nothing; what came is dropped."""
        self._data.clear()
        if not self.whole.done():
            self.whole.set_exception(error)

    def gone(self, why: str) -> None:
        self.refused = self.refused or "failed"
        if not self.began.done():
            self.began.set_result(False)
        self.fail(MediaError(why, phrase="error-camera-failed"))


class Film(Take):
    """A film, written while it comes: `chunks()` gives what waits for the disk."""

    mode = "film"

    def __init__(self, id: str, attachment: Attachment, reel: Reel) -> None:
        super().__init__(id, attachment)
        self.reel = reel
        self.ended = False
        self._waiting: list[Chunk] = []
        self._bytes = 0
        self._news = asyncio.Event()

    def chunk(self, chunk: Chunk) -> None:
        """The next part. A hole, or more than the disk takes, ends the film with what is there."""
        if self.ended:
            return
        if chunk.number == 0:
            if len(chunk.data) <= MAX_POSTER and self.next == 1 and not self._waiting:
                self._waiting.append(chunk)
            return
        if not self.in_order(chunk):
            return
        self._bytes += len(chunk.data)
        if self._bytes > MAX_WAITING:
            raise MediaError(f"{self._bytes} bytes of a film wait for the disk")
        self._waiting.append(chunk)
        self._news.set()

    async def chunks(self) -> list[Chunk]:
        """What came since; empty when nothing more will."""
        while not self._waiting and not self.ended:
            self._news.clear()
            await self._news.wait()
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        return waiting

    def gone(self, why: str) -> None:
        del why
        self.refused = self.refused or "failed"
        if not self.began.done():
            self.began.set_result(False)
        self.ended = True
        self._news.set()
