"""The worker of `LocalChat`: llama.cpp with one file, OpenAI's chunks out."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_SWITCH = "enable_thinking"
"""What Qwen3's chat template asks whether the model thinks."""


ALIVE = 8
"""Tokens after which the hub hears that it still writes: half a letter is held back until it is whole."""


class _Unheard(Exception):
    """Nobody listens any more."""


class _Count:
    """Counts tokens: llama.cpp calls it before it chooses each one, with all that came before.

    `bias`: added to the scores of tokens; llama-cpp-python 0.3 forgets one of the two where it is given both.
    """

    def __init__(self, emit: Callable[[bytes], bool], bias: Mapping[str, float]) -> None:
        self.read = self.wrote = 0
        self._emit = emit
        self._bias = {int(token): value for token, value in bias.items()}

    def __call__(self, tokens: Sequence[int], scores: Any) -> Any:
        self.read = self.read or len(tokens)
        self.wrote += 1
        if self.wrote % ALIVE == 0 and not self._emit(b""):
            raise _Unheard
        for token, value in self._bias.items():
            scores[token] += value
        return scores


class Llama:
    """See `LocalChat` for the settings."""

    def __init__(
        self,
        file: str,
        window: int,
        threads: int,
        layers: int,
        format: str,
        thinking: bool,
        options: Mapping[str, Any],
    ) -> None:
        import llama_cpp

        self._options = dict(options)
        self._model = llama_cpp.Llama(
            model_path=file,
            n_ctx=window,
            n_threads=threads,
            n_threads_batch=threads,
            n_gpu_layers=layers,
            chat_format=format or None,
            verbose=False,
        )
        if not format and not thinking:
            self._keep_from_thinking()

    def chat(self, body: bytes, emit: Callable[[bytes], bool]) -> None:
        """Emits the chunks of one answer, and at the end what it used. Stops where nobody listens."""
        import llama_cpp

        asked = json.loads(body)
        tools = asked["tools"] or None
        options = {key: value for key, value in self._options.items() if tools or key != "tool_choice"}
        count = _Count(emit, options.pop("logit_bias", {}))
        try:
            for chunk in self._model.create_chat_completion(
                asked["messages"],
                tools=tools,
                stream=True,
                logits_processor=llama_cpp.LogitsProcessorList([count]),
                **options,
            ):
                if not emit(json.dumps(chunk).encode()):
                    return
        except _Unheard:
            return
        emit(json.dumps({"usage": {"prompt_tokens": count.read, "completion_tokens": count.wrote}}).encode())

    def _keep_from_thinking(self) -> None:
        """The file's own template, told that the model is to answer at once; where it knows of that."""
        from llama_cpp import llama_chat_format

        template = self._model.metadata.get("tokenizer.chat_template", "")
        if _SWITCH not in template:
            return
        end, begin = self._model.token_eos(), self._model.token_bos()
        formatter = llama_chat_format.Jinja2ChatFormatter(
            template=template,
            eos_token=self._text(end),
            bos_token=self._text(begin),
            stop_token_ids=[end],
        )

        def quietly(**arguments: Any) -> Any:
            return formatter(**arguments, **{_SWITCH: False})

        self._model.chat_handler = llama_chat_format.chat_formatter_to_chat_completion_handler(quietly)

    def _text(self, token: int) -> str:
        return self._model._model.token_get_text(token) if token >= 0 else ""  # noqa: SLF001 — its own way
