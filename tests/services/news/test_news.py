"""Feeds are asked seldom, only for what has changed, and one that fails takes nobody along."""

import asyncio

import pytest
from tests.engines.server import serving
from tests.services.news.answers import ATOM, RSS
from tests.services.web.server import Web

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import LorgnetteError, SkillError
from lorgnette.core.outgoing import Behalf, Parcel, on
from lorgnette.doctor import services
from lorgnette.services.news import NewsSection, NewsService
from lorgnette.services.web import Forbidden


def test_headlines_of_several_feeds_come_by_turns_and_each_once(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            web.page("/rss", RSS, "application/rss+xml")
            web.page("/atom", ATOM, "application/atom+xml")
            news = NewsService(NewsSection(en=(f"{web.root}/rss", f"{web.root}/atom")), ManualClock().steady)
            told: list[Parcel] = []
            with on(Behalf("w", told.append)):
                found = await news.headlines("w", "en")
            assert [one.title for one in found] == [
                "Star City",
                "Atom-powered robots run amok",
                "Sky watchers in Europe",
                "The engine does more",
            ]
            assert [one.what for one in told] == ["inquiry", "inquiry"]
            assert [one.title for one in await news.headlines("w", "en", "EUROPE")] == [
                "Sky watchers in Europe"
            ]
            assert [one.title for one in news.last("w")] == ["Sky watchers in Europe"]
            assert not news.last("somebody else")
            news.forget("w")
            assert not news.last("w")
            assert len(web.requests) == 2

    loop_run(work())


def test_what_hasnt_changed_isnt_fetched_again(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            clock = ManualClock()
            news = NewsService(NewsSection(en=(f"{web.root}/rss",)), clock.steady)
            web.then(RSS, etag='"v1"', last_modified="Tue, 03 Nov 2026 09:39:21 GMT")
            web.then("", 304)
            first = await news.headlines("w", "en")
            clock.advance(14 * 60)
            await news.headlines("w", "en")
            assert len(web.requests) == 1
            clock.advance(2 * 60)
            assert await news.headlines("w", "en") == first
            assert web.headers[1]["if-none-match"] == '"v1"'
            assert web.headers[1]["if-modified-since"] == "Tue, 03 Nov 2026 09:39:21 GMT"
            assert "if-none-match" not in web.headers[0]

    loop_run(work())


def test_one_feed_that_fails_takes_nobody_along_and_is_left_alone_for_a_minute(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            clock = ManualClock()
            web.page("/atom", ATOM, "application/atom+xml")
            web.then("", 500)
            news = NewsService(NewsSection(en=(f"{web.root}/bad", f"{web.root}/atom")), clock.steady)
            assert len(await news.headlines("w", "en")) == 2
            await news.headlines("w", "en")
            assert web.paths.count("/bad") == 1
            clock.advance(61)
            await news.headlines("w", "en")
            assert web.paths.count("/bad") == 2
            alone = NewsService(NewsSection(en=(f"{web.root}/bad",)), clock.steady)
            for _ in range(2):
                with pytest.raises(LorgnetteError):
                    await alone.headlines("w", "en")

    loop_run(work())


def test_old_headlines_stay_when_the_server_is_gone(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            clock = ManualClock()
            news = NewsService(NewsSection(en=(f"{web.root}/rss",)), clock.steady)
            web.then(RSS)
            web.then("", 503)
            first = await news.headlines("w", "en")
            clock.advance(3600)
            assert await news.headlines("w", "en") == first

    loop_run(work())


def test_a_feed_at_home_may_be_named_but_not_redirected_to(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            port = web.root.rpartition(":")[2]
            web.then(status=302, location=f"http://localhost:{port}/inside")
            news = NewsService(NewsSection(en=(f"{web.root}/rss",)), ManualClock().steady)
            with pytest.raises(Forbidden):
                await news.headlines("w", "en")
            assert web.paths == ["/rss"]

    loop_run(work())


def test_many_askers_at_once_are_one_request(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            web.page("/rss", RSS, "application/rss+xml")
            news = NewsService(NewsSection(de=(f"{web.root}/rss",)), ManualClock().steady)
            await asyncio.gather(*(news.headlines(f"w{at}", "de") for at in range(50)))
            assert len(web.requests) == 1

    loop_run(work())


def test_without_feeds_in_a_language_it_says_so_and_doctor_lists_each(loop_run) -> None:
    news = NewsService(NewsSection(de=("https://a.example/x",)), ManualClock().steady)
    with pytest.raises(SkillError) as off:
        loop_run(news.headlines("w", "en"))
    assert off.value.phrase == "news-off"
    (one,) = services({NewsSection: NewsSection(de=("https://a.example/x",), en=("https://a.example/x",))})
    assert (one.engine, one.host, one.contents) == ("news", "a.example", ("inquiry",))


@pytest.mark.parametrize("address", ["", "news.example", "file:///etc/passwd", "https://", "http://["])
def test_an_address_that_is_none_is_told_with_the_settings(address: str) -> None:
    with pytest.raises(ValueError, match="no address of a feed"):
        NewsSection(en=(address,))
