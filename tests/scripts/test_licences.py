import pytest
from licences import Row, refused, spdx


@pytest.mark.parametrize(
    ("licence", "note", "is_refused"),
    [
        ("MIT", "", False),
        ("BSD-3-Clause AND 0BSD AND CC0-1.0", "", False),
        ("GPL-3.0-only OR Apache-2.0", "", False),
        ("GPL-3.0-only", "", True),
        ("MIT AND GPL-3.0-only", "", True),
        ("GPL-3.0-only", "a process of its own", False),
        ("unknown", "", True),
    ],
)
def test_a_licence_needs_to_be_allowed_or_given_a_reason(licence, note, is_refused):
    assert refused(Row("thing", "1", licence, "base", note)) is is_refused


def test_older_spellings_become_identifiers():
    assert spdx(" MIT License") == "MIT"
    assert spdx("Apache Software License") == "Apache-2.0"
