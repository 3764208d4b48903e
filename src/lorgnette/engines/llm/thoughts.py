"""What a thinking model writes between `<think>` and `</think>` (Qwen3 does) is never spoken."""

_OPEN, _CLOSE = "<think>", "</think>"


class ThoughtFilter:
    """Streams text through, less what stands between the marks; a mark may be split over pieces.

    `unopened`: the model's template opens the first thought itself, as Qwen3's Thinking models have it, so
    that only its end is seen. Everything is held back until then, or until `apart`.
    """

    def __init__(self, *, unopened: bool = False) -> None:
        self._held = ""
        self._thinking = unopened
        self._unopened = unopened
        self._begun = False  # text was given: white space before the first word isn't text

    def apart(self) -> None:
        """The server gives thoughts in a field of their own, so that none stands in the text unopened."""
        if self._unopened:
            self._thinking = self._unopened = False

    def push(self, piece: str) -> str:
        """What of it is to be said."""
        text, out = self._held + piece, ""
        if self._unopened and _CLOSE not in text:
            self._held = text
            return ""
        self._unopened = False
        while text:
            mark = _CLOSE if self._thinking else _OPEN
            before, found, after = text.partition(mark)
            if found:
                out += "" if self._thinking else before
                self._thinking = not self._thinking
                text = after
                continue
            keep = _begun_mark(text, mark)
            out += "" if self._thinking else text[: len(text) - keep]
            text = text[len(text) - keep :]
            break
        self._held = text
        return self._trim(out)

    def end(self, *, whole: bool = True) -> str:
        """What was held back: a mark's beginning that was none, or a `whole` answer without any thought."""
        rest = self._held if not self._thinking or (self._unopened and whole) else ""
        self._held = ""
        return self._trim(rest.removeprefix(_OPEN) if self._unopened else rest)

    def _trim(self, text: str) -> str:
        if not self._begun:
            text = text.lstrip()
            self._begun = bool(text)
        return text


def _begun_mark(text: str, mark: str) -> int:
    """How many characters at the end of `text` may be the beginning of `mark`."""
    for size in range(min(len(mark) - 1, len(text)), 0, -1):
        if text.endswith(mark[:size]):
            return size
    return 0
