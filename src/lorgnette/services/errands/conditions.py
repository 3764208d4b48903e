"""What can be waited for without a model: words become a question and the fact that must hold."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lorgnette.sdk.language import primary


@dataclass(frozen=True, slots=True)
class Condition:
    """It holds once the answer to `ask` has `fact` as `value` (`sdk.Reply.facts`)."""

    ask: str
    fact: str
    value: Any


def condition_of(what: str, language: str) -> Condition | None:
    """None where the words are none of those that are known."""
    text = " ".join(what.casefold().strip(" .!?。！？").split())
    for one in _table(primary(language)):
        for pattern in one["say"]:
            if found := re.fullmatch(pattern, text):
                groups = {name: (said or "").strip() for name, said in found.groupdict().items()}
                return Condition(one["ask"].format(**groups), one["fact"], one["is"])
    return None


@cache
def _table(language: str) -> Sequence[Mapping[str, Any]]:
    table = tomllib.loads((Path(__file__).parent / "conditions.toml").read_text("utf-8"))
    return table.get(language, ())  # type: ignore[no-any-return]
