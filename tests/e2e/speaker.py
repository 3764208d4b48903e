"""Recorded speech for a fake microphone."""

import wave
from pathlib import Path

import pytest

from lorgnette.media import make_resampler, read_audio

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "speech" / "commands"


def command(recording: str) -> bytes:
    """A recorded command; skips where the recordings are absent: eSpeak's own voice isn't understood."""
    file = SHARED / recording
    if not file.is_file():
        pytest.skip("../shared/data/speech is not here")
    return read_audio(file)


def microphone(path: Path, *parts: bytes | float) -> Path:
    """A 48 kHz WAV of speech and silences (seconds), as Chromium's fake microphone wants it."""
    resampler = make_resampler(16_000, 48_000)
    pcm = b"".join(bytes(int(part * 16_000) * 2) if isinstance(part, float) else part for part in parts)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(resampler.push(pcm) + resampler.flush())
    return path
