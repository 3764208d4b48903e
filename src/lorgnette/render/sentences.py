"""Sentences out of a stream of text, as early as they are sure: what the voice is fed with.

A model's answer comes in deltas that cut words anywhere. However it is cut, the sentences are the same, and
put together they are the text, but for white space. A sentence is sure once what follows its end shows that
it is one; the very first may end at a comma, so that speech begins early.
"""

import re

from lorgnette.render.speakable import language_rules

FIRST_WORDS = 12
"""With more words than this, the first sentence is cut at its last comma that has _LEAST words before it."""

FIRST_HAN = 25
"""The same for Han characters and kana."""

LONGEST = 600
"""Characters after which a sentence is cut at a blank whatever it says."""

LONGEST_BLOCK = 8_000
"""The same for a block of code or a table, at the end of a line."""

_LEAST, _LEAST_HAN = 4, 8
_LONGEST_BRACKET = 200
_WRAPPED = 40
"""A line at least this long without a full stop was wrapped by its writer; a shorter one stands alone."""

_PAIRS = {"(": ")", "[": "]", "（": "）", "「": "」", "『": "』"}
_WIDE_OPEN = "（「『"
_STEP = re.compile(
    r"(?P<line>\n)|(?P<stop>[.!?…。！？]+)|(?P<comma>[,;:，；：–—])|(?P<bracket>[(\[（「『)\]）」』])|(?P<blank>[^\S\n]+)"
    r"|(?P<word>[^\s.!?…。！？,;:，；：–—()\[\]（）「」『』]+)"
)
_CLOSERS = re.compile(r"[\"'”’»“)\]}」』）】》*_~`]*")
_NEXT = re.compile(r"[*_\"'„“«‚(\[]{0,8}([^\W\d_]{0,24})")
_BLANKS = re.compile(r"\s*")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_INITIAL = re.compile(r"(?<![^\W_])[A-Za-zÀ-ɏ](?:\.\s?[A-Za-zÀ-ɏ])*$")
_FENCE = re.compile(r"```|~~~")
_FENCE_END = re.compile(r"\n[^\S\n]*(?:```|~~~)[^\n]*(?=\n)")
_BLOCK = re.compile(r"[^\S\n]*(?:#{1,6}\s|[-*+•]\s|>|\d{1,3}[.)]\s)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»“)\]}」』）】》*_~`]*$")
_CONTINUED = re.compile(r"[,，、;；]$")

_WAIT, _ON = -1, -2
"""Not sure yet; sure that no sentence ends here."""


