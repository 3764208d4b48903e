"""The section of `lorgnette.toml` for a language model that runs in the hub."""

from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section


class LocalChatSection(Section, frozen=True, kw_only=True):
    """The model `local` (model.preset): a file of weights, run by llama.cpp. Needs the extra local."""

    file: Annotated[str, Meta(description="A GGUF file, as Qwen3's; it is loaded at the start.")] = ""
    threads: Annotated[int, Meta(ge=0, le=256, description="Cores it may use; 0: all but one.")] = 0
    layers: Annotated[
        int, Meta(ge=-1, le=10_000, description="Layers that a graphics chip takes; -1: all of them.")
    ] = 0
    format: Annotated[
        str,
        Meta(
            max_length=60, description="llama-cpp-python's name of a chat format; empty: the file's template."
        ),
    ] = ""
