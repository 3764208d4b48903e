"""How many tokens a request has, estimated without the model's tokenizer: rather too many than too few."""

import json
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final

LETTERS: Final = 3.0
"""ASCII characters a token: English has about 4, JSON and German about 3. Every other character counts as one
token, which is right for Chinese where a tokenizer knows the character alone."""
MESSAGE: Final = 6
"""Tokens around a message: role and marks."""
IMAGE: Final = 2_100
"""Tokens of a picture of 1,280 pixels at 28 pixels a token and side, as Qwen2-VL and 2.5-VL have it."""


def raw(messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()) -> int:
    """The estimate before any correction."""
    size = sum(MESSAGE + _content(one.get("content")) for one in messages)
    size += sum(written(_plain(one["tool_calls"])) for one in messages if one.get("tool_calls"))
    return size + sum(written(_plain(tool)) for tool in tools)


def written(text: str) -> int:
    """Tokens of a text."""
    ascii_ = len(text.encode("ascii", "ignore"))
    return ceil(ascii_ / LETTERS) + len(text) - ascii_


def _content(content: Any) -> int:
    if isinstance(content, str):
        return written(content)
    parts = content if isinstance(content, Sequence) else ()
    return sum(written(str(part.get("text", ""))) if part.get("type") == "text" else IMAGE for part in parts)


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