class SentenceSplitter:
    """`feed` returns the sentences that have become sure, `flush` the rest. One instance for one answer."""

    def __init__(self, language: str) -> None:
        self._rules = language_rules(language)
        abbreviations = self._rules.abbreviations
        self._never = abbreviations.never_end()
        self._numbers = abbreviations.before_digits()
        self._at_ends = abbreviations.at_ends()
        self._text = ""
        self._first = True
        self._line_start = True
        self._fenced = False
        self._restart()

    def feed(self, delta: str) -> list[str]:
        """Take the next piece of text; usually no sentence comes back, sometimes a few."""
        self._text += delta
        return self._take(final=False)

    def flush(self) -> list[str]:
        """The text has ended: what is left. The splitter is ready for another text."""
        found = self._take(final=True)
        self._first, self._line_start, self._fenced = True, True, False
        return found

    def _restart(self) -> None:
        """A new sentence begins where the text now does."""
        self._at = 0
        self._line = 0
        self._words = 0
        self._han = 0
        self._clause = 0
        self._bracket = 0
        self._opened = ""

    def _take(self, *, final: bool) -> list[str]:
        found: list[str] = []
        while True:
            rest = self._text.lstrip()
            if self._at == 0 and len(rest) < len(self._text):
                self._line_start = self._line_start or "\n" in self._text[: -len(rest) or None]
                self._text = rest
            if not self._text:
                return found
            end = self._end(final)
            if end == _WAIT:
                return found
            found.append(self._text[:end].rstrip())
            self._text = self._text[end:]
            self._first = self._line_start = False
            self._restart()

    def _end(self, final: bool) -> int:
        """Where the sentence at the start of the text ends, or _WAIT."""
        if self._at == 0 and (self._line_start or self._fenced):
            block = self._block(final)
            if block != _ON:
                return block
        while step := _STEP.match(self._text, self._at):
            if step.end() > LONGEST:
                return self._cut(LONGEST)
            if step.end() == len(self._text) and not final:
                return _WAIT
            end = self._step(step, final)
            if end != _ON:
                return end
        return len(self._text) if final else _WAIT

    def _cut(self, at: int) -> int:
        blank = max(self._text.rfind(" ", 0, at), self._text.rfind("\n", 0, at))
        return blank if blank > 0 else at

    # Blocks that stay whole: code and tables.

    def _block(self, final: bool) -> int:
        start = self._text[:3]
        if self._fenced or _FENCE.match(start):
            return self._fence(final)
        if len(start) < 3 and not final and (not start.strip("`") or not start.strip("~")):
            return _WAIT
        return self._table(final) if start[0] == "|" else _ON

    def _fence(self, final: bool) -> int:
        close = _FENCE_END.search("\n" + self._text if self._fenced else self._text, 0 if self._fenced else 3)
        end = close.end() - self._fenced if close else len(self._text)
        if end <= LONGEST_BLOCK and (close or final):
            self._fenced = False
            return end
        if end <= LONGEST_BLOCK:
            return _WAIT
        self._fenced = True
        line = self._text.rfind("\n", 1, LONGEST_BLOCK)
        return line if line > 0 else LONGEST_BLOCK

    def _table(self, final: bool) -> int:
        while (line := self._text.find("\n", self._line)) >= 0:
            if line > LONGEST_BLOCK:
                break
            after = _BLANKS.match(self._text, line)
            following = after.end() if after else line
            if following == len(self._text):
                return line if final else _WAIT
            if self._text[following] != "|" or self._text.count("\n", line, following) > 1:
                return line
            self._line = following
        if len(self._text) > LONGEST_BLOCK:
            return self._cut(LONGEST_BLOCK)
        return len(self._text) if final else _WAIT

    # Steps: each advances, or says where the sentence ends.

    def _step(self, step: re.Match[str], final: bool) -> int:
        match step.lastgroup:
            case "stop":
                return self._stop(step, final)
            case "line":
                return self._line_break(step, final)
            case "comma":
                end = self._comma(step)
            case "word":
                end = self._word(step)
            case _:
                end = self._other(step)
        self._at = step.end()
        return end

    def _word(self, step: re.Match[str]) -> int:
        han = len(_HAN.findall(step[0]))
        self._han += han
        self._words += not han
        return self._clause if self._clause and self._is_long() else _ON

    def _is_long(self) -> bool:
        return self._first and (self._words > FIRST_WORDS or self._han > FIRST_HAN)

    def _comma(self, step: re.Match[str]) -> int:
        wide = step[0] in "，；："
        if self._first and not self._opened and (wide or self._text[step.end() : step.end() + 1].isspace()):
            if self._is_long():
                return step.end()
            if self._words >= _LEAST or self._han >= _LEAST_HAN:
                self._clause = step.end()
        return _ON

    def _other(self, step: re.Match[str]) -> int:
        """Brackets and blanks: a bracket that opens a remark keeps its sentences together."""
        sign, start = step[0], step.start()
        if sign in _PAIRS:
            apart = start == 0 or self._text[start - 1].isspace() or sign in _WIDE_OPEN
            if apart and not self._text[step.end() : step.end() + 1].isspace():
                self._bracket = self._bracket if self._opened else start
                self._opened += _PAIRS[sign]
        elif self._opened.endswith(sign):
            self._opened = self._opened[:-1]
        return _ON

    def _stop(self, step: re.Match[str], final: bool) -> int:
        closers = _match(_CLOSERS, self._text, step.end())
        end = closers.end()
        if end == len(self._text):
            return end if final else _WAIT
        blanks = _match(_BLANKS, self._text, end)
        inside = self._is_inside(closers[0], step.start())
        self._at = step.end()
        if not blanks[0]:
            wide = step[0].strip(".…!?") != ""
            return end if wide and not inside and self._text[end] not in ",，;；、" else _ON
        after = _match(_NEXT, self._text, blanks.end())
        known = (
            after.end() < len(self._text)
            or final
            or (after[1] and not self._text[step.start() - 1].isdigit())
        )
        if not known:
            self._at = step.start()
            return _WAIT
        if blanks.end() == len(self._text):
            return end
        if inside or "\n" in blanks[0]:
            return _ON
        word = after[1] or self._text[after.end() : after.end() + 1]
        return end if self._is_end(step, word) else _ON

    def _is_inside(self, closers: str, at: int) -> bool:
        opened = self._opened
        for closer in closers:
            opened = opened.removesuffix(closer)
        return bool(opened) and at - self._bracket < _LONGEST_BRACKET

    def _is_end(self, step: re.Match[str], after: str) -> bool:
        """Whether the stop ends a sentence, when the word `after` follows."""
        if step[0] != ".":
            return step[0].strip(".…!?") != "" or not after[:1].islower()
        before = self._text[max(0, step.start() - 48) : step.start()]
        dotted = before[-20:] + "."
        if self._at_ends.search(dotted):
            return after[:1].isupper()
        counted = before.isdigit() or (self._numbers.search(dotted) and after[:1].isdigit())
        if counted or self._never.search(dotted) or _INITIAL.search(before):
            return False
        return not self._rules.goes_on(before, after)

    def _line_break(self, step: re.Match[str], final: bool) -> int:
        start = step.start()
        gap = _match(_BLANKS, self._text, start)
        window = self._text[gap.end() : gap.end() + 5]
        if not window:
            return start if final else _WAIT
        if window[0].isdigit() and len(window) < 5 and not final:
            return _WAIT
        line = self._text[self._line : start].rstrip()
        block = (
            gap[0].count("\n") > 1
            or window[0] in "-*+•#|>`~"
            or _NUMBERED.match(window)
            or _BLOCK.match(line)
        )
        ended = _ENDED.search(line) and not self._never.search(line)
        wrapped = len(line) + len(_HAN.findall(line)) >= _WRAPPED or _CONTINUED.search(line)
        if block or ended or not wrapped:
            return start
        self._at = self._line = step.end()
        return _ON


def _match(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    """A match of a pattern that may be empty and so always matches."""
    found = pattern.match(text, at)
    if found is None:
        raise AssertionError(pattern)
    return found
