"""Reflexes: what a sentence of the grammar asks for, without a model, in well under two milliseconds."""

import logging
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any, get_args

from lorgnette.mind.fragments import Fragment, read
from lorgnette.mind.grammar import Grammar, Loose, Reading, SlotParser
from lorgnette.mind.match import Match
from lorgnette.mind.normalise import Normaliser
from lorgnette.mind.several import split
from lorgnette.mind.slots import Day, Slots, within
from lorgnette.mind.tokens import Tokens, tokenize
from lorgnette.sdk.kinds import HalfDay, Kind, OneOf
from lorgnette.sdk.language import Language, language_of, languages, primary
from lorgnette.sdk.registry import Installed, RegisteredTool, SkillRegistry
from lorgnette.sdk.schema import is_name, kind_of
from lorgnette.sdk.sentences import heard_of, sentences_of

__all__ = ["LanguageGrammar", "Match", "Reflexes", "Sentence", "SlotKind"]

log = logging.getLogger(__name__)

HEARD = frozenset(("duration", "time", "date", "number", "percent", "boolean"))
"""Kinds for whose words a recogniser with a grammar can listen."""
LONG, LONGEST = 32, 200
"""Tokens up to which a sentence is looked at in more than one way, and beyond which nothing is a command."""

type SlotKind = str | tuple[str, ...]
"""A kind's name (duration, time, date, number, percent, text) or the words to choose from."""

type Sentence = tuple[str, Mapping[str, SlotKind]]
"""A template and what its slots hold."""


class Reflexes:
    """The grammars of all installed languages, each compiled when first used (or by `warm`)."""

    def __init__(self, registry: SkillRegistry) -> None:
        self._registry = registry
        self._grammars: dict[str, LanguageGrammar] = {}

    def match(
        self,
        text: str,
        language: str,
        *,
        now: datetime | None = None,
        silent: frozenset[str] = frozenset(),
    ) -> Match | None:
        """What `text` asks for; None if no sentence fits.

        `now` (wearer's zone) turns "tomorrow" into a date; `silent`: free-text slots heard without words.
        """
        grammar = self._grammar(language)
        return grammar.match(text, (now or datetime.now(UTC)).date(), silent) if grammar else None

    def several(self, text: str, language: str, *, now: datetime | None = None) -> tuple[Match, ...]:
        """Two or three sentences that were joined, each whole on its own; empty if it isn't so."""
        grammar = self._grammar(language)
        return grammar.several(text, (now or datetime.now(UTC)).date()) if grammar else ()

    def fill(
        self, registered: RegisteredTool, name: str, text: str, language: str, *, now: datetime | None = None
    ) -> Any:
        """What `text` means as the answer to a question for one parameter; None if it is no such thing."""
        grammar = self._grammar(language)
        return grammar.fill(registered, name, text, (now or datetime.now(UTC)).date()) if grammar else None

    def read(self, hint: Any, text: str, language: str, *, now: datetime | None = None) -> Any:
        """What `text` means as a value of a parameter's type; None if it is no such thing."""
        grammar = self._grammar(language)
        return grammar.read(hint, text, (now or datetime.now(UTC)).date()) if grammar else None

    def fragment(
        self,
        registered: RegisteredTool,
        text: str,
        language: str,
        *,
        before: Mapping[str, Any],
        now: datetime | None = None,
    ) -> Fragment | None:
        """What `text` means as other arguments of a call; see `fragments.read`."""
        grammar = self._grammar(language)
        today = (now or datetime.now(UTC)).date()
        return grammar.fragment(registered, text, before, today) if grammar else None

    def reader(self, kind: Kind, language: str) -> SlotParser | None:
        """The reader of a kind that has one."""
        grammar = self._grammar(language)
        return grammar.reader(kind) if grammar else None

    def sentences(self, language: str, *, all: bool = False) -> list[Sentence]:
        """Templates for which a recogniser with a grammar listens, and what their slots hold.

        `all`: everything that is understood, which is too much for such a recogniser.
        """
        grammar = self._grammar(language)
        return grammar.sentences(all=all) if grammar else []

    def warm(self, language: str) -> None:
        """Compile a language now."""
        self._grammar(language)

    def learn(self, registry: SkillRegistry) -> Callable[[], None]:
        """Compile what another registry has, in any thread; the function that it gives makes it hold.

        That one is called on the event loop, with nothing between it and the registry's own change.
        """
        ready = {
            code: grammar.learned(registry.tools.values()) for code, grammar in tuple(self._grammars.items())
        }
        return lambda: self._grammars.update(ready)

    def language(self, language: str) -> "LanguageGrammar | None":
        """A language's own; None where it isn't installed."""
        return self._grammar(language)

    def _grammar(self, language: str) -> "LanguageGrammar | None":
        code = primary(language)
        if code not in self._grammars:
            if code not in languages():
                return None
            self._grammars[code] = LanguageGrammar(language_of(code), self._registry)
        return self._grammars[code]


