"""Qwen-ASR at Alibaba Cloud's DashScope: `qwen3-asr-flash`, an utterance at a time.

Request and answer as https://docs.qwencloud.com/api-reference/speech-recognition/qwen-asr/dashscope has them.
"""

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from lorgnette.engines.asr.whole import WholeRecognizer
from lorgnette.engines.remote.dashscope import NAME, PATH
from lorgnette.engines.remote.endpoint import Endpoint
from lorgnette.engines.remote.sections import LANGUAGES
from lorgnette.media.wav import wav_bytes


class DashScopeRecognizer(WholeRecognizer):
    """url: where its API begins ("https://dashscope-intl.aliyuncs.com/api/v1").

    prompt: names and words to expect, of which it takes any text. Numbers come as words, as they were said.
    """

    def __init__(
        self,
        url: str,
        model: str = "qwen3-asr-flash",
        key: str = "",
        *,
        languages: Iterable[str] = LANGUAGES,
        prompt: str = "",
        timeout: float = 10.0,
    ) -> None:
        endpoint = Endpoint("asr_dashscope", url, PATH, key, name=NAME)
        super().__init__(NAME, endpoint, languages, timeout)
        self._model = model
        self._prompt = prompt

    def content(self, pcm: bytes, language: str) -> dict[str, Any]:
        sound = f"data:audio/wav;base64,{base64.b64encode(wav_bytes(pcm)).decode()}"
        messages = [
            {"role": "system", "content": [{"text": self._prompt}]},
            {"role": "user", "content": [{"audio": sound}]},
        ]
        parameters = {"asr_options": {"language": language, "enable_itn": False}}
        return {"json": {"model": self._model, "input": {"messages": messages}, "parameters": parameters}}

    def text(self, answer: Mapping[str, Any]) -> str | None:
        """`output.choices[0].message.content[].text`; the content is empty where nothing was said."""
        try:
            parts = answer["output"]["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            return None
        if not isinstance(parts, list):
            return None
        texts = [part.get("text") for part in parts if isinstance(part, dict)]
        return "".join(text for text in texts if isinstance(text, str))
