"""The section of `lorgnette.toml` for embeddings from a server; each key is an argument of its adapter."""

from typing import Annotated

from msgspec import Meta

from lorgnette.config import Secret, Section

_NO_KEY = Secret()


class EmbeddingSection(Section, frozen=True, kw_only=True):
    """The engine `openai` (memory.embed): any server with OpenAI's `/embeddings`.

    Qwen's are at https://dashscope-intl.aliyuncs.com/compatible-mode/v1 as text-embedding-v4.
    """

    url: Annotated[
        str,
        Meta(
            pattern=r"^(https?://.+)?$",
            extra={"words": "an address as http://127.0.0.1:11434/v1"},
            description="Where it answers, without the last part of the path.",
        ),
    ] = ""
    model: Annotated[str, Meta(description="The model's name at that server.")] = ""
    key: Annotated[
        Secret, Meta(description="Key for it, as env:NAME or file:/path; empty: none is sent.")
    ] = _NO_KEY
    dimensions: Annotated[
        int, Meta(ge=0, le=8192, description="How long its vectors shall be; 0: as long as it makes them.")
    ] = 0
    batch: Annotated[int, Meta(ge=1, le=256, description="Texts in one request.")] = 10
    timeout: Annotated[
        float, Meta(gt=0, le=120, description="Seconds for one request, all tries together.")
    ] = 10.0
