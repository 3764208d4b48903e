"""Refuses a relative link in a Markdown file that leads nowhere, and a decision that its index leaves out."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import words

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^( *)```.*?^\1```", re.DOTALL | re.MULTILINE)


def targets(text: str) -> Iterator[str]:
    """The relative links of a text, without their anchors; code is left out."""
    for link in LINK.findall(FENCE.sub("", text)):
        target = link.partition("#")[0]
        if target and not re.match(r"[a-z+]+:", target):
            yield target


def problems(home: Path) -> Iterator[str]:
    """One line for each thing that leads nowhere."""
    pages = [file for file in words.tracked(home) if file.suffix == ".md"]
    for page in pages:
        for target in targets(page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                yield f"{page.relative_to(home)} links to {target}, which is not there"
    index = home / "docs" / "decisions" / "README.md"
    listed = set(targets(index.read_text(encoding="utf-8")))
    for page in pages:
        if page.parent == index.parent and page != index and page.name not in listed:
            yield f"docs/decisions/README.md doesn't list {page.name}"


if __name__ == "__main__":
    found = list(problems(words.HOME))
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    sys.exit(bool(found))
