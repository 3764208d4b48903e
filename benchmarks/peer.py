"""A device of a peer: raw PCM frames over a WebSocket, paced as ours are, with the same speech."""

import random
import time
from collections.abc import Sequence

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from lorgnette.simulation import Clip, Figures, Part, Wearer


class PeerDevice(WSListener):
    """A `Member` of a crowd; every answer's first sound is timed as `first_sound`."""

    def __init__(
        self,
        url: str,
        clips: Sequence[Clip],
        noise: Sequence[bytes],
        share: float,
        figures: Figures,
        number: int,
    ) -> None:
        self._url = url
        self._wearer = Wearer(clips, noise, share, random.Random(100_003 + number))
        self._figures = figures
        self._transport: WSTransport | None = None
        self._ended = 0.0

    async def arrive(self) -> bool:
        try:
            self._transport, _ = await ws_connect(lambda: self, self._url)
        except Exception as error:  # noqa: BLE001 - whatever it is, the peer wasn't there
            self._figures.error(f"{type(error).__name__}: {error}")
            return False
        return True

    def tick(self, at: float) -> None:
        del at
        if self._transport is None:
            return
        pcm, part = self._wearer.frame()
        self._transport.send(WSMsgType.BINARY, pcm)
        if part is Part.BEGIN:
            self._ended = 0.0
            self._figures.count("utterances")
        elif part is Part.END:
            self._ended = time.monotonic()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        del transport
        if frame.msg_type is WSMsgType.BINARY:
            self._figures.counts["frames_heard"] += 1
            if self._ended:
                self._figures.time("first_sound", (time.monotonic() - self._ended) * 1000)
                self._figures.count("replies")
                self._ended = 0.0

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        del transport
        self._transport = None

    async def leave(self) -> None:
        if self._transport is not None:
            self._transport.disconnect(graceful=False)
