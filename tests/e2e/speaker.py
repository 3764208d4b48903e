"""Speech for a fake microphone: recorded where it is at hand, else by the product's own voice."""

import asyncio
import wave
from pathlib import Path

from lorgnette.engines.tts.espeak import EspeakSynthesizer
from lorgnette.media import make_resampler, read_audio

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "speech" / "commands"


def say(text: str) -> bytes:
    """PCM16 mono 16 kHz by eSpeak NG."""

    async def work() -> bytes:
        voice = EspeakSynthesizer()
        voice.start()
        try:
            return b"".join([chunk async for chunk in voice.speak(text, "en")])
        finally:
            await voice.aclose()

    return asyncio.run(work())


def command(recording: str, text: str) -> bytes:
    """A recorded command, else the same words synthesised."""
    file = SHARED / recording
    return read_audio(file) if file.is_file() else say(text)


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
