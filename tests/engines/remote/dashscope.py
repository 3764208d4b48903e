"""A double of Alibaba Cloud's DashScope: one path for Qwen-ASR and Qwen-TTS, told apart by the model.

Shapes as the vendor's pages have them:
https://docs.qwencloud.com/api-reference/speech-recognition/qwen-asr/dashscope (request, answer of Qwen-ASR)
https://www.alibabacloud.com/help/en/model-studio/qwen-tts-api (request, streamed events of Qwen-TTS)
https://help.aliyun.com/zh/dashscope/response-status-codes (refusals: code, message, request_id)
"""

import base64
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from tests.engines.server import Scripted

REQUEST = "568e2bf0-d6f2-97f8-9f15-a57b11dc6977"


class DashScopeDouble(Scripted):
    """`url` is where the API begins, with `/v1` behind it."""

    def routes(self) -> list[BaseRoute]:
        path = "/v1/services/aigc/multimodal-generation/generation"
        return [Route(path, self.generate, methods=["POST"])]

    async def generate(self, request: Request) -> Response:
        return await self.answer(request, await request.json())

    def refusal(self, message: str) -> dict[str, Any]:
        return {"code": "Throttling.RateQuota", "message": message, "request_id": REQUEST}

    def then_words(self, *texts: str) -> None:
        message = {
            "annotations": [{"language": "zh", "type": "audio_info", "emotion": "neutral"}],
            "content": [{"text": text} for text in texts],
            "role": "assistant",
        }
        usage = {"input_tokens_details": {"text_tokens": 0}, "output_tokens_details": {"text_tokens": 6}}
        self.then_json(
            {
                "request_id": REQUEST,
                "output": {"choices": [{"finish_reason": "stop", "message": message}]},
                "usage": usage | {"seconds": 1},
            }
        )

    def then_sound(self, *pieces: bytes, pause: float = 0.0, cut: bool = False, end: bool = True) -> None:
        """`cut`: the connection breaks; `end` False: the stream ends without its last event."""
        events = [event(piece) for piece in pieces] + ([event(b"", "stop")] if end and not cut else [])
        self.stream([one.encode() for one in events], "text/event-stream;charset=UTF-8", pause=pause, cut=cut)

    def then_events(self, *payloads: str) -> None:
        self.stream([framed(payload).encode() for payload in payloads], "text/event-stream;charset=UTF-8")


def event(pcm: bytes, finish: str = "null") -> str:
    """One piece of sound; the last one has the address of the whole and no data."""
    audio = {
        "data": base64.b64encode(pcm).decode(),
        "expires_at": 1766113409,
        "id": f"audio_{REQUEST}",
        "url": "http://dashscope-result.example/whole.wav" if finish == "stop" else "",
    }
    output = {"audio": audio, "finish_reason": finish}
    return framed(json.dumps({"output": output, "usage": {"characters": 8}, "request_id": REQUEST}))


def framed(payload: str) -> str:
    return f"id:1\nevent:result\n:HTTP_STATUS/200\ndata:{payload}\n\n"
