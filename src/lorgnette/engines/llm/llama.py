"""The worker of `LocalChat`: llama.cpp with one file, OpenAI's chunks out."""

import json
from collections.abc import Callable, Mapping
from typing import Any

_SWITCH = "enable_thinking"
"""What Qwen3's chat template asks whether the model thinks."""


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
        asked = json.loads(body)
        tools = asked["tools"] or None
        options = {key: value for key, value in self._options.items() if tools or key != "tool_choice"}
        chunks = self._model.create_chat_completion(asked["messages"], tools=tools, stream=True, **options)
        pieces = 0
        for chunk in chunks:
            pieces += 1
            if not emit(json.dumps(chunk).encode()):
                return
        read = max(0, self._model.n_tokens - pieces)
        emit(json.dumps({"usage": {"prompt_tokens": read, "completion_tokens": pieces}}).encode())

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
