"""A language model in the hub itself: llama.cpp in a process of its own, one answer at a time."""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.health import Health
from lorgnette.engines.llm.assembly import Assembly
from lorgnette.engines.llm.pictures import without
from lorgnette.engines.protocols import ChatDelta
from lorgnette.engines.runner import ProcessPool, cores

WORKER: Final = "lorgnette.engines.llm.llama:Llama"
QUEUE: Final = 8
"""Answers that wait for the one that runs; one more is Busy."""
LOADING: Final = 300.0


class LocalChat:
    """`ChatModel` over a GGUF file. window: tokens it takes at once. reply: tokens of an answer, at most.

    first_token: seconds until it counts as hung; between two pieces the same. options: more arguments of
    llama-cpp-python's `create_chat_completion` ("temperature", "tool_choice", …).
    """

    def __init__(
        self,
        file: str,
        *,
        window: int = 8_192,
        threads: int = 0,
        layers: int = 0,
        format: str = "",
        thinking: bool = False,
        reply: int = 2_048,
        first_token: float = 60.0,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        if not file:
            raise ConfigError("[llm_local] needs a file")
        if find_spec("llama_cpp") is None:
            raise EngineError("llama-cpp-python isn't installed: pip install 'lorgnette[local]'")
        path = Path(file).expanduser()
        if not path.is_file():
            raise EngineError(f"[llm_local] file: there is no {path}")
        self.name = path.stem
        self.window = window
        self.reply = reply
        settings = {
            "file": str(path.absolute()),
            "window": window,
            "threads": threads or max(1, cores() - 1),
            "layers": layers,
            "format": format,
            "thinking": thinking,
            "options": {"max_tokens": reply, **(options or {})},
        }
        self._pool = ProcessPool(
            self.name,
            WORKER,
            settings,
            workers=1,
            queue=QUEUE,
            deadline=first_token,
            patience=first_token,
            start_deadline=LOADING,
            notice=5.0,
        )

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]:
        assembly = Assembly(tools, unopened="thinking" in self.name.lower())
        body = json.dumps({"messages": without(messages), "tools": list(tools)}).encode()
        async with aclosing(self._pool.stream("chat", body)) as chunks:
            async for chunk in chunks:
                text = assembly.push(chunk.decode()) if chunk else ""
                if text:
                    yield ChatDelta(text)
        yield assembly.finish()

    def start(self) -> None:
        self._pool.start()

    async def aclose(self) -> None:
        await self._pool.aclose()

    def health(self) -> Health:
        return self._pool.health()
