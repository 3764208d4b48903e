"""On which line of a TOML file a section or key stands: the parser doesn't say."""

import re

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*\[{{1,2}}\s*({_NAME})\s*\]{{1,2}}\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_NAME})\s*=(.*)$", re.DOTALL)
_QUOTES = ('"""', "'''")


def line_numbers(text: str) -> dict[tuple[str, ...], int]:
    """Dotted names as tuples → line from 1, for sections and keys alike."""
    found: dict[tuple[str, ...], int] = {}
    section: tuple[str, ...] = ()
    open_quote = ""
    for number, line in enumerate(text.splitlines(), 1):
        if open_quote:
            if line.count(open_quote) % 2:
                open_quote = ""
            continue
        if header := _HEADER.match(line):
            section = _split(header[1])
            found.setdefault(section, number)
        elif key := _KEY.match(line):
            name = section + _split(key[1])
            for end in range(1, len(name) + 1):
                found.setdefault(name[:end], number)
            open_quote = next((quote for quote in _QUOTES if key[2].count(quote) % 2), "")
    return found


def _split(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, name))
