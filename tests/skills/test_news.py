"""The news in three languages, as the words of others."""

import pytest
from tests.services.news.answers import RSS
from tests.services.web.server import Web
from tests.skills.elsewhere import Step, hold_elsewhere
from tests.skills.memory import Talk

from lorgnette.core.taint import Source
from lorgnette.sdk import ListScene
from lorgnette.sdk.news import News
from lorgnette.services.news import NewsSection, NewsService

TITLES = ("Star City", "Sky watchers in Europe", "The engine does more")
SECOND = "Sky watchers in Europe. A partial eclipse & more. here."


def with_feed(talk: Talk):
    def prepare(web: Web):
        web.page("/rss", RSS, "application/rss+xml")
        feeds = (f"{web.root}/rss",)
        service = NewsService(NewsSection(en=feeds, de=feeds, zh=feeds), talk.clock.steady)
        talk.services[News] = service.for_wearer("w")

        async def close() -> None:
            pass

        return close

    return prepare


DIALOGUES: dict[str, list[Step]] = {
    "en": [
        ("read me the headlines", "headlines", {}, f"{TITLES[0]}, {TITLES[1]} and {TITLES[2]}."),
        ("read me the second story", "read_headline", {"which": 2}, SECOND),
        (
            "what's the third headline about",
            "read_headline",
            {"which": 3},
            "The engine does more. That's all that Liftoff News gives me.",
        ),
        ("news about europe", "headlines", {"topic": "europe"}, "One headline: Sky watchers in Europe."),
        (
            "news about cheese",
            "headlines",
            {"topic": "cheese"},
            "There's nothing about cheese in your feeds.",
        ),
        (
            "read me the ninth headline",
            "read_headline",
            {"which": 9},
            "I have only 3 headlines; name another.",
        ),
    ],
    "de": [
        ("lies mir die Nachrichten vor", "headlines", {}, f"{TITLES[0]}, {TITLES[1]} und {TITLES[2]}."),
        ("lies mir die zweite Meldung vor", "read_headline", {"which": 2}, SECOND),
        (
            "Nachrichten über Käse",
            "headlines",
            {"topic": "Käse"},
            "Zu Käse steht nichts in deinen Feeds.",
        ),
    ],
    "zh": [
        ("今天有什么新闻", "headlines", {}, f"{TITLES[0]}、{TITLES[1]}和{TITLES[2]}。"),
        ("读第二条新闻", "read_headline", {"which": 2}, SECOND.replace(". A", ".A")),
        ("关于奶酪的新闻", "headlines", {"topic": "奶酪"}, "订阅里没有关于奶酪的新闻。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_the_news_holds(language: str) -> None:
    talk = Talk(language)
    hold_elsewhere(talk, "news", with_feed(talk), DIALOGUES[language])


def test_titles_are_others_words_and_are_shown() -> None:
    talk = Talk()
    hold_elsewhere(talk, "news", with_feed(talk), DIALOGUES["en"][:1])
    assert talk.done.taint == frozenset({Source("page", "127.0.0.1")})
    (scene,) = talk.displays.values()
    assert scene == ListScene(items=TITLES, ttl=20.0)


def test_the_second_one_means_the_second_headline() -> None:
    talk = Talk()
    rows: list[Step] = [*DIALOGUES["en"][:1], ("the second one", "read_headline", {"which": 2}, SECOND)]
    hold_elsewhere(talk, "news", with_feed(talk), rows)


OFF_DE = (
    "Nachrichten habe ich noch keine; Adressen von Feeds gehören in die Einstellungen des Hubs, unter news."
)
OFF = {
    "en": (
        "read me the news",
        "I have no news yet; the addresses of feeds go into the hub's settings, under news.",
    ),
    "de": ("was gibt es Neues", OFF_DE),
    "zh": ("有什么新闻", "我还没有新闻来源，需要在主机设置的news里填上订阅地址。"),
}


@pytest.mark.parametrize("language", OFF)
def test_until_feeds_are_named_one_sentence_says_where(language: str) -> None:
    talk = Talk(language)
    talk.services[News] = NewsService(NewsSection(), talk.clock.steady).for_wearer("w")
    said, answer = OFF[language]
    assert talk.say(said) == answer
