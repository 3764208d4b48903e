"""Line numbers: of every section and key, whatever stands between them."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from lorgnette.config.lines import line_numbers

TEXT = '''# first
title = "x"
[hub]   # comment [not.a.section]
port = 1
"odd key" = 2
a.b = 3
text = """
[fake]
port = 9
"""
list = [
  "x = 1",
  "y",
]
one = """not open"""
[ plugin . "with dots" ]
key = """a""" # =
other = \'\'\'
b\'\'\'
last = 1
'''


def test_sections_and_keys_are_found_and_words_in_strings_are_not() -> None:
    tomllib.loads(TEXT)
    found = line_numbers(TEXT)
    assert found["title",] == 2
    assert found["hub",] == 3
    assert found["hub", "port"] == 4
    assert found["hub", "odd key"] == 5
    assert found["hub", "a", "b"] == 6
    assert found["hub", "list"] == 11
    assert found["hub", "one"] == 15
    assert found["plugin", "with dots"] == 16
    assert found["plugin", "with dots", "last"] == 20
    assert ("fake",) not in found


@given(text=st.text(alphabet="[]=\"'#.\\\nab ", max_size=80))
def test_no_text_makes_it_stumble(text: str) -> None:
    for line in line_numbers(text).values():
        assert 1 <= line <= len(text.splitlines())
