"""Sentence templates of a tool: few in its decorator, many in a file beside the skill's phrases.

`<phrases>/<lang>.toml` holds `tool = ["template", …]`; a table `[words]` names parts that templates use as
`<name>`. A table `[heard]` holds the few sentences for which a recogniser with a grammar listens, where the
many that are understood would be too many for it. A language pack's `sentences.toml` adds to it.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lorgnette.sdk.language import Language
from lorgnette.sdk.skill import Tool

_PART = re.compile(r"<([a-z_]+)>")


def sentences_of(skill: str, folder: Path, tool: Tool, pack: Language) -> list[str]:
    """Every template of a tool in a language. Raises `ValueError` for a `<part>` that isn't named."""
    found = list(tool.phrases.get(pack.code, ()))
    tables: tuple[Mapping[str, Any], ...] = (
        _read(folder / f"{pack.code}.toml"),
        pack.sentences.get(skill, {}),
    )
    for table in tables:
        found += spell_out(table.get(tool.name, ()), table.get("words", {}))
    return found


def heard_of(skill: str, folder: Path, tool: Tool, pack: Language) -> list[str]:
    """The templates of a tool for a recogniser: those of `[heard]`, all of them where there are none."""
    table = _read(folder / f"{pack.code}.toml")
    heard = table.get("heard", {}).get(tool.name)
    if heard is None:
        return sentences_of(skill, folder, tool, pack)
    return spell_out(heard, table.get("words", {}))


def spell_out(templates: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """Templates with every `<name>` replaced by what `words` says; names may use other names."""

    def part(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise ValueError(f"there is no <{match[1]}> among the words")
        return words[match[1]]

    spelled = []
    for template in templates:
        for _ in range(8):
            text = _PART.sub(part, template)
            if text == template:
                break
            template = text  # noqa: PLW2901
        spelled.append(template)
    return spelled


def _read(file: Path) -> Mapping[str, Any]:
    """Read once, and again when it has changed."""
    try:
        now = file.stat()
    except OSError:
        return {}
    return _parsed(file, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=1000)
def _parsed(file: Path, changed: int, size: int) -> Mapping[str, Any]:
    del changed, size
    return tomllib.loads(file.read_text("utf-8"))
