"""Audio files: any WAV, FLAC, Ogg or MP3 to mono PCM16 16 kHz, and PCM16 to WAV.

For recordings, tests and attachments, never on the live path. Plain PCM WAV needs only the standard
library; everything else goes through libsndfile (`soundfile`, BSD-3, 1.3 MB), imported when met.
"""

import io
import struct
import wave
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.audio import RATE
from lorgnette.core.errors import MediaError

LONGEST_S: Final = 3600.0
"""Files above an hour are refused unless the caller asks for more: decoded, an hour is 115 MB."""
_RATES = range(1_000, 384_001)


def read_audio(source: str | Path | bytes, *, longest_s: float = LONGEST_S) -> bytes:
    """A file, or its bytes, as mono PCM16 at 16 kHz, channels averaged. `MediaError` says what is wrong."""
    data, name = _load(source)
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        plain = _read_wave(data, name, longest_s)
        if plain is not None:
            return _to_hub(*plain, name)
    return _to_hub(*_read_other(data, name, longest_s), name)


def write_wav(target: str | Path, pcm: bytes, rate: int = RATE) -> None:
    """Mono PCM16 to a WAV file."""
    try:
        Path(target).write_bytes(wav_bytes(pcm, rate))
    except OSError as error:
        raise MediaError(f"{target} can't be written: {error.strerror}") from error


def wav_bytes(pcm: bytes, rate: int = RATE) -> bytes:
    """A WAV file in memory, as hosted speech engines want it."""
    if len(pcm) % 2:
        raise MediaError(f"{len(pcm)} bytes are no whole number of samples")
    out = io.BytesIO()
    with wave.open(out, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(pcm)
    return out.getvalue()


def _load(source: str | Path | bytes) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, f"{len(source)} bytes"
    try:
        return Path(source).read_bytes(), str(source)
    except OSError as error:
        raise MediaError(f"{source} can't be read: {error.strerror}") from error


def _read_wave(data: bytes, name: str, longest_s: float) -> tuple[NDArray[np.float32], int] | None:
    """Integer PCM by the standard library; None for what it doesn't know (float, A-law, …)."""
    try:
        with wave.open(io.BytesIO(data)) as reader:
            channels, width, rate = reader.getnchannels(), reader.getsampwidth(), reader.getframerate()
            _check(reader.getnframes(), channels, rate, name, longest_s)
            raw = reader.readframes(reader.getnframes())
    except (wave.Error, EOFError, RuntimeError, ValueError, ArithmeticError, struct.error):
        return None  # libsndfile may make more of it, or says what is wrong
    raw = raw[: len(raw) // (width * channels) * width * channels]  # a recorder that died mid-frame
    match width:
        case 1:
            samples = (np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / 128
        case 2:
            samples = np.frombuffer(raw, np.dtype("<i2")).astype(np.float32) / 32768
        case 3:
            parts = np.frombuffer(raw, np.uint8).reshape(-1, 3).astype(np.int32)
            value = (parts[:, 0] << 8 | parts[:, 1] << 16 | parts[:, 2] << 24) >> 8
            samples = (value / 2**23).astype(np.float32)
        case 4:
            samples = (np.frombuffer(raw, np.dtype("<i4")) / 2**31).astype(np.float32)
        case _:
            return None
    return samples.reshape(-1, channels).mean(axis=1, dtype=np.float32), rate


def _read_other(data: bytes, name: str, longest_s: float) -> tuple[NDArray[np.float32], int]:
    try:
        import soundfile
    except (ImportError, OSError) as error:
        raise MediaError(f"{name} needs libsndfile, which can't be loaded: {error}") from error
    try:
        with soundfile.SoundFile(_Forgiving(data)) as reader:
            _check(reader.frames, reader.channels, reader.samplerate, name, longest_s)
            samples: NDArray[np.float32] = reader.read(dtype="float32", always_2d=True)
            rate: int = reader.samplerate
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError) as error:
        reason = str(error).rpartition(": ")[2] if data else "it is empty"
        raise MediaError(f"{name} is no audio file that can be read: {reason}") from error
    # A float file may hold anything, infinities included.
    samples = np.clip(np.nan_to_num(samples, nan=0.0), -1.0, 1.0)
    return samples.mean(axis=1, dtype=np.float32), rate


class _Forgiving(io.BytesIO):
    """libsndfile seeks before the start of damaged files, out of a callback that can't raise."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return super().seek(max(0, offset) if whence == 0 else offset, whence)


def _check(frames: int, channels: int, rate: int, name: str, longest_s: float) -> None:
    """Refuse by the header, before anything is allocated."""
    if rate not in _RATES or not 1 <= channels <= 64:
        raise MediaError(f"{name} claims {channels} channels at {rate} Hz")
    if frames < 0 or frames > longest_s * rate:
        raise MediaError(f"{name} claims {frames / rate:.0f} s, at most {longest_s:.0f} s are read")


def _to_hub(samples: NDArray[np.float32], rate: int, name: str) -> bytes:
    if not len(samples):
        raise MediaError(f"{name} holds no sound")
    if rate != RATE:
        import soxr

        samples = soxr.resample(samples, rate, RATE, quality="HQ")
    return np.rint(np.clip(samples * 32768, -32768, 32767)).astype(np.dtype("<i2")).tobytes()
