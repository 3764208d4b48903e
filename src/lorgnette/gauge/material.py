"""Recordings with what was said in them: a folder, an index, or made here by a voice."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lorgnette.core.errors import ConfigError

SUFFIXES = (".wav", ".flac", ".ogg")
INDEX = "index.jsonl"


@dataclass(frozen=True, slots=True)
class Recording:
    """`text` empty: it isn't known what is said, only the speed is measured. `synthetic`: a voice's."""

    path: Path
    language: str
    text: str = ""
    synthetic: bool = False


def recordings(paths: Sequence[Path], language: str, most: int = 0) -> list[Recording]:
    """Of files and folders. Beside `name.wav` may lie `name.txt` with its words.

    A folder with an `index.jsonl` (file, lang, text) is what that says; elsewhere the language is that of a
    folder named by it ("de/…"), of a name that begins with it ("de_…"), or `language`. `most`: a language,
    spread over all of them. `ConfigError` where there is nothing to hear.
    """
    found: list[Recording] = []
    for path in paths:
        if path.is_dir() and (path / INDEX).is_file():
            found += _indexed(path / INDEX)
        elif path.name == INDEX:
            found += _indexed(path)
        elif path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
            found += [_beside(file, language) for file in files]
        elif path.is_file():
            found.append(_beside(path, language))
        else:
            raise ConfigError(f"{path} is neither an engine's kind nor a file or folder")
    if paths and not found:
        raise ConfigError(f"no recordings ({', '.join(SUFFIXES)}) in {', '.join(map(str, paths))}")
    return thinned(found, most)


def thinned(found: Iterable[Recording], most: int) -> list[Recording]:
    """At most `most` a language, the same ones each time; those whose words are known come first."""
    groups: dict[str, list[Recording]] = {}
    for one in found:
        groups.setdefault(one.language, []).append(one)
    if most:
        for language, group in groups.items():
            known = [one for one in group if one.text] or group
            step = len(known) / min(most, len(known))
            groups[language] = [known[int(at * step)] for at in range(min(most, len(known)))]
    return [one for group in groups.values() for one in group]


def _beside(file: Path, language: str) -> Recording:
    words = file.with_suffix(".txt")
    try:
        text = " ".join(words.read_text(encoding="utf-8").split()) if words.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{words}: {error}") from error
    return Recording(file, _language(file) or language, text)


def _language(file: Path) -> str:
    for name in (file.stem.partition("_")[0], file.parent.name):
        code = name.partition("-")[0].lower()
        if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() and _is_language(code):
            return code
    return ""


def _is_language(code: str) -> bool:
    from lorgnette.gauge.sentences import SENTENCES

    return code in SENTENCES


def _indexed(index: Path) -> list[Recording]:
    """Lines without text are left out: in such an index it says that nothing to be heard is said."""
    found: list[Recording] = []
    try:
        lines = index.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{index}: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one: Mapping[str, Any] = json.loads(line)
            file, language, text = str(one["file"]), str(one["lang"]), one.get("text")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(f"{index}, line {number}: needs file, lang and text ({error})") from error
        if isinstance(text, str) and text and (index.parent / file).is_file():
            found.append(Recording(index.parent / file, language.partition("-")[0].lower(), text))
    return found
