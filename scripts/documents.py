"""Holds documents true: files that a command prints, and blocks in Markdown that show a command's output.

A block is marked so, and the fenced lines after the mark are what the command printed:

    <!-- shows: lorgnette hear --help -->
"""

import argparse
import difflib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(<!-- shows: (lorgnette[^\n]*?) -->\n```text\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Generated:
    """A file that a Python module or script prints to standard output."""

    path: str
    arguments: tuple[str, ...]


# To add a generated document, add a line.
GENERATED = [
    Generated("docs/licences.md", ("scripts/licences.py",)),
    Generated("docs/protocol.md", ("-m", "lorgnette.gateways.native.manual")),
    Generated("docs/protocol.schema.json", ("-m", "lorgnette.gateways.native.manual", "--schema")),
    Generated("docs/settings.md", ("-c", "from lorgnette.config.manual import docs; print(docs())")),
]


def output(arguments: tuple[str, ...] | list[str]) -> str:
    """What a Python command prints, on a terminal 100 columns wide without colours."""
    plain = {
        "COLUMNS": "100",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=HOME,
        env={**os.environ, **plain},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"`python {' '.join(arguments)}` failed:\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).rstrip("\n") + "\n"


TYPED = "import sys; sys.argv[0] = 'lorgnette'; from lorgnette.cli import main; main()"


def shown(text: str) -> str:
    """A Markdown text with every marked block filled anew."""

    def filled(block: re.Match[str]) -> str:
        printed = output(("-c", TYPED, *block[2].split()[1:])).strip("\n")
        return f"{block[1]}{printed}\n{block[4]}"

    return BLOCK.sub(filled, text)


def documents() -> Iterator[tuple[Path, str]]:
    """Each generated document and what it should hold."""
    for document in GENERATED:
        yield HOME / document.path, output(document.arguments)
    whole = {HOME / document.path for document in GENERATED}
    for file in [HOME / "README.md", HOME / "CONTRIBUTING.md", *sorted((HOME / "docs").rglob("*.md"))]:
        if file not in whole and file.is_file():
            text = file.read_text(encoding="utf-8")
            if "<!-- shows: " in text:
                yield file, shown(text)


def main() -> int:
    """Compare, or write with `--write`."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write what differs instead of failing")
    write = parser.parse_args().write
    stale = 0
    for file, text in documents():
        before = file.read_text(encoding="utf-8") if file.is_file() else ""
        if before == text:
            continue
        name = str(file.relative_to(HOME))
        if write:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            print(f"written: {name}")
            continue
        stale += 1
        difference = difflib.unified_diff(
            before.splitlines(), text.splitlines(), name, "as it is now", n=1, lineterm=""
        )
        print(
            f"{name} is not what the code says: run `make docs`",
            *list(difference)[:30],
            sep="\n",
            file=sys.stderr,
        )
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
