"""The section of `lorgnette.toml` for turn completion; each key is an argument of its adapter."""

from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section


class SmartTurnSection(Section, frozen=True, kw_only=True):
    """The engine `smart` (speech.turn): a Smart Turn v3 network hears whether a sentence is finished."""

    model: Annotated[str, Meta(description="Its file, as smart-turn-v3.2-cpu.onnx.")] = ""
