"""The recogniser's grammar: templates compiled into one small deterministic network of words.

Common beginnings and endings of all sentences are shared, which is most of what the decoder has to search.
A free-text slot is a loop over the forty phones; the decoder reports where it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lorgnette.engines.asr.english import KINDS, RULES, SPOKEN
from lorgnette.engines.asr.lexicon import PHONES, Pronunciations, pronounce
from lorgnette.engines.asr.network import Network, Nfa
from lorgnette.engines.asr.template import Graph, Rule, Slot, TemplateError, Token, read

LANGUAGES = frozenset({"en"})
PHONE_WORDS = {f"_{phone}": (phone,) for phone in PHONES}
FREE = "text"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence template and what its slots hold.

    `slots`: slot → name of a kind (`english.RULES`, or "text" for free text), or sentences to choose from.
    A slot that isn't named there goes by its own name (`english.KINDS`), else it is free text.
    """

    template: str
    slots: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CompiledGrammar:
    """What a recogniser needs; plain data, picklable. `skipped`: what can't be said here, and why."""

    language: str
    network: Network
    lexicon: Mapping[str, Pronunciations]
    guessed: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()


def compile_grammar(sentences: Iterable[Phrase | str], language: str = "en") -> CompiledGrammar:
    """Compile templates; what can't be pronounced is left out and told, the rest stays."""
    builder = _Builder(language.partition("-")[0].lower())
    for sentence in sentences:
        builder.add(sentence if isinstance(sentence, Phrase) else Phrase(sentence))
    return builder.finish()


def written(words: Iterable[str]) -> str:
    """The text of recognised words, as the reflexes read it; the phones of free text are left out."""
    plain = (plain_word(word) for word in words)
    return " ".join(SPOKEN.get(word, word) for word in plain if word not in PHONE_WORDS)


def plain_word(word: str) -> str:
    """A word without the decoder's number of its pronunciation ("the(2)")."""
    return word.partition("(")[0]


_MARK = "\0"
"""Begins a label that stands for a slot or rule; it is put in place once the sentences are merged."""


class _Builder:
    """Merges the sentences with their slots closed, then opens the slots that are left and merges again."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.sentences = Nfa()
        self.lexicon: dict[str, Pronunciations] = {}
        self.guessed: dict[str, None] = {}
        self.skipped: dict[tuple[str, str], None] = {}
        self.parts: dict[str, Network] = {}
        self.choices: dict[str, tuple[str, ...]] = {}

    def add(self, phrase: Phrase) -> None:
        if self.language not in LANGUAGES:
            self._skip(phrase.template, f"no model for {self.language}")
            return
        try:
            graph = read(phrase.template)
        except TemplateError as error:
            self._skip(phrase.template, str(error))
            return
        if not any(self._solid(token, phrase) for token in graph.tokens()):
            self._skip(phrase.template, "no word to hear it by")
            return
        self._lay(self.sentences, graph, phrase)

    def finish(self) -> CompiledGrammar:
        merged = self.sentences.network()
        opened = Nfa(merged.states)
        leaving = {begin for begin, _, _ in merged.arcs}
        for begin, end, label in merged.arcs:
            if not label.startswith(_MARK):
                opened.arc(begin, label, end)
                continue
            kind, _, name = label.removeprefix(_MARK).partition(":")
            if kind == FREE:
                opened.loop(begin, PHONE_WORDS, end, name, shared=end not in leaving)
            else:
                opened.insert(begin, self._part(kind, name), end)
        for state in merged.finals:
            opened.finish(state)
        network = opened.network()
        used = {word for _, _, word in network.arcs}
        return CompiledGrammar(
            language=self.language,
            network=network,
            lexicon={word: PHONE_WORDS.get(word) or self.lexicon[word] for word in sorted(used)},
            guessed=tuple(word for word in self.guessed if word in used),
            skipped=tuple(self.skipped),
        )

    def _skip(self, what: str, why: str) -> None:
        self.skipped[what, why] = None

    def _solid(self, token: Token, phrase: Phrase) -> bool:
        """Whether a sentence can be told by this: a word, or a slot that isn't free text."""
        if isinstance(token, Slot):
            return self._kind(token, phrase) != FREE
        return token != ""

    def _lay(self, nfa: Nfa, graph: Graph, phrase: Phrase) -> None:
        """Add a template's ways; a way with a token that can't be heard is left out."""
        states = {0: nfa.state()}
        nfa.arc(0, None, states[0])
        for place, moves in enumerate(graph.moves):
            for token, there in moves:
                label = self._label(token, phrase)
                if label is None:
                    continue
                for each in (place, there):
                    if each not in states:
                        states[each] = nfa.state()
                nfa.arc(states[place], label or None, states[there])
        if graph.end in states:
            nfa.finish(states[graph.end])

    def _label(self, token: Token, phrase: Phrase) -> str | None:
        """What stands for a token in the network; None if it can't be there."""
        trouble = ""
        label = ""
        if isinstance(token, str):
            label = token
            if token and not self._pronounced(token):
                trouble = f"can't pronounce {token!r}"
        elif isinstance(token, Rule):
            label = f"{_MARK}rule:{token.name}"
            if token.name not in RULES:
                trouble = f"no rule <{token.name}>"
        else:
            kind = self._kind(token, phrase)
            if kind == FREE:
                label = f"{_MARK}{FREE}:{token.name}"
            elif isinstance(kind, str):
                label = f"{_MARK}rule:{kind}"
                if kind not in RULES:
                    trouble = f"no kind {kind!r}"
            else:
                key = "|".join(kind)
                self.choices[key] = kind
                label = f"{_MARK}choice:{key}"
        if trouble:
            self._skip(phrase.template, trouble)
        return None if trouble else label

    def _pronounced(self, word: str) -> bool:
        if word not in self.lexicon:
            phones, guess = pronounce(word)
            if not phones:
                return False
            self.lexicon[word] = phones
            if guess:
                self.guessed[word] = None
        return True

    def _kind(self, slot: Slot, phrase: Phrase) -> str | tuple[str, ...]:
        for name in (slot.name, slot.list_name):
            if name in phrase.slots:
                return phrase.slots[name]
        for name in (slot.list_name, slot.name):
            if name in KINDS or name in RULES:
                return KINDS.get(name, name)
        return FREE

    def _part(self, kind: str, name: str) -> Network:
        """The network of a rule or of a list of choices, built once."""
        key = f"{kind}:{name}"
        if key not in self.parts:
            nfa = Nfa()
            for template in RULES[name] if kind == "rule" else self.choices[name]:
                try:
                    self._lay(nfa, read(template), Phrase(template))
                except TemplateError as error:
                    self._skip(template, str(error))
            merged = nfa.network()
            opened = Nfa(merged.states)
            for begin, end, label in merged.arcs:
                inner = label.removeprefix(_MARK)
                if inner == label:
                    opened.arc(begin, label, end)
                elif inner.startswith("rule:"):
                    opened.insert(begin, self._part("rule", inner.partition(":")[2]), end)
                else:
                    self._skip(name, "a slot inside a choice")
            for state in merged.finals:
                opened.finish(state)
            self.parts[key] = opened.network()
        return self.parts[key]
