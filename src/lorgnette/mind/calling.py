"""The key of the tool call that runs: the same whenever that very call is tried again."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_KEY: Final[ContextVar[str]] = ContextVar("lorgnette_call", default="")


def key_of_call() -> str:
    """Empty where no model called: then the turn itself is what may be tried again."""
    return _KEY.get()


@contextmanager
def calling(key: str) -> Iterator[None]:
    """Inside, and in every task that is begun inside, this call is made."""
    token = _KEY.set(key)
    try:
        yield
    finally:
        _KEY.reset(token)
