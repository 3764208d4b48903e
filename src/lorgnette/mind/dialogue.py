"""What was just done: "and tomorrow?", "no, ten minutes", "the second one" and "again" go on from there."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final, Literal

from lorgnette.core.taint import CLEAN, Taint
from lorgnette.mind.fragments import Fragment
from lorgnette.mind.grammar import Grammar
from lorgnette.mind.match import Match
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Request, TakeBack
from lorgnette.mind.tokens import Tokens, tokenize
from lorgnette.sdk.language import Language, language_of
from lorgnette.sdk.registry import RegisteredTool, SkillRegistry
from lorgnette.sdk.reply import Choice
from lorgnette.sdk.schema import kind_of

MOST_WEARERS: Final = 10_000
MOST_CALLS: Final = 4
"""Of one turn."""
MOST_CHOICES: Final = 50
LASTS: Final = timedelta(minutes=2)
LONGEST_CORRECTION, LONGEST_ADDITION = 8, 4
"""Words that may take the place of a free text."""

Form = Literal["also", "correct", "again", "again_with", "pick", "brief"]


@dataclass(frozen=True, slots=True)
class Call:
    """A tool that ran, how to take it back, what it listed, and whose words were behind it."""

    match: Match
    undo: TakeBack | None = None
    choices: tuple[Choice, ...] = ()
    taint: Taint = CLEAN
    """Of its arguments."""
    listed: Taint = CLEAN
    """Of what it answered, and so of its choices."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one turn did."""

    turn: str
    calls: tuple[Call, ...]
    until: datetime
    device: str
    """Where it must go on: a device that others use too; empty: anywhere."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a fragment asks for: a call, after `undo` took the one back that it corrects.

    `sure`: every word of it was understood. `firm`: said as one goes on ("no, …", "again", "the second"), so
    that it is no sentence of its own. `taint`: whose words are in the arguments that stay.
    """

    match: Match
    sure: bool
    firm: bool
    undo: TakeBack | None = None
    taint: Taint = CLEAN


class Dialogue:
    """Every wearer's last exchange, for two minutes."""

    def __init__(self, registry: SkillRegistry, reflexes: Reflexes) -> None:
        self._registry = registry
        self._reflexes = reflexes
        self._last: OrderedDict[str, Exchange] = OrderedDict()
        self._forms: dict[str, Forms] = {}

    def note(self, request: Request, call: Call) -> None:
        """A tool ran for this request."""
        wearer, before = request.wearer.id, self._last.get(request.wearer.id)
        calls = before.calls[1 - MOST_CALLS :] if before is not None and before.turn == request.turn else ()
        call = replace(call, choices=call.choices[:MOST_CHOICES])
        device = request.device if request.shared else ""
        self._last[wearer] = Exchange(request.turn, (*calls, call), request.now + LASTS, device)
        self._last.move_to_end(wearer)
        while len(self._last) > MOST_WEARERS:
            self._last.popitem(last=False)

    def forget(self, wearer: str) -> None:
        """The conversation turned to something else, or its words were deleted."""
        self._last.pop(wearer, None)

    def drop(self, skills: Collection[str]) -> None:
        """These skills aren't what they were: nothing goes on from what they did."""
        for wearer, last in list(self._last.items()):
            if any(call.match.skill in skills for call in last.calls):
                del self._last[wearer]

    def follow(self, request: Request) -> FollowUp | None:
        """What this says of the last exchange; None if it is no such thing. Nothing happens."""
        last = self._last.get(request.wearer.id)
        if last is None:
            return None
        if last.until < request.now:
            del self._last[request.wearer.id]
            return None
        if (last.device or request.shared) and last.device != request.device:
            return None
        forms = self._of(request.language)
        for form, slots in forms.read(request.text):
            found = [
                (call, meant)
                for call in reversed(last.calls)
                if (meant := self._meant(request, call, form, slots)) is not None
            ]
            if found:  # rather a value that was given in another call than one that wasn't in the last
                return next((meant for call, meant in found if _same_names(call, meant)), found[0][1])
        return None

    def _meant(self, request: Request, call: Call, form: Form, slots: Mapping[str, Any]) -> FollowUp | None:
        if form == "pick":
            return self._picked(request, call, slots)
        if form == "again":
            return FollowUp(call.match, sure=True, firm=True, taint=call.taint)
        registered = self._registry.find(call.match.skill, call.match.tool)
        rest = slots["rest"]
        fragment = self._reflexes.fragment(
            registered, rest, request.language, before=call.match.arguments, now=request.now
        )
        if form == "brief" and (not (fragment and fragment.sure) or registered.tool.effect == "act"):
            return None
        if form in {"also", "correct"} and not (fragment and fragment.sure):
            reworded = self._reworded(registered, call.match.arguments, rest, form, request.language)
            fragment = reworded or fragment
        if fragment is None:
            return None
        match = replace(call.match, arguments={**call.match.arguments, **fragment.values}, open=False)
        undo = call.undo if form == "correct" else None
        return FollowUp(match, fragment.sure, fragment.sure and form == "correct", undo, call.taint)

    def _picked(self, request: Request, call: Call, slots: Mapping[str, Any]) -> FollowUp | None:
        """One of what was listed: by its place, by its name, or put into a sentence ("delete the second")."""
        choices = call.choices
        if not choices:
            return None
        if "place" in slots:
            place = slots["place"]
            at = place - 1 if place > 0 else place
            choice = choices[at] if -len(choices) <= at < len(choices) else None
        else:
            said = slots["rest"].strip().casefold()
            choice = next((one for one in choices if one.label.casefold() == said), None)
        if choice is None:
            return None
        if slots.get("verb") and choice.label:
            sentence = slots["verb"].format(choice.label)
            match = self._reflexes.match(sentence, request.language, now=request.now)
            if match is None:
                return None
            return FollowUp(match, sure=True, firm=True, taint=call.listed)
        match = Match(call.match.skill, choice.tool or call.match.tool, choice.arguments)
        return FollowUp(match, sure=True, firm=True, taint=call.listed)

    def _reworded(
        self,
        registered: RegisteredTool,
        before: Mapping[str, Any],
        rest: str,
        form: Form,
        language: str,
    ) -> Fragment | None:
        """The one free text of the call, in other words: "no, call dad", "and eggs"."""
        texts = [
            one.name
            for one in registered.tool.parameters
            if kind_of(one.kind)[0] == "text" and before.get(one.name)
        ]
        tokens = tokenize(rest)
        longest = LONGEST_CORRECTION if form == "correct" else LONGEST_ADDITION
        if len(texts) != 1 or not 0 < len(tokens.words) <= longest or registered.tool.effect != "act":
            return None
        if self._of(language).asks(tokens):
            return None
        return Fragment({texts[0]: rest.strip(" ,.?!，。？！")}, sure=False)

    def _of(self, language: str) -> "Forms":
        pack = language_of(language)
        if pack.code not in self._forms:
            self._forms[pack.code] = Forms(pack, self._reflexes)
        return self._forms[pack.code]


