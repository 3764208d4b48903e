"""The web is searched as SearXNG documents it, and what comes back is cut to what can be said."""

import pytest
from tests.engines.server import serving
from tests.services.search.answers import LIGHTHOUSES, results
from tests.services.web.server import Web

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import LorgnetteError, SkillError
from lorgnette.doctor import services
from lorgnette.services.search import SearchSection, SearchService
from lorgnette.services.search.searxng import Results, found, plain
from lorgnette.services.web import Forbidden, Refused, Strangers, Unanswered


def service(web: Web, clock: ManualClock | None = None, strangers: Strangers | None = None, **more):
    return SearchService(SearchSection(url=web.root, **more), (clock or ManualClock()).steady, strangers)


def test_a_search_asks_for_json_and_gives_the_best_pages_first_sentence(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            search = service(web, engines="wikipedia")
            web.then_json(LIGHTHOUSES)
            got = await search.search("w", "  tallest\nlighthouse ", "en")
            assert web.requests == [
                {
                    "path": "/search",
                    "query": {
                        "q": "tallest lighthouse",
                        "format": "json",
                        "language": "en",
                        "safesearch": "1",
                        "engines": "wikipedia",
                    },
                }
            ]
            assert got.answer == "Jeddah Light is an active lighthouse in Jeddah, 133 metres tall."
            assert got.by == "en.wikipedia.org"
            assert [hit.host for hit in got.hits[:2]] == ["en.wikipedia.org", "example.org"]
            await search.close()

    loop_run(work())


def test_what_one_searched_for_is_known_to_them_alone_and_for_ten_minutes(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            clock = ManualClock()
            search = service(web, clock)
            web.then_json(LIGHTHOUSES)
            await search.for_wearer("a").search("x", "en")
            assert await search.for_wearer("a").last() is not None
            assert await search.for_wearer("b").last() is None
            search.forget("a")
            assert await search.for_wearer("a").last() is None
            await search.for_wearer("a").search("x", "en")
            clock.advance(601)
            assert await search.for_wearer("a").last() is None
            await search.close()

    loop_run(work())


def test_a_direct_answer_comes_before_pages_in_both_of_its_shapes() -> None:
    import msgspec

    for answers in (
        ["133 metres"],
        [{"answer": "133 metres", "url": "https://www.calc.example/x", "engine": "c"}],
    ):
        raw = msgspec.json.encode(results(("https://a.example", "A", "Something else."), answers=answers))
        got = found("q", msgspec.json.decode(raw, type=Results, strict=False))
        assert got.answer == "133 metres"
    assert got.by == "calc.example"


def test_an_encyclopedias_box_comes_before_pages() -> None:
    import msgspec

    box = {
        "infobox": "Ada Lovelace",
        "id": "https://en.wikipedia.org/wiki/Ada_Lovelace",
        "content": "Augusta Ada King, Countess of Lovelace, was an English mathematician. She wrote, too.",
        "urls": [{"title": "Wikipedia", "url": "https://en.wikipedia.org/wiki/Ada_Lovelace"}],
    }
    raw = msgspec.json.encode(results(("https://a.example", "A", "B"), boxes=[box]))
    got = found("ada", msgspec.json.decode(raw, type=Results, strict=False))
    assert got.answer == "Augusta Ada King, Countess of Lovelace, was an English mathematician."
    assert got.by == "en.wikipedia.org"


def test_hits_that_are_no_web_pages_or_have_no_name_are_left_out() -> None:
    import msgspec

    raw = msgspec.json.encode(
        results(
            ("javascript:alert(1)", "Bad", "x"),
            ("https://a.example", "", "x"),
            ("https://b.example", "Good", None),  # type: ignore[arg-type]
        )
    )
    got = found("q", msgspec.json.decode(raw, type=Results, strict=False))
    assert [hit.url for hit in got.hits] == ["https://b.example"]
    assert (got.answer, got.by) == ("Good", "b.example")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a &amp; b<br>c", "a & b c"),
        ("see https://evil.example/?q=1 now", "see now"),
        ("zero\u200bwidth \u202eevil\u0007", "zerowidth evil"),
        (None, ""),
        ("word " * 40, "word word word word word word …"),
    ],
)
def test_words_of_others_are_made_plain(text: str | None, said: str) -> None:
    assert plain(text, 30) == said


def test_without_an_address_nothing_is_asked_and_with_one_doctor_lists_it(loop_run) -> None:
    search = SearchService(SearchSection(), ManualClock().steady)
    with pytest.raises(SkillError):
        loop_run(search.search("w", "x", "en"))
    (one,) = services({SearchSection: SearchSection(url="http://searx.lan:8888")})
    assert (one.engine, one.host, one.reach, one.contents) == (
        "search",
        "searx.lan",
        "network",
        ("question",),
    )


@pytest.mark.parametrize("body", ["<html>", "[]", '{"results": 3}', '{"results": [{"url": 5}]}'])
def test_an_answer_that_is_none_is_one_error(body: str, loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            search = service(web)
            web.then(body)
            try:
                got = await search.search("w", "x", "en")
            except Unanswered:
                pass
            else:
                assert not got.hits
            await search.close()

    loop_run(work())


def test_an_engine_that_forbids_json_is_said_to_refuse(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            search = service(web)
            web.then("", 403)
            with pytest.raises(Refused) as refused:
                await search.search("w", "secret words", "en")
            assert "secret" not in refused.value.detail
            await search.close()

    loop_run(work())


def test_a_page_is_read_and_one_at_home_never(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            search = service(web)
            with pytest.raises(Forbidden):
                await search.read(f"{web.root}/admin")
            assert not web.requests
            at_home = service(web, strangers=Strangers(allowed=lambda _: True))
            web.page(
                "/a", "<title>T</title><article><p>The words of the page, long enough to be some.</article>"
            )
            page = await at_home.read(f"{web.root}/a")
            assert (page.title, page.text) == ("T", "The words of the page, long enough to be some.")
            web.page("/b", b"\x89PNG", "image/png")
            with pytest.raises(LorgnetteError) as unreadable:
                await at_home.read(f"{web.root}/b")
            assert unreadable.value.phrase == "search-unreadable"
            web.page("/c", "grüße".encode("latin-1"), "text/plain; charset=latin-1")
            assert (await at_home.read(f"{web.root}/c")).text == "grüße"
            web.page("/d", "<html></html>", "text/html; charset=nonsense")
            with pytest.raises(SkillError):
                await at_home.read(f"{web.root}/d")
            web.then("", 404)
            with pytest.raises(SkillError) as silent:
                await at_home.read(f"{web.root}/gone")
            assert silent.value.phrase == "search-page-silent"
            with pytest.raises(SkillError) as off:
                await service(web, pages=False).read(f"{web.root}/a")
            assert off.value.phrase == "search-pages-off"

    loop_run(work())
