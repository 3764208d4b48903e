"""Feeds become headlines, and what is none or does harm becomes an error."""

import time
import warnings

import pytest
from tests.services.news.answers import ATOM, BOMB, OUTSIDE, RSS

from lorgnette.services.news.feed import read
from lorgnette.services.web import Page, Unanswered


def page(body: str | bytes, type: str = "application/rss+xml", **headers: str) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page("https://www.news.example/feed", 200, type, {"content-type": type, **headers}, raw)


def test_rss_and_atom_are_read_and_marks_are_left_out() -> None:
    first, second, third = read(page(RSS))
    assert first.title == "Star City"
    assert first.summary == "How do they get ready for the station? They train."
    assert (first.by, first.host, first.url) == (
        "Liftoff News",
        "news.example",
        "https://liftoff.example/news/1",
    )
    assert time.gmtime(first.at)[:5] == (2026, 11, 3, 9, 39)
    assert second.summary == "A partial eclipse & more. here"
    assert (third.summary, third.at) == ("", 0.0)
    robots, _ = read(page(ATOM, "application/atom+xml"))
    assert (robots.title, robots.summary, robots.by) == (
        "Atom-powered robots run amok",
        "Some text.",
        "Example Feed",
    )


@pytest.mark.parametrize(
    "body", [BOMB, OUTSIDE, BOMB.encode("utf-16"), BOMB.replace("ENTITY", "entity")], ids=range(4)
)
def test_a_feed_that_declares_entities_is_refused(body: str | bytes) -> None:
    with pytest.raises(Unanswered):
        read(page(body))


@pytest.mark.parametrize("body", ["", "<html><p>no</p>", "{}", "\x00\x01", "<rss", "hello", "<<<<>>>>"])
def test_what_is_no_feed_is_one_error(body: str) -> None:
    with pytest.raises(Unanswered):
        read(page(body, "text/html"))


def test_a_feed_in_another_coding_is_read() -> None:
    body = RSS.replace("Star City", "Grüße").replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    assert read(page(body.encode("latin-1"), "text/xml"))[0].title == "Grüße"
    chinese = RSS.replace("Star City", "星城").encode("gb18030")
    assert read(page(chinese, "text/xml; charset=gb18030"))[0].title == "星城"


def test_dates_and_links_that_are_none_are_left_out() -> None:
    odd = RSS.replace("Tue, 03 Nov 2026 09:39:21 GMT", "yesterday").replace(
        "https://liftoff.example/news/1", "javascript:alert(1)"
    )
    first = read(page(odd))[0]
    assert (first.at, first.url) == (0.0, "")


def test_the_worst_feeds_end_soon() -> None:
    began = time.process_time()
    item = "<item><title>x</title><link>http://a/b</link><description>words</description></item>"
    many = f'<rss version="2.0"><channel>{item * 1000}</channel></rss>'
    assert len(read(page(many))) == 40
    deep = f'<rss version="2.0"><channel><item><title>{"<b>" * 300_000}</title></item></channel></rss>'
    with pytest.raises(Unanswered):
        read(page(deep))
    assert time.process_time() - began < 5


def test_the_parser_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(page(RSS))
