"""What a thinking model writes between `<think>` and `</think>` (Qwen3 does) is never spoken."""

_OPEN, _CLOSE = "<think>", "</think>"


class ThoughtFilter:
    """Streams text through, less what stands between the marks; a mark may be split over pieces."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self._begun = False  # text was given: white space before the first word isn't text

    def push(self, piece: str) -> str:
        """What of it is to be said."""
        text, out = self._held + piece, ""
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

    def end(self) -> str:
        """What was held back because it looked like a mark's beginning."""
        rest = "" if self._thinking else self._held
        self._held = ""
        return self._trim(rest)

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
