"""What an answer used, in the shapes that servers send."""

import pytest

from lorgnette.engines.llm.usage import usage_of
from lorgnette.engines.protocols import Usage


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ({"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}, Usage(9, 2, model="m")),
        (
            {"prompt_tokens": 9, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 8}},
            Usage(9, 2, 8, model="m"),
        ),
        (
            {"prompt_tokens": 9, "completion_tokens": 2, "prompt_cache_hit_tokens": 4},
            Usage(9, 2, 4, model="m"),
        ),
        (
            {"prompt_tokens": 194, "completion_tokens": 2, "cost": 0.95},
            Usage(194, 2, cost=950_000, model="m"),
        ),
    ],
    ids=["plain", "OpenAI, vLLM, DashScope", "DeepSeek", "OpenRouter"],
)
def test_each_servers_shape_is_read(usage, expected):
    assert usage_of({"model": "m", "usage": usage}) == expected


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        [],
        "x",
        {"prompt_tokens": "9"},
        {"prompt_tokens": -1},
        {"prompt_tokens": True},
        {"prompt_tokens": 10**12},
    ],
    ids=str,
)
def test_what_is_no_count_is_none(usage):
    assert usage_of({"usage": usage}) is None


def test_a_cost_that_isnt_one_counts_nothing():
    for cost in ("1", True, -1, float("nan"), 1e30):
        assert usage_of({"usage": {"prompt_tokens": 1, "cost": cost}}).cost == 0
