"""What is said: phrases in Fluent files, one a skill and language, filled with values as people say them."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from lorgnette.sdk.kinds import Recurrence
from lorgnette.sdk.language import FALLBACK, Language, language_of, primary
from lorgnette.sdk.reply import Phrase
from lorgnette.sdk.saying import say_values
from lorgnette.sdk.skill import Skill

log = logging.getLogger(__name__)

_SAMPLES = {"a": timedelta(minutes=1), "b": date(2026, 1, 5), "c": Recurrence("FREQ=WEEKLY;BYDAY=MO")}
"""Values whose first saying loads a language's data."""


class Phrases:
    """The phrases of one skill (or of the hub itself) in every language that its folder or a pack has.

    `name`: the skill's key, under which language packs bring their own; `folder` holds `en.ftl`, …
    Every phrase may use `$formal` ("true" or "false") beside its values.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self._bundles: dict[str, FluentBundle] = {}
        self._missed: set[tuple[str, str]] = set()

    @classmethod
    def of(cls, skill: type[Skill]) -> "Phrases":
        """A skill's own."""
        return cls(skill.key(), folder_of(skill))

    def format(
        self,
        key: str,
        values: Mapping[str, Any],
        language: str,
        *,
        now: datetime | None = None,
        formal: bool = False,
    ) -> str:
        """The phrase in `language`, else in English with a warning, else the key itself.

        `now` (aware, in the wearer's zone) lets days be said as "today" and "tomorrow".
        """
        for code in dict.fromkeys((primary(language), FALLBACK)):
            pack = language_of(code)
            if pack.code != code:
                continue
            bundle = self._bundle(pack)
            if not bundle.has_message(key):
                if (key, code) not in self._missed:  # once: a pack that isn't finished must not fill the log
                    self._missed.add((key, code))
                    log.warning("phrase %s of %s is missing in %s", key, self.name, code)
                continue
            message = bundle.get_message(key)
            if message.value is None:
                continue
            filled = {name: self._filled(value, language, now, formal) for name, value in values.items()}
            said = {**say_values(filled, pack, now), "formal": "true" if formal else "false"}
            text, errors = bundle.format_pattern(message.value, said)
            for error in errors:
                log.warning("phrase %s of %s in %s: %s", key, self.name, code, error)
            return str(text).strip()
        return key

    def _filled(self, value: Any, language: str, now: datetime | None, formal: bool) -> Any:
        if isinstance(value, Phrase):
            return self.format(value.key, value.values, language, now=now, formal=formal)
        if isinstance(value, list | tuple):
            return [self._filled(item, language, now, formal) for item in value]
        return value

    def has(self, key: str, language: str) -> bool:
        """Whether `format` would find the phrase, in this language or in English."""
        codes = dict.fromkeys((language_of(language).code, FALLBACK))
        return any(self._bundle(language_of(code)).has_message(key) for code in codes)

    def keys(self, language: str) -> frozenset[str]:
        """The phrases that exist in exactly this language."""
        return frozenset(self._bundle(language_of(language))._messages)  # noqa: SLF001

    def warm(self, language: str) -> None:
        """Load now what the first phrase would have to load."""
        pack = language_of(language)
        self._bundle(pack)
        say_values(_SAMPLES, pack)

    def _bundle(self, pack: Language) -> FluentBundle:
        bundle = self._bundles.get(pack.code)
        if bundle is None:
            bundle = self._bundles[pack.code] = read_bundle(
                pack.code, (pack.phrases(self.name), self.folder / f"{pack.code}.ftl")
            )
        return bundle


def read_bundle(code: str, files: Iterable[Path]) -> FluentBundle:
    """A bundle of those of the files that exist; a later file replaces what an earlier one says."""
    bundle = FluentBundle([code], use_isolating=False)
    for file in files:
        if file.is_file():
            bundle.add_resource(FluentResource(file.read_text("utf-8")), allow_overrides=True)
    return bundle


def folder_of(skill: type[Skill]) -> Path:
    """Where a skill's Fluent files lie: `phrases_dir`, else `phrases/<key>` beside its module."""
    import sys

    if skill.phrases_dir is not None:
        return skill.phrases_dir
    return Path(str(sys.modules[skill.__module__].__file__)).parent / "phrases" / skill.key()
