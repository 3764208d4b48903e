"""A feed, RSS or Atom, read by feedparser into headlines; bounded, and without what it may smuggle in."""

import calendar
import io
from collections.abc import Mapping
from typing import Any, Final

from lorgnette.core.errors import LorgnetteError
from lorgnette.sdk.news import Headline
from lorgnette.services.search.searxng import plain
from lorgnette.services.web import Page, Unanswered

MOST: Final = 40
"""Entries of a feed."""
LONGEST: Final = 1_000_000
LONGEST_TITLE: Final = 160
LONGEST_SUMMARY: Final = 500
_DECLARED: Final = (b"<!entity", "<!entity".encode("utf-16-le"), "<!entity".encode("utf-16-be"))


def read(page: Page) -> list[Headline]:
    """Its entries, as they stand in it. `Unanswered` for what is no feed."""
    low = page.body.lower()
    if any(mark in low for mark in _DECLARED):
        raise Unanswered(f"{page.host} declares entities of its own; no feed needs them")
    if low.count(b"<") > LONGEST // 20:
        raise Unanswered(f"{page.host} has too many tags")
    parsed = _parsed(page)
    entries = parsed.get("entries") or []
    if not entries and not parsed.get("version"):
        raise Unanswered(f"{page.host} sent no feed")
    by = plain(str((parsed.get("feed") or {}).get("title") or ""), 60) or page.host
    found = [_headline(entry, by, page.host) for entry in entries[:MOST]]
    return [one for one in found if one.title]


def _parsed(page: Page) -> Mapping[str, Any]:
    import feedparser

    headers = {"content-type": page.headers.get("content-type", "")}
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(page.body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except LorgnetteError:
        raise
    except Exception as error:  # a parser of what anybody writes fails in any way
        raise Unanswered(f"{page.host} sent what can't be read: {type(error).__name__}") from error
    return parsed


def _headline(entry: dict[str, Any], by: str, host: str) -> Headline:
    when = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    try:
        at = float(calendar.timegm(when)) if when else 0.0
    except (TypeError, ValueError, OverflowError):
        at = 0.0
    url = str(entry.get("link") or "")
    return Headline(
        title=plain(str(entry.get("title") or ""), LONGEST_TITLE),
        summary=plain(str(entry.get("summary") or ""), LONGEST_SUMMARY),
        url=url if url.startswith(("http://", "https://")) else "",
        by=by,
        host=host.removeprefix("www."),
        at=at,
    )
