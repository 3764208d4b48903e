"""A device's media channels: the negotiated codec and numbering outside, hub frames inside."""

from collections.abc import Iterator, Sequence
from typing import Final

from lorgnette.core.audio import FRAME_MS, RATE, Codec
from lorgnette.core.errors import ProtocolError
from lorgnette.core.forms import Microphone, Speaker
from lorgnette.gateways.native.messages import AudioChoice
from lorgnette.media.codecs import available_codecs, make_decoder, make_encoder
from lorgnette.media.jitter import Frame, JitterBuffer

RATES: Final = (8_000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000)
OPUS_RATES: Final = (8_000, 12_000, 16_000, 24_000, 48_000)
MAX_CONCEALED: Final = 10
"""Frames of a gap that are filled; a longer one is a jump."""
MAX_JUMP: Final = 15_000
"""Five minutes of frames that never came: more is a wrong number, and would deafen the channel."""
MAX_PAYLOAD: Final = 48_000 * 2 // 50 * 5
"""100 ms at 48 kHz PCM16."""


def choose(codecs: Sequence[Codec], rate: int) -> AudioChoice:
    """The device's first codec that is known here too, at its rate."""
    if rate not in RATES:
        raise ProtocolError(f"{rate} Hz is not one of {', '.join(map(str, RATES))}")
    known = available_codecs()
    for codec in codecs:
        if codec in known and not (codec == "opus" and rate not in OPUS_RATES):
            return AudioChoice(codec, rate)
    raise ProtocolError(f"none of {', '.join(codecs)[:80]} is known here; there are {', '.join(known)}")


class Intake:
    """The microphone channel of one device."""

    __slots__ = ("_decoder", "_order", "choice")

    def __init__(self, microphone: Microphone) -> None:
        self.choice = choose(microphone.codecs, microphone.rate)
        self._decoder = make_decoder(self.choice.codec, self.choice.rate)
        self._order: JitterBuffer[bytes] = JitterBuffer(first=1, depth=0)

    @property
    def next_seq(self) -> int:
        """All below arrived or are given up."""
        return self._order.next

    def next(self, seq: int, payload: bytes) -> bytes | None:
        """PCM for the payload that has its turn, the usual case; None for any other: ask `frames`."""
        if seq != self._order.next or len(payload) > MAX_PAYLOAD:
            return None
        self._order.next = seq + 1
        return self._decoder.decode(payload)

    def frames(self, seq: int, payload: bytes, *, gap: bool = False) -> Iterator[bytes]:
        """PCM for one numbered payload: nothing for a duplicate, concealment for what is missing."""
        if len(payload) > MAX_PAYLOAD:
            raise ProtocolError(f"a microphone payload of {len(payload)} bytes")
        if seq > self._order.next + MAX_JUMP:
            raise ProtocolError(f"microphone frame {seq} after {self._order.next - 1}")
        for part in self._order.push(seq, payload):
            if isinstance(part, Frame):
                yield self._decoder.decode(part.payload)
            elif not gap:
                yield self._decoder.conceal(min(part.frames, MAX_CONCEALED) * FRAME_MS)

    def restart(self) -> None:
        """After bad media: a fresh decoder, the numbering goes on."""
        self._decoder = make_decoder(self.choice.codec, self.choice.rate)


class Output:
    """The speaker channel of one device."""

    __slots__ = ("_encoder", "choice")

    def __init__(self, speaker: Speaker) -> None:
        self.choice = choose(speaker.codecs, speaker.rate)
        self._encoder = make_encoder(self.choice.codec, self.choice.rate)

    def encode(self, pcm: bytes) -> bytes:
        """The payload for one 20 ms hub frame."""
        if self.choice.codec == "pcm16" and self.choice.rate == RATE:
            return pcm
        return self._encoder.encode(pcm)
