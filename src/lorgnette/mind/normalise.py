"""Politeness and hesitation are dropped before the grammar sees a sentence."""

from lorgnette.mind.grammar import Grammar
from lorgnette.mind.tokens import Tokens, tokenize
from lorgnette.sdk.language import Language


class Normaliser:
    """A language's words that change nothing."""

    def __init__(self, pack: Language) -> None:
        table = pack.normalise
        self._before, self._after = Grammar(), Grammar()
        for say in table.get("before", ()):
            self._before.add(say, {}, None)
        for say in table.get("after", ()):
            self._after.add(say, {}, None)
        fillers = [tokenize(word).words for word in table.get("fillers", ())]
        self._fillers = sorted(fillers, key=len, reverse=True)

    def plain(self, tokens: Tokens) -> Tokens:
        """The tokens without fillers, and without polite words at either end; never nothing at all."""
        tokens = self._fluent(tokens)
        begin, end = 0, len(tokens.words)
        while begin < end:
            ends = [reading.end for reading in self._before.readings(tokens, begin)]
            if not ends or max(ends) >= end:
                break
            begin = max(ends)
        shortened = True
        while shortened:
            shortened = False
            for start in range(max(begin + 1, end - 4), end):
                if any(reading.end == end for reading in self._after.readings(tokens.cut(0, end), start)):
                    end, shortened = start, True
                    break
        return tokens.cut(begin, end)

    def _fluent(self, tokens: Tokens) -> Tokens:
        dropped: set[int] = set()
        for filler in self._fillers:
            for at in range(len(tokens.words) - len(filler) + 1):
                if tokens.words[at : at + len(filler)] == filler:
                    dropped.update(range(at, at + len(filler)))
        if not dropped or len(dropped) == len(tokens.words):
            return tokens
        return tokens.cut(0, len(tokens.words), dropped)
