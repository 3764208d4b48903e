"""The words of a page: HTML without menus, scripts and what else surrounds them; pure, in linear time.

Pages are strangers', so what matters is that none takes long: one pass, no tree, nothing is looked for twice.
"""

import re
from typing import Final

from lorgnette.services.search.searxng import plain

LONGEST: Final = 4000
"""Characters that are kept of a page."""
SHORTEST: Final = 40
"""Characters of a paragraph; shorter ones are mostly buttons."""
MOST: Final = 8 * LONGEST
_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,15})")
_HIDDEN: Final = re.compile(r"\s(?:hidden|aria-hidden\s*=\s*[\"']?true)(?=[\s=\"'/>]|$)", re.IGNORECASE)
_RAW: Final = frozenset({"script", "style", "noscript", "template", "textarea", "iframe", "svg", "math"})
"""What ends with its own end tag, whatever stands within."""
_AROUND: Final = frozenset({"nav", "header", "footer", "aside", "form", "button", "select", "menu", "dialog"})
_BLOCKS: Final = frozenset(
    {"p", "div", "li", "td", "th", "tr", "table", "section", "article", "main", "blockquote", "pre", "br"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "dl", "dt", "dd", "figure", "body", "head"}
)
_VOID: Final = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr", "source"})


class _Page:
    """Paragraphs as they come, and whether each is within an article."""

    def __init__(self) -> None:
        self.paragraphs: list[tuple[bool, str]] = []
        self._skipping: list[str] = []
        self._articles = 0
        self._text: list[str] = []
        self._size = 0

    @property
    def full(self) -> bool:
        return self._size >= MOST

    def text(self, words: str) -> None:
        """Characters between tags."""
        if words and not self._skipping:
            self._text.append(words[:MOST])
            self._size += len(words[:MOST])

    def tag(self, name: str, rest: str, *, end: bool) -> None:
        """A tag; `rest`: its attributes."""
        if name in _BLOCKS or name in _AROUND:
            self.flush()
        if self._skipping:
            if name == self._skipping[0]:  # only what began it is counted
                if end:
                    self._skipping.pop()
                elif len(self._skipping) < MOST:
                    self._skipping.append(name)
        elif not end and name not in _VOID and (name in _AROUND or _HIDDEN.search(rest)):
            self._skipping.append(name)
        elif name in {"article", "main"}:
            self._articles = max(0, self._articles + (-1 if end else 1))

    def flush(self) -> None:
        """End a paragraph."""
        text = plain("".join(self._text), LONGEST)
        self._text.clear()
        if text:
            self.paragraphs.append((self._articles > 0, text))


def words_of(body: str) -> tuple[str, str]:
    """(title, text) of an HTML page, the text at most `LONGEST` characters, a line a paragraph."""
    page, title, at = _Page(), "", 0
    lower = body.lower() if len(body.lower()) == len(body) else body
    while at < len(body) and not page.full:
        begin = body.find("<", at)
        if begin < 0:
            page.text(body[at:])
            break
        page.text(body[at:begin])
        found = _TAG.match(body, begin)
        if found is None:
            at = _behind(body, begin)
            if at == begin + 1:
                page.text("<")
            continue
        end = body.find(">", found.end())
        if end < 0:
            break
        name, closing = found[1].lower(), body[begin + 1] == "/"
        at = end + 1
        if name == "title" and not closing and not title:
            close = lower.find("</title", at)
            title = body[at : close if close >= 0 else at + 1000][:1000]
            at = close if close >= 0 else len(body)
        elif name in _RAW and not closing:
            close = lower.find(f"</{name}", at)
            at = close if close >= 0 else len(body)
        elif name not in _RAW and name != "title":
            page.tag(name, body[found.end() : min(end, found.end() + 2000)], end=closing)
    page.flush()
    inside = [text for within, text in page.paragraphs if within] or [text for _, text in page.paragraphs]
    long = [text for text in inside if len(text) >= SHORTEST] or inside
    return plain(title, 200), "\n".join(long)[:LONGEST]


def _behind(body: str, begin: int) -> int:
    """Where it goes on behind a comment, a declaration, or a < that is just that."""
    if body.startswith("<!--", begin):
        end = body.find("-->", begin + 4)
        return end + 3 if end >= 0 else len(body)
    if body.startswith(("<!", "<?", "</"), begin):
        end = body.find(">", begin)
        return end + 1 if end >= 0 else len(body)
    return begin + 1
