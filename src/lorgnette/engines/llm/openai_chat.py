"""Any OpenAI-compatible chat endpoint by URL and key, streaming: Qwen's own, vLLM, llama.cpp, Ollama."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Any, Final

from lorgnette.core.errors import EngineError
from lorgnette.engines.llm.assembly import Assembly
from lorgnette.engines.llm.hosts import models_at
from lorgnette.engines.llm.pictures import without
from lorgnette.engines.protocols import ChatDelta
from lorgnette.engines.remote.endpoint import CONNECT, Answer, Endpoint, Refused
from lorgnette.engines.remote.hosted import Hosted
from lorgnette.engines.remote.sse import payloads

PATH: Final = "/chat/completions"
_LONGEST_BODY = 2_000_000
_HEADERS = {"accept": "text/event-stream, application/json"}
_UNKNOWN_FIELD = frozenset({400, 422})
"""With these a server refuses a request that has a field which it doesn't know."""


class OpenAIChat(Hosted):
    """`ChatModel` over HTTP.

    url: the endpoint's base ("http://127.0.0.1:8080/v1"). model: empty = the first that the server lists.
    key: sent as a bearer token, and to be found in no message and no log. first_token, between_tokens:
    seconds until the answer counts as failed. options: more fields of the request ("temperature", …).
    wishes: fields that a server may refuse; then it is asked without them, and from then on without those
    that it named, or any where it named none. with_tools: the same, where tools are offered. images: whether
    the model sees pictures. window, reply: see `Sized`.

    Until the first token has come a request is tried up to three times, where the server says 429 or 5xx or
    can't be reached, all within `first_token` seconds. After that nothing is repeated: an EngineError is
    raised, retryable where a new turn may work.
    """

    def __init__(
        self,
        url: str,
        model: str = "",
        key: str = "",
        *,
        first_token: float = 20.0,
        between_tokens: float = 15.0,
        options: Mapping[str, Any] | None = None,
        wishes: Mapping[str, Any] | None = None,
        with_tools: Mapping[str, Any] | None = None,
        images: bool = True,
        window: int = 0,
        reply: int = 0,
    ) -> None:
        self.window = window
        self.reply = reply
        self._endpoint = Endpoint("model", url, PATH, key, name=model or "openai")
        self._model = model
        self._key = key
        self._first_token = first_token
        self._between_tokens = between_tokens
        self._options = dict(options or {})
        self._wishes = dict(wishes or {})
        self._with_tools = dict(with_tools or {})
        self._images = images

    @property
    def name(self) -> str:
        return self._model or "openai"

    async def stream(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncGenerator[ChatDelta]:
        until = asyncio.get_running_loop().time() + self._first_token
        with self._endpoint.ledger.request():
            async with (
                self._answer(messages, tools, until) as answer,
                aclosing(self._deltas(answer, tools, until)) as deltas,
            ):
                async for delta in deltas:
                    yield delta

    @asynccontextmanager
    async def _answer(
        self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]], until: float
    ) -> AsyncIterator[Answer]:
        """An answer whose status is fine; leaving drops the connection."""
        if not self._model:
            self._model = self._endpoint.ledger.engine = await self._first_model(until)
        sent = list(messages) if self._images else without(messages)
        body: dict[str, Any] = {"model": self._model, "messages": sent, "stream": True}
        wishes = dict(self._wishes)
        if tools:
            body["tools"] = list(tools)
            wishes |= self._with_tools
        begun = False
        try:
            content = {**wishes, **self._options, **body}
            async with self._endpoint.open(until, json=content, headers=_HEADERS) as answer:
                begun = True
                yield answer
            return
        except Refused as refused:
            if begun or not wishes or refused.status not in _UNKNOWN_FIELD:
                raise
            unwanted = {name for name in wishes if name in refused.detail} or set(wishes)
        async with self._endpoint.open(until, json={**self._options, **body}, headers=_HEADERS) as answer:
            # only now is it sure that they were what it refused
            self._wishes = {name: value for name, value in self._wishes.items() if name not in unwanted}
            self._with_tools = {
                name: value for name, value in self._with_tools.items() if name not in unwanted
            }
            yield answer

    async def _deltas(
        self, answer: Answer, tools: Sequence[Mapping[str, Any]], until: float
    ) -> AsyncGenerator[ChatDelta]:
        assembly = Assembly(tools, unopened="thinking" in self._model.lower())
        try:
            async with aclosing(self._payloads(answer, until)) as found:
                async for payload in found:
                    text = assembly.push(payload)
                    if text:
                        yield ChatDelta(text)
                    if assembly.closed:
                        break
            yield assembly.finish()
        except EngineError as error:
            detail = self._endpoint.mask(error.detail)
            raise EngineError(detail, retryable=error.retryable) from error.__cause__

    async def _payloads(self, answer: Answer, until: float) -> AsyncGenerator[str]:
        """The events' data; a server that doesn't stream gives its whole answer as one."""
        if answer.type == "application/json":
            yield (await answer.read(until, _LONGEST_BODY)).decode("utf-8", "replace")
            return
        async with aclosing(payloads(answer, until, self._between_tokens)) as found:
            async for payload in found:
                yield payload

    async def _first_model(self, until: float) -> str:
        seconds = min(CONNECT, max(0.1, until - asyncio.get_running_loop().time()))
        endpoint = self._endpoint
        found = await models_at(endpoint.base, self._key, seconds=seconds, proxies=not endpoint.local)
        if isinstance(found, str) or not found:
            why = found or "it lists none"
            raise EngineError(f"{endpoint.place} doesn't say its models, so name one: {why}", retryable=True)
        return found[0]
