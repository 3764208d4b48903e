"""Markdown, HTML and decoration out of a text: sentences remain."""

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from lorgnette.render.characters import without_unsayable
from lorgnette.render.speakable_rules import LanguageRules

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_WIDE = str.maketrans("０１２３４５６７８９％￥＋", "0123456789%¥+")
_WIDE_COLON = re.compile(r"(?<=\d)：(?=\d)")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\s?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,400})?/?>|<!--.{0,400}?-->", re.DOTALL)
_MARKED = re.compile(r"[*_`~#|\\\]\n]|^\s{0,3}(?:[-+>]|\d{1,3}[.)])\s|^[-=]{3,}$")
_NUMBERED = re.compile(r"^(\s{0,3})(\d{1,3})([.)])[ \t]+(?=\S)", re.MULTILINE)
_CLOSED = re.compile(r"[.!?…:;,。！？：；，、][\"'”’»)\]」』）]*$")
_LONGEST_MARKDOWN = 20_000
_SHORT_CODE = 40


def plain(text: str, rules: LanguageRules) -> str:
    """Sentences of `text`, without marks, tags, emoji and control characters."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    text = without_unsayable(text).translate(_WIDE)
    if "：" in text:
        text = _WIDE_COLON.sub(":", text)
    if not _MARKED.search(text):
        return text
    if len(text) > _LONGEST_MARKDOWN:
        return re.sub(r"[*_`~#|\\]+", " ", text)
    return " ".join(_blocks(text, rules))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 20})
    return parser.enable(["table", "strikethrough"]).disable(["code", "html_block", "html_inline", "entity"])


def _blocks(text: str, rules: LanguageRules) -> Iterator[str]:
    def number(match: re.Match[str]) -> str:
        rest = text[match.end() : match.end() + 40]
        said = rules.item(int(match[2]), rest)
        return f"{match[1]}{match[2]}\\{match[3]} " if said is None else f"\n- {said} "

    tokens = _parser().parse(_NUMBERED.sub(number, text))
    last = max((index for index, token in enumerate(tokens) if token.type in {"inline", "fence"}), default=0)
    inside = 0
    heads: list[str] = []
    row: list[str] = []
    head = False
    for index, token in enumerate(tokens):
        inside += token.nesting if token.type in {"list_item_open", "list_item_close"} else 0
        if token.type in {"thead_open", "thead_close"}:
            head = token.nesting > 0
            heads = [] if head else heads
        elif token.type == "tr_close":
            if not head:
                yield _row(heads, row, rules)
            row = []
        elif token.type == "fence":
            code = " ".join(token.content.split())
            yield _closed(code if len(code) <= _SHORT_CODE else rules.code, rules)
        elif token.type == "inline":
            said = _inline(token, rules)
            parent = tokens[index - 1].type
            if parent in {"th_open", "td_open"}:
                (heads if parent == "th_open" else row).append(said)
            elif said:
                open_end = index == last and not inside and parent == "paragraph_open"
                yield said if open_end else _closed(said, rules)


def _row(heads: list[str], cells: list[str], rules: LanguageRules) -> str:
    named = (f"{name}: {cell}" if name else cell for name, cell in zip(heads, cells, strict=False) if cell)
    return _closed(", ".join(named), rules)


def _closed(text: str, rules: LanguageRules) -> str:
    text = text.strip()
    return text if not text or _CLOSED.search(text) else text + rules.stop


def _inline(token: "Token", rules: LanguageRules) -> str:
    parts: list[str] = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            before = "".join(parts).rstrip()
            parts.append(
                " " if not before or _CLOSED.search(before) else f"{',' if rules.stop == '.' else '，'} "
            )
        else:
            parts.append(child.content)
    return "".join(parts).strip()
