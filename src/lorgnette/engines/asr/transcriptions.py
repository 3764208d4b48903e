"""Any server with OpenAI's `/audio/transcriptions`, by URL and key."""

from collections.abc import Iterable, Mapping
from typing import Any

from lorgnette.engines.asr.whole import WholeRecognizer
from lorgnette.engines.remote.endpoint import Endpoint
from lorgnette.engines.remote.sections import LANGUAGES
from lorgnette.media.wav import wav_bytes


class Transcriptions(WholeRecognizer):
    """One multipart request an utterance, with a WAV file. url: its base ("http://127.0.0.1:8000/v1")."""

    def __init__(
        self,
        url: str = "",
        model: str = "whisper-1",
        key: str = "",
        *,
        languages: Iterable[str] = LANGUAGES,
        prompt: str = "",
        timeout: float = 10.0,
    ) -> None:
        endpoint = Endpoint("asr_openai", url, "/audio/transcriptions", key)
        super().__init__("openai", endpoint, languages, timeout)
        self._fields = {"model": model, "response_format": "json"}
        if prompt:
            self._fields["prompt"] = prompt

    def content(self, pcm: bytes, language: str) -> dict[str, Any]:
        return {
            "data": {**self._fields, "language": language},
            "files": {"file": ("utterance.wav", wav_bytes(pcm), "audio/wav")},
        }

    def text(self, answer: Mapping[str, Any]) -> str | None:
        text = answer.get("text")
        return text if isinstance(text, str) else None
