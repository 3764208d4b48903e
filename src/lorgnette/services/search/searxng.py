"""SearXNG's wire: https://docs.searxng.org/dev/search_api.html, format json."""

import html
import re
import unicodedata
from typing import Any, Final

import msgspec

from lorgnette.sdk.search import Found, Hit

SEARCH: Final = "/search"
HITS: Final = 8
LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 400
SHORTEST: Final = 25
"""Characters; a sentence that is shorter takes the next one along."""
_END: Final = re.compile(r"(?<=[.!?])[\"”’)]?\s+|(?<=[。！？])")
_TAGS: Final = re.compile(r"<[^<>]{0,200}>")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")


class Result(msgspec.Struct):
    """One page."""

    url: str = ""
    title: str | None = ""
    content: str | None = ""


class Infobox(msgspec.Struct):
    """What an encyclopedia has at the side. `infobox`: its title."""

    infobox: str | None = ""
    content: str | None = ""
    urls: list[dict[str, Any]] = []


class Answer(msgspec.Struct):
    """As newer versions give it; older ones give the text alone."""

    answer: str = ""
    url: str | None = ""


class Results(msgspec.Struct):
    """The whole answer."""

    results: list[Result] = []
    answers: list[str | Answer] = []
    infoboxes: list[Infobox] = []


def query(words: str, language: str, safe: int, engines: str) -> dict[str, Any]:
    """Parameters of a search."""
    asked = {"q": words, "format": "json", "language": language, "safesearch": safe}
    return asked | ({"engines": engines} if engines else {})


def found(words: str, answer: Results) -> Found:
    """As skills have it: an answer first, else what the best page says of itself."""
    hits = [
        Hit(title=title, url=one.url, snippet=plain(one.content, LONGEST_TEXT))
        for one in answer.results[: 4 * HITS]
        if (title := plain(one.title, LONGEST_TITLE)) and one.url.startswith(("http://", "https://"))
    ][:HITS]
    said, by = _answer(answer)
    if not said and hits:
        best = next((hit for hit in hits[:3] if hit.snippet), hits[0])
        said, by = first_sentence(best.snippet) or best.title, best.host
    return Found(query=words, answer=said, by=by, hits=hits)


def _answer(answer: Results) -> tuple[str, str]:
    for one in answer.answers:
        text, url = (one, "") if isinstance(one, str) else (one.answer, one.url or "")
        if said := plain(text, LONGEST_TEXT):
            return said, Hit(title="", url=url).host
    for box in answer.infoboxes:
        if said := first_sentence(plain(box.content, LONGEST_TEXT)):
            url = next((str(one.get("url", "")) for one in box.urls), "")
            return said, Hit(title="", url=url).host or plain(box.infobox, 60)
    return "", ""


def plain(text: str | None, longest: int) -> str:
    """Words without marks, addresses and characters that nobody reads; at most so many characters."""
    text = _TAGS.sub(" ", html.unescape((text or "")[: 4 * longest]))
    text = _ADDRESS.sub(" ", unicodedata.normalize("NFC", text))
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    text = " ".join(kept.split())
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0] or text[:longest]} …"


def first_sentence(text: str) -> str:
    """Up to the first end of a sentence that is worth saying."""
    for match in _END.finditer(text):
        if match.start() >= (SHORTEST if text.isascii() else SHORTEST // 2):
            return text[: match.start()].strip()
    return text
