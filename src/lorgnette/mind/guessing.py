"""Grammar first, then the trained parser: what an utterance asks for and what is done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from lorgnette.mind.agreement import WHOLE, believed
from lorgnette.mind.match import Match
from lorgnette.mind.parser import Guess, Parser, load_weights
from lorgnette.mind.parser.features import MOST
from lorgnette.mind.parser.phrasing import sentence_for, warm
from lorgnette.mind.parser.weights import MODEL
from lorgnette.mind.proposal import Proposal
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Request
from lorgnette.mind.tokens import Tokens, words_of
from lorgnette.mind.understanding import Decision, decide
from lorgnette.sdk.language import language_of, primary
from lorgnette.sdk.registry import SkillRegistry

LIKELY: Final = 0.25
"""What the parser gives a doubted sentence's tool, from which that one is proposed and not the parser's."""
CONSENT: Final = frozenset(("reach_out", "spend"))
"""Effects for which the wearer is asked even where a sentence fits."""
SAME: Final = {"recall_mine": "recall", "recall_where": "recall", "remind_on_leaving": "remind_at_place"}
"""Tools that only a sentence reaches, and the one that means the same."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A decision, the call it is about, and where it comes from.

    `by`: "grammar" or "parser"; `guess`: what the parser made of it, where it was asked; `sentence`: the call
    as a wearer would say it, where it is proposed; `also`: what was asked for in the same breath.
    """

    decision: Decision
    why: str
    by: str
    match: Match | None = None
    guess: Guess | None = None
    sentence: str = ""
    also: tuple[Match, ...] = ()


class Guessing:
    """The parsers of all languages that the model knows, each loaded when first needed (or by `warm`).

    `thinks`: whether a model is there that thinks about what isn't sure.
    """

    def __init__(
        self,
        registry: SkillRegistry,
        reflexes: Reflexes,
        thinks: Callable[[], bool] = lambda: False,
        file: Path = MODEL,
    ) -> None:
        self._registry = registry
        self._reflexes = reflexes
        self._thinks = thinks
        self._file = file
        self._parsers: dict[str, Parser | None] = {}

    def __call__(self, request: Request) -> Match | Proposal | None:
        """A `mind.proposal.Guesser`: for what no sentence of the grammar fits, or a doubtful one."""
        found = self.understand(request.text, request.language, now=request.now, model=self._thinks())
        if found.decision == "do":
            return found.match
        if found.decision == "propose" and found.match is not None:
            return Proposal(found.match, found.sentence)
        return None

    def understand(
        self, text: str, language: str, *, now: datetime | None = None, model: bool = False
    ) -> Understood:
        """What happens with an utterance. Nothing is done."""
        match = self._reflexes.match(text, language, now=now)
        if match is None:
            several = self._reflexes.several(text, language, now=now)
            if several:
                return Understood("do", "two sentences fit", "grammar", several[0], also=several[1:])
            return self.parsed(text, language, now=now, model=model)
        if not self.doubts(match, text, language):
            return self._fits(match)
        return self._doubted(match, text, language, now=now, model=model)

    def _fits(self, match: Match) -> Understood:
        effect = self._registry.find(match.skill, match.tool).tool.effect
        if effect in CONSENT:
            return Understood("propose", f"a sentence fits; {effect} asks before", "grammar", match)
        return Understood("do", "a sentence of the grammar fits", "grammar", match)

    def _doubted(
        self, match: Match, text: str, language: str, *, now: datetime | None, model: bool
    ) -> Understood:
        found = self.parsed(text, language, now=now, model=model)
        other = found.match is not None and found.match.tool != match.tool
        if found.decision in {"do", "propose"} and not (other and self._likely(match, text, language)):
            return found
        why = "a sentence of the grammar fits, but the parser doesn't see that in it"
        if found.guess is not None and found.guess.held:
            return Understood("route" if model else "none", f"{why}; {found.why}", "grammar", match)
        return Understood(
            "route" if model else "propose", why, "grammar", match, found.guess, text.strip(" .?!。？！")
        )

    def _likely(self, match: Match, text: str, language: str) -> bool:
        """Whether the parser sees enough of a doubted sentence that nothing else is proposed."""
        parser, grammar = self._parser(language), self._reflexes.language(language)
        if parser is None or grammar is None:
            return True
        opinion = parser.opinion(grammar.plain(text), SAME.get(match.tool, match.tool))
        return opinion is None or opinion.share >= LIKELY

    def doubtful(self, request: Request, match: Match) -> bool:
        """Whether the mind should guess, too, although a sentence of the grammar fits; see `doubts`."""
        return self.doubts(match, request.text, request.language)

    def doubts(self, match: Match, text: str, language: str) -> bool:
        """Whether the parser sees so little of what a sentence asks for that it isn't simply done."""
        parser, grammar = self._parser(language), self._reflexes.language(language)
        if parser is None or grammar is None:
            return False
        tokens = grammar.plain(text)
        if len(tokens.words) > MOST:
            return False
        opinion = parser.opinion(tokens, SAME.get(match.tool, match.tool))
        if opinion is None:
            return False
        leads = match.confidence < WHOLE and _leads(match, tokens)
        if leads and parser.held(tokens):  # "what happens if I | set a timer for an hour"
            return True
        effect = self._registry.find(match.skill, match.tool).tool.effect
        return not believed(match, effect, opinion, leads=leads)

    def parsed(
        self, text: str, language: str, *, now: datetime | None = None, model: bool = False
    ) -> Understood:
        """What the parser alone makes of an utterance."""
        guess = self.guess(text, language)
        understanding = decide(guess, model=model)
        grammar = self._reflexes.language(language)
        if guess is None or grammar is None:
            return Understood(understanding.decision, understanding.why, "parser")
        registered = guess.registered
        today = (now or datetime.now(UTC)).date()
        arguments = grammar.arguments(registered, guess.slots, today)
        if arguments is None:
            return Understood("route" if model else "none", "there is no such day", "parser", guess=guess)
        match = Match(registered.skill.key, registered.tool.name, arguments, guess.confidence)
        sentence = ""
        if understanding.decision == "propose":
            said = {name: words for name, words in guess.spans if name in arguments}
            sentence = sentence_for(registered, said, language_of(language))
        return Understood(understanding.decision, understanding.why, "parser", match, guess, sentence)

    def guess(self, text: str, language: str) -> Guess | None:
        """The likeliest tool; None where the language has no model or nothing is likely."""
        parser, grammar = self._parser(language), self._reflexes.language(language)
        return parser.guess(grammar.plain(text)) if parser and grammar else None

    def ranked(self, text: str, language: str) -> tuple[str, ...]:
        """Unique names of the likeliest tools, best first, to narrow what a model is offered."""
        guess = self.guess(text, language)
        return tuple(name for name, _ in guess.ranked) if guess else ()

    def knows(self, language: str) -> frozenset[str]:
        """Own names of the installed tools that the model of a language knows."""
        parser = self._parser(language)
        return parser.tools if parser else frozenset()

    def warm(self, language: str) -> None:
        """Load now what the first utterance in a language would wait for."""
        self.understand("x 7", language)
        self.guess("x 7", language)
        warm(self._registry.tools.values(), language_of(language))

    def learn(self, registry: SkillRegistry) -> Callable[[], None]:
        """Parsers for the tools of another registry, made in any thread; see `Reflexes.learn`."""
        ready = {code: self._made(code, registry) for code in tuple(self._parsers)}
        return lambda: self._parsers.update(ready)

    def _parser(self, language: str) -> Parser | None:
        code = primary(language)
        if code not in self._parsers:
            self._parsers[code] = self._made(code, self._registry)
        return self._parsers[code]

    def _made(self, code: str, registry: SkillRegistry) -> Parser | None:
        weights, grammar = load_weights(code, self._file), self._reflexes.language(code)
        return Parser(weights, code, registry.tools, grammar) if weights and grammar else None


def _leads(match: Match, tokens: Tokens) -> bool:
    """Whether an utterance begins with a free text of the call."""
    first = tokens.words[0]
    return any(
        isinstance(value, str) and (words := words_of(value)) and words[0] == first
        for value in match.arguments.values()
    )
