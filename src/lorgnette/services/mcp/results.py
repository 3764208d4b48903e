"""What a tool answered, made words and pictures of a bounded size: other people's, whatever they say."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from lorgnette.core.taint import Source
from lorgnette.sdk.outside import OutsideAnswer
from lorgnette.services.mcp.pinned import shown

LONGEST: Final = 12_000
"""Characters of an answer; more is cut, and says so."""
MOST_PARTS: Final = 64
MOST_PICTURES: Final = 3
PICTURE_BYTES: Final = 2 * 1024 * 1024
PICTURES: Final = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff", "image/webp": b"RIFF"}


def answer(server: str, result: Any) -> OutsideAnswer:
    """Of the SDK's `CallToolResult`."""
    said: list[str] = []
    pictures: list[str] = []
    for part in result.content[:MOST_PARTS]:
        match part.type:
            case "text":
                said.append(part.text)
            case "image":
                picture = _picture(part.mime_type, part.data) if len(pictures) < MOST_PICTURES else ""
                pictures += [picture] if picture else []
                said.append(f"[a picture, {shown(part.mime_type, 40)}]")
            case "resource_link":
                said.append(f"[{shown(part.title or part.name, 80)}: {shown(str(part.uri), 300)}]")
            case "resource":
                text = getattr(part.resource, "text", None)
                said.append(text if text is not None else f"[a file: {shown(str(part.resource.uri), 300)}]")
            case _:
                said.append(f"[{shown(part.type, 40)}]")
    if len(result.content) > MOST_PARTS:
        said.append(f"[and {len(result.content) - MOST_PARTS} more parts]")
    structured = _structured(result.structured_content)
    if structured and not any(structured == _squeezed(text) for text in said):
        said.append(structured)
    text = shown("\n".join(said), LONGEST, lines=True)
    return OutsideAnswer(
        text=text,
        source=Source("tool", server),
        ok=not result.is_error,
        pictures=tuple(pictures),
    )


def _structured(content: Any) -> str:
    if content is None:
        return ""
    try:
        return msgspec.json.encode(content).decode()
    except (TypeError, ValueError, RecursionError, msgspec.MsgspecError):
        return ""


def _squeezed(text: str) -> str:
    """The same JSON without blanks, where a text is that: servers send both."""
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return msgspec.json.encode(msgspec.json.decode(text)).decode()
    except (msgspec.DecodeError, RecursionError):
        return text


def _picture(kind: str, data: str) -> str:
    """A data URI; empty for what is no picture of a known kind, or too large."""
    begins: Mapping[str, bytes] = PICTURES
    if kind not in begins or len(data) > PICTURE_BYTES * 4 // 3:
        return ""
    try:
        raw = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return f"data:{kind};base64,{data}" if raw.startswith(begins[kind]) else ""
