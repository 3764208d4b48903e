"""The web in three languages, as the words of others."""

import pytest
from tests.services.search.answers import LIGHTHOUSES, results
from tests.services.web.server import Web
from tests.skills.elsewhere import Step, hold_elsewhere
from tests.skills.memory import Talk

from lorgnette.core.taint import Source
from lorgnette.sdk import ListScene
from lorgnette.sdk.search import WebSearch
from lorgnette.services.search import SearchSection, SearchService
from lorgnette.services.web import Strangers

ARTICLE = "<title>Ten</title><main><p>Ten lighthouses are very tall, and this is the list of them.</p></main>"


def with_search(talk: Talk, answer: object):
    def prepare(web: Web):
        web.then_json(answer)
        web.page("/ten", ARTICLE)
        strangers = Strangers(allowed=lambda _: True)
        service = SearchService(SearchSection(url=web.root), talk.clock.steady, strangers)
        talk.services[WebSearch] = service.for_wearer("w")
        talk.web = web
        if isinstance(answer, dict) and answer["results"]:  # the second page is the double's own
            answer["results"][1]["url"] = f"{web.root}/ten"
        return service.close

    return prepare


SAID = "Jeddah Light is an active lighthouse in Jeddah, 133 metres tall."
PAGE = "Ten lighthouses are very tall, and this is the list of them."
DIALOGUES: dict[str, list[Step]] = {
    "en": [
        (
            "read the second result",
            "read_result",
            {"which": 2},
            "Search for something first; then I can read what was found.",
        ),
        (
            "search the web for the tallest lighthouse",
            "web_search",
            {"query": "the tallest lighthouse"},
            f"En.wikipedia.org says: {SAID}",
        ),
        ("read me the second result", "read_result", {"which": 2}, f"Ten, from 127.0.0.1: {PAGE}"),
        ("open the ninth result", "read_result", {"which": 9}, "There are only 4 results; name another."),
    ],
    "de": [
        (
            "such im Internet nach dem höchsten Leuchtturm",
            "web_search",
            {"query": "dem höchsten Leuchtturm"},
            f"En.wikipedia.org sagt: {SAID}",
        ),
        ("lies mir den zweiten Treffer vor", "read_result", {"which": 2}, f"Ten, von 127.0.0.1: {PAGE}"),
        (
            "öffne den neunten Treffer",
            "read_result",
            {"which": 9},
            "Es gibt nur 4 Treffer; nenn einen anderen.",
        ),
    ],
    "zh": [
        ("上网搜一下最高的灯塔", "web_search", {"query": "最高的灯塔"}, f"En.wikipedia.org上说：{SAID}"),
        ("读第二个结果", "read_result", {"which": 2}, f"Ten，来自127.0.0.1：{PAGE}"),
        ("打开第九个结果", "read_result", {"which": 9}, "只有4个结果，请换一个。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_the_web_holds(language: str) -> None:
    talk = Talk(language)
    hold_elsewhere(talk, "search", with_search(talk, LIGHTHOUSES), DIALOGUES[language])


def test_what_is_found_is_others_words_with_their_names_and_three_titles_are_shown() -> None:
    talk = Talk()
    rows: list[Step] = [DIALOGUES["en"][1]]
    hold_elsewhere(talk, "search", with_search(talk, LIGHTHOUSES), rows)
    assert Source("page", "en.wikipedia.org") in talk.done.taint
    assert {source.kind for source in talk.done.taint} == {"page"}
    (scene,) = talk.displays.values()
    assert scene == ListScene(
        title="the tallest lighthouse",
        items=("Jeddah Light - Wikipedia", "Ten tall lighthouses", "Lights of the world"),
        ttl=20.0,
    )


NOTHING = {
    "en": ("search the web for xyzzy", "I found nothing about xyzzy; try other words."),
    "de": (
        "such im Internet nach xyzzy",
        "Zu xyzzy habe ich nichts gefunden; versuch es mit anderen Worten.",
    ),
    "zh": ("上网搜xyzzy", "没有找到关于xyzzy的内容，换个说法试试。"),
}


@pytest.mark.parametrize("language", NOTHING)
def test_nothing_found_is_said_so(language: str) -> None:
    talk = Talk(language)
    said, answer = NOTHING[language]
    rows: list[Step] = [(said, "web_search", {"query": "xyzzy"}, answer)]
    hold_elsewhere(talk, "search", with_search(talk, results()), rows)


OFF_DE = (
    "Im Internet kann ich noch nicht suchen; die Adresse eines SearXNG gehört in die Einstellungen "
    "des Hubs, unter search."
)
OFF = {
    "en": (
        "google lighthouses",
        "I can't search the web yet; the address of a SearXNG goes into the hub's settings, under search.",
    ),
    "de": ("google Leuchttürme", OFF_DE),
    "zh": ("搜索灯塔", "我还不能上网搜索，需要在主机设置的search里填上SearXNG的地址。"),
}


@pytest.mark.parametrize("language", OFF)
def test_until_an_engine_is_named_one_sentence_says_where(language: str) -> None:
    talk = Talk(language)
    talk.services[WebSearch] = SearchService(SearchSection(), talk.clock.steady).for_wearer("w")
    said, answer = OFF[language]
    assert talk.say(said) == answer
