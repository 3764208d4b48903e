"""Sentence templates as hassil reads them: a language asks for its own twice, a changed skill again."""

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=2048)
def expression_of(template: str) -> Any:
    """Hassil's expression, which nobody changes. Raises its `ParseError` or `AssertionError`."""
    from hassil.parse_expression import parse_sentence

    return parse_sentence(template).expression
