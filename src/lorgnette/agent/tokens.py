"""How many tokens a request has, without the model's tokenizer: rather too many, corrected by its server."""

import logging
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final

from lorgnette.engines.llm.tokens import raw

log = logging.getLogger(__name__)

_SMALL: Final = 200
_LEAST, _MOST = 0.5, 2.0
_SLOWLY: Final = 0.2


class Tokens:
    """`of` counts; `learn` what the server has counted, which makes the next count better."""

    def __init__(self) -> None:
        self._factor = 1.0
        self._told = False

    def of(self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()) -> int:
        """A request's tokens, at most."""
        return self.corrected(raw(messages, tools))

    def corrected(self, estimated: int) -> int:
        """What `raw` has estimated, as servers have taught."""
        return ceil(estimated * self._factor)

    def learn(self, counted: int, estimated: int) -> None:
        """`counted` by the server where `raw` had `estimated`: more is believed at once, less by and by.

        Far fewer than were sent is a server that cut the request, which would be the wrong thing to learn.
        """
        if counted <= 0 or estimated < _SMALL:
            return
        ratio = counted / estimated
        if ratio < _LEAST:
            if not self._told:
                log.warning(
                    "the model's server read %d tokens of about %d: set model.window", counted, estimated
                )
                self._told = True
            return
        ratio = min(ratio, _MOST)
        self._factor = ratio if ratio > self._factor else self._factor + (ratio - self._factor) * _SLOWLY
