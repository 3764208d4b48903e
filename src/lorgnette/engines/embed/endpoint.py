"""Any server with OpenAI's `/embeddings`, by URL and key: DashScope, Ollama, llama.cpp, vLLM."""

import asyncio
import json
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.remote.endpoint import Endpoint
from lorgnette.engines.remote.hosted import Hosted

if TYPE_CHECKING:
    import numpy as np

LONGEST: Final = 2_000
"""Characters of one text that are sent."""
LARGEST: Final = 16_000_000
MOST_DIMENSIONS: Final = 8_192


class EmbeddingEndpoint(Hosted):
    """`Embedder` over HTTP, `batch` texts a request (DashScope takes ten), one request after the other.

    url: the server's base ("http://127.0.0.1:11434/v1"). dimensions: how many the model is asked for, 0: its
    own. timeout: seconds for one request, all tries together.
    """

    def __init__(
        self,
        url: str = "",
        model: str = "",
        key: str = "",
        *,
        dimensions: int = 0,
        batch: int = 10,
        timeout: float = 10.0,
    ) -> None:
        if not model:
            raise ConfigError("[embed_openai] needs a model: meanings of different ones can't be compared")
        self._endpoint = Endpoint("embed_openai", url, "/embeddings", key)
        self._fields: dict[str, Any] = {"model": model, "encoding_format": "float"}
        if dimensions:
            self._fields["dimensions"] = dimensions
        self.name = f"{model}/{dimensions}" if dimensions else model
        self._batch = batch
        self._timeout = timeout

    async def embed(self, texts: Sequence[str]) -> "np.ndarray[Any, Any]":
        import numpy as np

        rows: list[list[float]] = []
        for begin in range(0, len(texts), self._batch):
            rows += await self._asked([text[:LONGEST] for text in texts[begin : begin + self._batch]])
        if len({len(row) for row in rows}) > 1:
            raise EngineError(f"{self._endpoint.place} gave vectors of different lengths")
        return np.asarray(rows, dtype=np.float32).reshape(len(rows), -1)

    async def _asked(self, texts: Sequence[str]) -> list[list[float]]:
        until = asyncio.get_running_loop().time() + self._timeout
        with self._endpoint.ledger.request():
            async with self._endpoint.open(until, json={**self._fields, "input": list(texts)}) as answer:
                body = await answer.read(until, LARGEST)
            found = _vectors(body, len(texts))
            if found is None:
                raise EngineError(f"{self._endpoint.place} gives no embeddings as OpenAI's API has them")
            return found


def _vectors(body: bytes, count: int) -> list[list[float]] | None:
    """`data[].embedding` by its `index`; None for anything else."""
    try:
        listed = json.loads(body)["data"]
        rows = {int(one.get("index", at)): one["embedding"] for at, one in enumerate(listed)}
        found = [[float(number) for number in rows[at]] for at in range(count)]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError, OverflowError):
        return None
    good = len(rows) == count and all(0 < len(row) <= MOST_DIMENSIONS for row in found)
    return found if good and all(math.isfinite(number) for row in found for number in row) else None