def _same_names(call: Call, meant: FollowUp) -> bool:
    return meant.match.arguments.keys() <= call.match.arguments.keys()


class Forms:
    """How one language goes on: the tables `[follow_up]` and `[names]` of its pack."""

    def __init__(self, pack: Language, reflexes: Reflexes) -> None:
        self._pack = pack
        self._ordinal = reflexes.reader("ordinal", pack.code)
        self._stops = frozenset(tokenize(word).words for word in pack.names.get("stops", ()))

    @cached_property
    def _grammar(self) -> Grammar:
        grammar = Grammar()
        slots = {"rest": None, "place": self._ordinal}
        for form in ("again", "pick", "correct", "again_with", "also"):
            for say in self._pack.follow_up.get(form, ()):
                grammar.add(say, slots, form)
        grammar.join()
        return grammar

    def read(self, text: str) -> Iterable[tuple[Form, Mapping[str, Any]]]:
        """(form, its parts) of each way to go on that this may be, the likeliest first."""
        tokens = tokenize(text)
        if not 0 < len(tokens.words) <= 24:
            return
        whole = [one for one in self._grammar.readings(tokens) if one.end == len(tokens.words)]
        for reading in sorted(whole, key=lambda one: -one.score):
            yield reading.owner, reading.slots
        yield from self._within(tokens)
        yield "pick", {"rest": text.strip(" ,.?!，。？！")}
        yield "brief", {"rest": text}

    def asks(self, tokens: Tokens) -> bool:
        """Whether words that belong to a question or to a sentence of their own are among these."""
        words = tokens.words
        return any(words[at : at + len(stop)] == stop for at in range(len(words)) for stop in self._stops)

    def _within(self, tokens: Tokens) -> Iterable[tuple[Form, Mapping[str, Any]]]:
        """An ordinal inside a sentence of its own: "delete the second one"."""
        if self._ordinal is None:
            return
        for begin in range(1, len(tokens.words)):
            found = sorted(self._ordinal(tokens, begin), reverse=True)
            for end, place in found[:1]:
                verb = f"{tokens.said(0, begin)} {{}} {tokens.said(end, len(tokens.words))}"
                yield "pick", {"place": place, "verb": verb.strip()}
