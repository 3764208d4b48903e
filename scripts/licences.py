"""Writes `docs/licences.md` from the installed packages' metadata and refuses a licence nobody allowed."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import locks
import words

HOME = locks.HOME
PAGE = HOME / "docs" / "licences.md"

# SPDX identifiers that ask for no more than a notice, and MPL-2.0, whose copyleft ends at its own files.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "HPND", "ISC", "MIT", "MIT-0",
    "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unicode-3.0", "Unlicense", "Zlib",
}  # fmt: skip

# What needs a reason; the reason is printed in the page.
REASONS = {
    "espeakng-loader": "runs in a process of its own, reached over a pipe; can be replaced",
    "piper-tts": "runs in a process of its own; only in the extra",
    "pyopen-wakeword": "the code; its models' authors say CC BY-NC-SA 4.0, so no wake word is a default",
    "psycopg": "pure Python, may be exchanged; only in the extra",
    "psycopg-binary": "a shared library that may be exchanged; only in the extra",
    "recurring-ical-events": "pure Python, used as it is, by import; may be exchanged",
    "soundfile": "libsndfile, inside it, is a shared library that may be exchanged",
    "soxr": "a shared library that may be exchanged",
    "x-wr-timezone": "pure Python, used as it is, by import; may be exchanged",
    "zeroconf": "may be exchanged; used only where the hub is announced on a home network",
}

# Packages whose metadata is silent or ambiguous: what their published licence file says.
STATED = {
    "colorama": "BSD-3-Clause",
    "espeakng-loader": "GPL-3.0-or-later",
    "diskcache": "Apache-2.0",
    "httpx2-jsfetch": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "llama-cpp-python": "MIT",
    "markupsafe": "BSD-3-Clause",
    "pocketsphinx": "BSD-2-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "segno": "BSD-3-Clause",
    "sherpa-onnx": "Apache-2.0",
    "soundfile": "BSD-3-Clause AND LGPL-2.1-or-later",
    "uvloop": "MIT OR Apache-2.0",
    "vosk": "Apache-2.0",
}

# Older spellings in `License` fields and classifiers.
SPELLINGS = {
    "3-clause bsd license": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apl 2": "Apache-2.0",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "the mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """Something that is no package but lies in the repository."""

    path: str
    what: str
    licence: str
    source: str


# To add a bundled file, add a line.
ASSETS = [
    Asset(
        "src/lorgnette/mind/parser/model.npz",
        "numbers of the parser behind the grammar, computed from SLURP (CC BY 4.0), CLINC150 (CC BY 3.0), "
        "Snips (CC0) and sentences of this repository",
        "Apache-2.0",
        "`src/lorgnette/mind/parser/NOTICE` names the sources and their authors; made by `make train`",
    ),
    Asset(
        "src/lorgnette/engines/vad/silero_vad_16k_batched.onnx",
        "Silero VAD, 16 kHz, the voice detector's model, its graph rewritten",
        "MIT",
        "`src/lorgnette/engines/vad/NOTICE` tells the source and the full licence",
    ),
    Asset(
        "tests/engines/vad/silero_vad_16k_op15.onnx",
        "Silero VAD, 16 kHz, as published, to compare with",
        "MIT",
        "`src/lorgnette/engines/vad/NOTICE` tells the source and the full licence",
    ),
    Asset(
        "src/lorgnette/web/icons/apple-touch-icon.png",
        "the page's icon, drawn from `icon.svg`",
        "Apache-2.0",
        "`scripts/icons.py` of this repository",
    ),
    Asset(
        "src/lorgnette/web/icons/icon-192.png",
        "the page's icon, drawn from `icon.svg`",
        "Apache-2.0",
        "`scripts/icons.py` of this repository",
    ),
    Asset(
        "src/lorgnette/web/icons/icon-512.png",
        "the page's icon, drawn from `icon.svg`",
        "Apache-2.0",
        "`scripts/icons.py` of this repository",
    ),
    Asset(
        "src/lorgnette/web/icons/maskable-512.png",
        "the page's icon, drawn from `icon.svg`",
        "Apache-2.0",
        "`scripts/icons.py` of this repository",
    ),
    Asset(
        "src/lorgnette/web/screens/ar.png",
        "a picture of the page, for its manifest",
        "Apache-2.0",
        "`scripts/pictures.py` of this repository",
    ),
    Asset(
        "src/lorgnette/web/screens/desk.png",
        "a picture of the page, for its manifest",
        "Apache-2.0",
        "`scripts/pictures.py` of this repository",
    ),
    Asset(
        "src/lorgnette/web/screens/phone.png",
        "a picture of the page, for its manifest",
        "Apache-2.0",
        "`scripts/pictures.py` of this repository",
    ),
]


@dataclass(frozen=True, slots=True)
class Row:
    """One package in the page."""

    name: str
    version: str
    licence: str
    where: str
    note: str

    def __str__(self) -> str:
        """The row in Markdown."""
        return f"| {self.name} | {self.version} | {self.licence} | {self.where} | {self.note} |"


def spdx(text: str) -> str:
    """An SPDX expression for what a metadata field says."""
    text = text.strip()
    return SPELLINGS.get(text.lower(), text)


def licence_of(package: Distribution) -> str:
    """What the package says: expression, field, classifier, first line of its licence file; else ""."""
    metadata = package.metadata
    stated = metadata.get("License-Expression") or ""
    field = metadata.get("License") or ""
    if not stated and field and "\n" not in field.strip():
        stated = spdx(field)
    if not stated:
        classes = [
            c.rpartition("::")[2] for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")
        ]
        names = {spdx(name) for name in classes} - {"OSI Approved"}
        stated = " OR ".join(sorted(names))
    if not stated:
        for file in package.files or []:
            if re.match(r"licen[cs]e", file.name, re.IGNORECASE):
                stated = spdx(file.read_text(encoding="utf-8").strip().partition("\n")[0])
                break
    return stated


def known_rows() -> dict[str, Row]:
    """The rows of the page as it stands, for packages that are not installed here."""
    if not PAGE.is_file():
        return {}
    cells = (
        line.strip("| ").split(" | ")
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if " | " in line
    )
    return {cell[0]: Row(*[*cell, ""][:5]) for cell in cells if len(cell) in {4, 5}}


def rows() -> Iterator[Row]:
    """One row a package of the base and of each extra, in order of name."""
    before = known_rows()
    seen: dict[str, tuple[locks.Pin, list[str]]] = {}
    for lock in locks.runtime_locks():
        for pin in locks.pins(lock):
            entry = seen.setdefault(pin.name, (pin, []))
            entry[1].append(lock)
    for name, (pin, where) in sorted(seen.items()):
        try:
            licence = STATED.get(name) or licence_of(distribution(name))
        except PackageNotFoundError:
            licence = before[name].licence if name in before else ""
        place = "base" if "base" in where else ", ".join(where)
        yield Row(name, pin.version, licence or "unknown", place, REASONS.get(name, ""))


def refused(row: Row) -> bool:
    """Whether no alternative of the licence is allowed and no reason is given."""
    if row.note:
        return False
    for alternative in re.split(r"\s+OR\s+", row.licence.strip("()")):
        if all(part.strip("() ") in ALLOWED for part in re.split(r"\s+AND\s+", alternative)):
            return False
    return True


def page(table: list[Row]) -> str:
    """The whole document."""
    lines = [
        "# Licences",
        "",
        "Lorgnette is Apache-2.0 (`LICENSE`, `NOTICE`). `make docs` writes this page from the metadata of",
        "the locked packages; `make check` holds it true and refuses a licence that is neither permissive",
        "nor given a reason here.",
        "",
        "| package | version | licence | part of | why it may stay |",
        "| --- | --- | --- | --- | --- |",
        *map(str, table),
    ]
    if ASSETS:
        lines += ["", "## Bundled files", "", "| file | what | licence | from |", "| --- | --- | --- | --- |"]
        lines += [f"| `{asset.path}` | {asset.what} | {asset.licence} | {asset.source} |" for asset in ASSETS]
    return "\n".join([*lines, ""])


def unlisted() -> Iterator[str]:
    """Binary files that would ship and that no asset accounts for."""
    listed = {asset.path for asset in ASSETS}
    for file in words.tracked(HOME):
        path = str(file.relative_to(HOME))
        if path.startswith("src/") and path not in listed and b"\0" in file.read_bytes():
            yield f"{path} is bundled and not listed in ASSETS"


if __name__ == "__main__":
    table = list(rows())
    bad = [
        f"{row.name} {row.version}: the licence '{row.licence}' is not allowed"
        for row in table
        if refused(row)
    ]
    bad += [
        f"{asset.path} is listed as an asset and not there"
        for asset in ASSETS
        if not (HOME / asset.path).exists()
    ]
    bad += unlisted()
    if bad:
        print(*bad, "See ALLOWED, STATED and REASONS in scripts/licences.py.", sep="\n", file=sys.stderr)
        sys.exit(1)
    print(page(table), end="")
