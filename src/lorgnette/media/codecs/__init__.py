"""Codecs at the hub's edge: a device's payloads to mono PCM16 at 16 kHz and back.

    decoder = make_decoder("opus", 48_000)
    pcm = decoder.decode(payload)      # MediaError for a bad payload; the next good one works again
    pcm += decoder.conceal(20)         # 20 ms that never came

Each conversion happens here and nowhere else, so that all rooms behind see one format.
"""

from collections.abc import Callable
from typing import cast, get_args

from lorgnette.core.audio import Codec
from lorgnette.core.errors import MediaError
from lorgnette.media.codecs.opus import OpusDecoder, OpusEncoder, opus_available
from lorgnette.media.codecs.pcm16 import Pcm16Decoder, Pcm16Encoder
from lorgnette.media.codecs.shape import Decoder, Encoder

__all__ = [
    "Decoder",
    "Encoder",
    "available_codecs",
    "make_decoder",
    "make_encoder",
    "opus_available",
]

_DECODERS: dict[str, Callable[[int], Decoder]] = {"opus": OpusDecoder, "pcm16": Pcm16Decoder}
_ENCODERS: dict[str, Callable[[int], Encoder]] = {"opus": OpusEncoder, "pcm16": Pcm16Encoder}


def available_codecs() -> tuple[Codec, ...]:
    """What this hub may offer a device, best first: Opus only where libopus was found."""
    names = (*(("opus",) if opus_available() else ()), "pcm16")
    return tuple(cast("Codec", name) for name in names if name in get_args(Codec))


def make_decoder(codec: str, rate: int) -> Decoder:
    """A decoder for one microphone stream whose device samples at `rate` Hz (8 000 to 48 000)."""
    return _pick(_DECODERS, codec)(rate)


def make_encoder(codec: str, rate: int) -> Encoder:
    """An encoder for one speaker stream whose device plays at `rate` Hz (8 000 to 48 000)."""
    return _pick(_ENCODERS, codec)(rate)


def _pick[T](makers: dict[str, T], codec: str) -> T:
    try:
        return makers[codec]
    except KeyError:
        known = ", ".join(sorted(makers))
        raise MediaError(f"no codec {codec!r} here; there are {known}") from None
