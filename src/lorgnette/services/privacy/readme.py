"""The page that lies in an export: what is in it, in the wearer's language."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "readme"
FALLBACK = "en"


def readme(language: str, name: str, now: datetime, counts: Mapping[str, int]) -> str:
    """`counts`: things by holding; one that the page has no words for is named as it is."""
    words = _words(language.partition("-")[0].lower())
    lines = [
        f"- `{holding}/` – {words['holdings'].get(holding, holding)}: {count}"
        for holding, count in counts.items()
        if count
    ]
    listed = "\n".join(lines) or words["empty"]
    whose = words["title"].format(name=name) if name else words["nameless"]
    made = words["made"].format(date=f"{now:%Y-%m-%d %H:%M %Z}")
    return f"# {whose}\n\n{made}\n\n{listed}\n\n{words['formats'].strip()}\n"


@cache
def _words(language: str) -> Mapping[str, Any]:
    file = FOLDER / f"{language}.toml"
    if not file.is_file():
        file = FOLDER / f"{FALLBACK}.toml"
    return tomllib.loads(file.read_text("utf-8"))
