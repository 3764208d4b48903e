"""Arithmetic: right, exact where it can be, and never out of bounds."""

import contextlib
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lorgnette.core.errors import SkillError
from lorgnette.services.convert.evaluate import evaluate


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("2 + 2", "4"),
        ("12 * 4 + 1", "49"),
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("15 / 100 * 80", "12"),
        ("2 ^ 10", "1024"),
        ("2 ** 10", "1024"),
        ("2 ^ 3 ^ 2", "512"),
        ("-2 ^ 2", "-4"),
        ("2 ^ -1", "0.5"),
        ("--3", "3"),
        ("+3 - -4", "7"),
        ("sqrt(16)", "4"),
        ("sqrt 9 + 1", "4"),
        ("0.1 + 0.2", "0.3"),
        ("8 ^ (1 / 3) * 0 + .5", "0.5"),
        ("10 / 4", "2.5"),
        ("0 ^ 0", "1"),
        ("1.", "1"),
    ],
)
def test_it_is_worked_out(expression: str, found: str) -> None:
    assert evaluate(expression) == Decimal(found)


@pytest.mark.parametrize(
    ("expression", "phrase"),
    [
        ("1 / 0", "calculate-by-zero"),
        ("0 ^ -1", "calculate-by-zero"),
        ("1 / (2 - 2)", "calculate-by-zero"),
        ("9 ^ 9 ^ 9", "calculate-too-large"),
        ("9 ^ 999", "calculate-too-large"),
        ("10 ^ 300 * 10 ^ 300", "calculate-too-large"),
        ("sqrt(0 - 4)", "calculate-no-root"),
        ("(0 - 8) ^ 0.5", "calculate-no-root"),
        ("", "calculate-nonsense"),
        ("1 +", "calculate-nonsense"),
        ("(1", "calculate-nonsense"),
        ("1)", "calculate-nonsense"),
        ("1 1", "calculate-nonsense"),
        ("1 // 2", "calculate-nonsense"),
        ("__import__('os')", "calculate-nonsense"),
        ("1e9", "calculate-nonsense"),
        ("x", "calculate-nonsense"),
        ("(" * 60 + "1" + ")" * 60, "calculate-too-long"),
        ("-" * 100 + "1", "calculate-too-long"),
        ("1+" * 200 + "1", "calculate-too-long"),
    ],
)
def test_what_cannot_be_worked_out_says_why(expression: str, phrase: str) -> None:
    with pytest.raises(SkillError) as why:
        evaluate(expression)
    assert why.value.phrase == phrase


@settings(max_examples=150, deadline=None)
@given(st.text("0123456789.+-*/^() sqrt", max_size=60))
def test_whatever_is_typed_ends_soon_in_a_number_or_a_sentence(expression: str) -> None:
    began = time.process_time()
    with contextlib.suppress(SkillError):
        assert isinstance(evaluate(expression), Decimal)
    assert time.process_time() - began < 0.5
