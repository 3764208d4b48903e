"""Where Alibaba Cloud's DashScope answers, which both Qwen-ASR and Qwen-TTS ask by one path."""

from typing import Final, Literal

NAME: Final = "dashscope"
PATH: Final = "/services/aigc/multimodal-generation/generation"

Region = Literal["singapore", "beijing"]

URLS: Final[dict[str, str]] = {
    "singapore": "https://dashscope-intl.aliyuncs.com/api/v1",
    "beijing": "https://dashscope.aliyuncs.com/api/v1",
}
"""A key is of one region (https://www.alibabacloud.com/help/en/model-studio/qwen-tts-api)."""