class LanguageGrammar:
    """One language's sentences of all skills: one grammar of those that are installed, one for each other.

    `added`: those of skills in the folder that are compiled already.
    """

    def __init__(
        self,
        pack: Language,
        registry: SkillRegistry,
        tools: Iterable[RegisteredTool] | None = None,
        added: Mapping[Installed, Grammar] | None = None,
    ) -> None:
        tools = registry.tools.values() if tools is None else tools
        self._pack = pack
        self._slots = Slots(pack)
        self._normaliser = Normaliser(pack)
        self._grammar = Grammar()
        self._registry = registry
        self._last: tuple[str, Tokens, Tokens] | None = None
        words = pack.normalise.get("sentence_joiners", ())
        self._joiners = sorted((tokenize(word).words for word in words), key=len, reverse=True)
        prepositions = pack.follow_up.get("prepositions", ())
        self._prepositions = [tokenize(word).words for word in prepositions]
        self._base = [one for one in tools if one.skill.origin.kind != "folder"]
        self._added: dict[Installed, Grammar] = {}
        self._extend(tools, added or {})
        for registered in self._base:
            self._add(registered, self._grammar)
        self._grammar.join()

    def learned(self, tools: Iterable[RegisteredTool]) -> "LanguageGrammar":
        """The same for other tools; what is compiled already isn't compiled again."""
        tools = list(tools)
        base = [one for one in tools if one.skill.origin.kind != "folder"]
        if [(one.name, one.tool) for one in base] != [(one.name, one.tool) for one in self._base]:
            return LanguageGrammar(self._pack, self._registry, tools, self._added)
        other = copy(self)
        other._last, other._added = None, {}  # noqa: SLF001 — of its own class
        other._extend(tools, self._added)  # noqa: SLF001
        return other

    def _extend(self, tools: Iterable[RegisteredTool], known: Mapping[Installed, Grammar]) -> None:
        for registered in tools:
            skill = registered.skill
            if skill.origin.kind != "folder":
                continue
            if skill in known:
                self._added[skill] = known[skill]
                continue
            self._add(registered, self._added.setdefault(skill, Grammar()))
        for grammar in self._added.values():
            grammar.join()

    def _best(self, tokens: Tokens, silent: frozenset[str]) -> Reading | None:
        best = self._grammar.best(tokens, silent)
        for grammar in self._added.values():
            reading = grammar.best(tokens, silent)
            if reading is not None and (best is None or reading.score > best.score):
                best = reading
        return best

    def match(self, text: str, today: date, silent: frozenset[str] = frozenset()) -> Match | None:
        """See `Reflexes.match`."""
        tokens, plain = self._tokens(text)
        if not tokens.words or len(tokens.words) > LONGEST:
            return None
        reading = self._best(plain, silent)
        if plain.words != tokens.words and len(tokens.words) <= LONG:
            # "了吗" may be politeness, or make a question of a command: what explains more is right
            whole = self._best(tokens, silent)
            if whole is not None and (reading is None or whole.score > reading.score):
                reading, plain = whole, tokens
        return self._match(reading, plain, today) if reading else None

    def several(self, text: str, today: date) -> tuple[Match, ...]:
        """See `Reflexes.several`."""

        def likewise(before: Match, said: str) -> Match | None:
            registered = self._registry.find(before.skill, before.tool)
            fragment = self.fragment(registered, said, before.arguments, today)
            if fragment is None or not fragment.sure:
                return None
            return replace(before, arguments={**before.arguments, **fragment.values}, open=False)

        return split(tokenize(text), self._joiners, lambda said: self.match(said, today), likewise)

    def plain(self, text: str) -> Tokens:
        """The tokens of a text without politeness and hesitation."""
        return self._tokens(text)[1]

    def _tokens(self, text: str) -> tuple[Tokens, Tokens]:
        """All tokens, and the plain ones; the last are kept with what was read in them."""
        kept = self._last
        if kept is None or kept[0] != text:
            tokens = tokenize(text)
            kept = self._last = (text, tokens, self._normaliser.plain(tokens))
        return kept[1], kept[2]

    @property
    def readers(self) -> Mapping[str, SlotParser]:
        """The readers of kinds that have one."""
        return {str(kind): reader for kind, reader in self._readers.items()}

    def parser(self, hint: Any) -> SlotParser | None:
        """The reader of a parameter's type; None for free text."""
        return self._parser(hint)

    def fill(self, registered: RegisteredTool, name: str, text: str, today: date) -> Any:
        """See `Reflexes.fill`."""
        parameter = next(p for p in registered.tool.parameters if p.name == name)
        return self.read(parameter.kind, text, today)

    def read(self, hint: Any, text: str, today: date) -> Any:
        """See `Reflexes.read`."""
        parser, tokens = self._parser(hint), self._normaliser.plain(tokenize(text))
        if parser is None:
            return text.strip() or None
        for begin in range(min(3, len(tokens.words))):  # "at seven", "let's say seven"
            for end, value in parser(tokens, begin):
                if end == len(tokens.words):
                    plain = value.value if isinstance(value, Loose) else value
                    return plain.on(today) if isinstance(plain, Day) else plain
        return None

    def fragment(
        self, registered: RegisteredTool, text: str, before: Mapping[str, Any], today: date
    ) -> Fragment | None:
        """See `Reflexes.fragment`."""
        parsers = {
            one.name: parser
            for one in registered.tool.parameters
            if (parser := self._parser(one.kind)) is not None and kind_of(one.kind)[0] != "boolean"
        }
        tokens = self._normaliser.plain(tokenize(text))
        return read(tokens, parsers, self._slots.decimal, self._prepositions, before, today)

    def reader(self, kind: Kind) -> SlotParser | None:
        """See `Reflexes.reader`."""
        return self._readers.get(kind)

    def sentences(self, *, all: bool = False) -> list[Sentence]:
        """See `Reflexes.sentences`."""
        found: dict[str, Sentence] = {}
        for registered in self._registry.tools.values():
            skill, tool = registered.skill, registered.tool
            of = sentences_of if all else heard_of
            for template in of(skill.key, skill.phrases.folder, tool, self._pack):
                kinds = {p.name: p.kind for p in tool.parameters if f"{{{p.name}}}" in template}
                slots = {name: self._slot_kind(kind) for name, kind in kinds.items()}
                found.setdefault(f"{template}{slots}", (template, slots))
        return list(found.values())

    def _match(self, reading: Reading, tokens: Tokens, today: date) -> Match | None:
        registered: RegisteredTool = reading.owner
        arguments = self.arguments(registered, reading.slots, today)
        if arguments is None:
            return None
        return Match(
            skill=registered.skill.key,
            tool=registered.tool.name,
            arguments=arguments,
            confidence=round(1 - 0.5 * reading.free / len(tokens.words), 3),
            open=reading.open and not _named(registered, arguments),
        )

    def arguments(
        self, registered: RegisteredTool, slots: Mapping[str, Any], today: date
    ) -> dict[str, Any] | None:
        """What a tool is called with for the slots that were read; None where there is no such day."""
        arguments: dict[str, Any] = {}
        part = next((value.part for value in slots.values() if isinstance(value, Day)), None)
        for parameter in registered.tool.parameters:
            if parameter.name not in slots:
                continue
            value = slots[parameter.name]
            if isinstance(value, Day):
                value = value.on(today)
                if value is None:
                    return None
            elif part is not None and isinstance(value, HalfDay):
                minutes = within(value.hour * 60 + value.minute, part) % 1440
                value = time(minutes // 60, minutes % 60)
            arguments[parameter.name] = value
        if part is not None and not any(isinstance(value, time) for value in arguments.values()):
            arguments |= _part_of_day(registered, part)
        return arguments

    def _add(self, registered: RegisteredTool, grammar: Grammar) -> None:
        tool, skill = registered.tool, registered.skill
        parsers = {parameter.name: self._parser(parameter.kind) for parameter in tool.parameters}
        try:
            templates = sentences_of(skill.key, skill.phrases.folder, tool, self._pack)
        except ValueError as error:
            log.warning("sentences of %s.%s left out: %s", skill.key, tool.name, error)
            return
        for template in templates:
            try:
                grammar.add(template, parsers, registered)
            except ValueError as error:
                log.warning("sentence of %s.%s left out: %s", skill.key, tool.name, error)

    def _parser(self, hint: Any) -> SlotParser | None:
        kind, bare, words = kind_of(hint)
        if kind == "choice":
            reader = self._slots.choice(_choices(bare, words, self._pack.code))
            return _or_free(reader, words, self._pack.code) if words is not None and words.open else reader
        return self._readers.get(kind)

    @cached_property
    def _readers(self) -> Mapping[Kind, SlotParser]:
        measures = self._slots.measures
        return {
            "duration": self._slots.duration,
            "time": self._slots.time,
            "date": self._slots.date,
            "recurrence": self._slots.recurrence,
            "number": self._slots.number,
            "decimal": self._slots.decimal,
            "percent": self._slots.percent,
            "boolean": self._yes_or_no,
            "ordinal": measures.ordinal,
            "unit": measures.unit,
            "quantity": measures.quantity,
            "currency": measures.currency,
            "money": measures.money,
            "expression": measures.expression,
            "place": measures.place,
            "person": measures.person,
        }

    @cached_property
    def _yes_or_no(self) -> SlotParser:
        table = self._pack.conversation
        said = {word: word for name in ("yes", "no") for word in table.get(name, ())}
        reader, yes = self._slots.choice(said), frozenset(table.get("yes", ()))

        def read(tokens: Tokens, begin: int) -> list[tuple[int, Any]]:
            return [(end, word in yes) for end, word in reader(tokens, begin)]

        return read

    def _slot_kind(self, hint: Any) -> SlotKind:
        kind, bare, words = kind_of(hint)
        if kind == "choice":
            choices = _choices(bare, words, self._pack.code)
            return tuple(word for word in choices if words is None or words.is_heard(choices[word]))
        if kind == "recurrence":
            return tuple(self._slots.recurrence_sentences())
        return "number" if kind == "decimal" else kind if kind in HEARD else "text"


def _named(registered: RegisteredTool, arguments: Mapping[str, Any]) -> bool:
    """Whether free texts only name something: then nothing more of them is to be expected."""
    texts = [
        one.kind
        for one in registered.tool.parameters
        if one.name in arguments and kind_of(one.kind)[0] == "text"
    ]
    return all(map(is_name, texts))


def _part_of_day(registered: RegisteredTool, part: Mapping[str, Any]) -> dict[str, str]:
    """For a tool that asks for it: what was named with a day, where no hour was said ("tomorrow evening")."""
    if not any(parameter.name == "part" for parameter in registered.tool.parameters):
        return {}
    begin, end = part["from"], part["to"]
    if end <= 13:
        return {"part": "morning"}
    return {"part": "evening" if begin >= 16 else "noon" if end <= 15 else "afternoon"}


def _choices(bare: Any, words: OneOf | None, code: str) -> Mapping[str, str]:
    if words is not None:
        return words.of(code)
    return {str(value).replace("_", " "): value for value in get_args(bare)}


def _or_free(reader: SlotParser, words: OneOf, code: str) -> SlotParser:
    """Known words, else one to four others as they were said."""

    def read(tokens: Tokens, begin: int) -> list[tuple[int, Any]]:
        found = list(reader(tokens, begin))
        known = {end for end, _ in found}
        for end in range(begin + 1, min(begin + 4, len(tokens.words)) + 1):
            said = tokens.said(begin, end)
            if end not in known and words.takes(said, code):
                found.append((end, Loose(said)))
        return found

    return read
