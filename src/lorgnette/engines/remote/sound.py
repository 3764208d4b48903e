"""Sound as servers send it to sound as the hub has it: any rate, one or two channels, split anywhere."""

import numpy as np

from lorgnette.core.audio import RATE
from lorgnette.core.errors import EngineError, MediaError
from lorgnette.media.resample import make_resampler


class Inflow:
    """PCM16 of one stream → PCM16 mono 16 kHz. What ends within a sample waits for the next piece."""

    def __init__(self, rate: int, channels: int = 1, width: int = 2) -> None:
        if width != 2 or channels not in {1, 2}:
            raise EngineError(f"the server sends {channels} × {width * 8} bits; 1 or 2 × 16 are known")
        try:
            self._resampler = make_resampler(rate, RATE)
        except MediaError as error:
            raise EngineError(f"the server sends sound that isn't usable: {error.detail}") from error
        self._channels = channels
        self._rest = b""
        self._begun = False

    def push(self, data: bytes) -> bytes:
        """What is ready of it."""
        if self._rest:
            data = self._rest + data
        whole = len(data) // (2 * self._channels) * 2 * self._channels
        self._rest = data[whole:]
        pcm = data[:whole]
        self._begun = self._begun or bool(pcm)
        if self._channels == 2:
            pairs = np.frombuffer(pcm, "<i2").reshape(-1, 2).astype(np.int32)
            pcm = (pairs.sum(axis=1) >> 1).astype("<i2").tobytes()
        return self._resampler.push(pcm)

    def flush(self) -> bytes:
        """The end of the stream; half a sample is dropped. Of nothing comes nothing."""
        self._rest = b""
        return self._resampler.flush() if self._begun else b""
