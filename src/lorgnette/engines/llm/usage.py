"""What a server says that an answer used, in the shapes that are in use."""

from collections.abc import Mapping
from typing import Any, Final

from lorgnette.engines.protocols import Usage

MILLIONTHS: Final = 1_000_000
MOST: Final = 1_000_000_000
"""Tokens, or a cost in whole units, beyond which a server is not believed."""


def usage_of(event: Mapping[str, Any]) -> Usage | None:
    """The `usage` of a chunk or of a whole answer; None where there is none.

    `cost` is OpenRouter's own, in US dollars (openrouter.ai/docs/use-cases/usage-accounting). What was read
    from a cache is `prompt_tokens_details.cached_tokens` (OpenAI, vLLM, DashScope, OpenRouter) or
    `prompt_cache_hit_tokens` (DeepSeek).
    """
    found = event.get("usage")
    if not isinstance(found, Mapping) or not _count(found.get("prompt_tokens")):
        return None
    details = found.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
    cost = found.get("cost")
    known = isinstance(cost, int | float) and not isinstance(cost, bool) and 0 <= cost < MOST
    model = event.get("model")
    return Usage(
        input=_count(found.get("prompt_tokens")),
        output=_count(found.get("completion_tokens")),
        cached=_count(cached) or _count(found.get("prompt_cache_hit_tokens")),
        cost=round(cost * MILLIONTHS) if known and cost is not None else 0,
        model=model[:200] if isinstance(model, str) else "",
    )


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST else 0
