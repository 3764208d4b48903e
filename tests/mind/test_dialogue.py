"""A conversation goes on from what was just done, in three languages; honest where nothing fits."""

import asyncio

import pytest
from tests.agent.models import ScriptedModel
from tests.mind.conversation import Conversation
from tests.mind.tearoom import Tearoom

from lorgnette.mind.match import Match
from lorgnette.mind.proposal import Proposal
from lorgnette.mind.request import Done

CORRECTIONS = {
    "en": [
        ("steep for five minutes", "PT5M"),
        ("no, ten minutes", "PT10M"),
        ("make it eight", "PT8M"),
        ("sorry, I meant half an hour", "PT30M"),
        ("twenty minutes instead", "PT20M"),
    ],
    "de": [
        ("lass fünf Minuten ziehen", "PT5M"),
        ("nein, zehn Minuten", "PT10M"),
        ("mach acht daraus", "PT8M"),
        ("nein, ich meinte eine halbe Stunde", "PT30M"),
        ("lieber zwanzig Minuten", "PT20M"),
    ],
    "zh": [
        ("浸泡五分钟", "PT5M"),
        ("不是，十分钟", "PT10M"),
        ("改成八分钟", "PT8M"),
        ("不对，我是说半个小时", "PT30M"),
        ("改成二十分钟", "PT20M"),
    ],
}


@pytest.mark.parametrize("language", CORRECTIONS)
def test_a_correction_undoes_and_does_with_one_confirmation(language: str) -> None:
    talk = Conversation(language)
    for text, duration in CORRECTIONS[language]:
        said = talk.say(text)
        assert talk.calls == [("steep", {"duration": duration})], text
        assert said.count("。" if language == "zh" else ".") == 1, said
    assert [one[0] for one in Tearoom.made].count("undone") == 4


@pytest.mark.parametrize(
    ("language", "first", "then", "place"),
    [
        ("en", "find tea shops in Berlin", "and in Paris?", "Paris"),
        ("en", "find tea shops in Berlin", "what about New York", "New York"),
        ("de", "such Teeläden in Berlin", "und in Paris?", "Paris"),
        ("de", "such Teeläden in Berlin", "wie wäre es mit Bad Homburg", "Bad Homburg"),
        ("zh", "找北京的茶馆", "上海呢？", "上海"),
        ("zh", "找北京的茶馆", "那巴黎呢", "巴黎"),
    ],
)
def test_one_argument_takes_the_place_of_another(language: str, first: str, then: str, place: str) -> None:
    talk = Conversation(language)
    talk.say(first)
    talk.say(then)
    assert talk.calls == [("shops", {"place": place})]


@pytest.mark.parametrize(
    ("language", "first", "again", "more"),
    [
        ("en", "smash two cups", "again", "the same with five"),
        ("de", "zerschlag zwei Tassen", "noch mal", "das Gleiche mit fünf"),
        ("zh", "打碎两个杯子", "再来一次", "一样的五"),
    ],
)
def test_again_and_the_same_with_another_value(language: str, first: str, again: str, more: str) -> None:
    talk = Conversation(language)
    talk.say(first)
    talk.say(again)
    assert talk.calls == [("smash", {"count": 2})]
    talk.say(more)
    assert talk.calls == [("smash", {"count": 5})]


CHOICES = {
    "en": (
        "which tea is there",
        ["the second one", "the last one", "pour the second one", "I'll take number one", "white tea"],
    ),
    "de": (
        "welchen Tee gibt es",
        ["den zweiten", "die letzte", "gieß mir den zweiten ein", "ich nehme Nummer eins", "weißer Tee"],
    ),
    "zh": ("有什么茶", ["第二个", "最后一个", "倒第二个", "我要第一个", "白茶"]),
}


@pytest.mark.parametrize("language", CHOICES)
def test_one_of_what_was_listed(language: str) -> None:
    talk = Conversation(language)
    ask, picks = CHOICES[language]
    for pick, sort in zip(picks, ("black", "white", "black", "green", "white"), strict=True):
        talk.say(ask)
        talk.say(pick)
        assert talk.calls == [("pour", {"sort": sort})], pick


def test_the_fifth_of_three_is_not_understood() -> None:
    talk = Conversation()
    talk.say("which tea is there")
    talk.say("the fifth one")
    assert talk.outcome == "not_understood"


@pytest.mark.parametrize(
    ("language", "first", "also", "instead"),
    [
        ("en", "order green tea", "and sugar", "no, honey"),
        ("de", "bestell Kekse", "und Zucker", "nein, Honig"),
        ("zh", "点饼干", "还有糖", "不是，蜂蜜"),
    ],
)
def test_free_words_take_the_place_of_others(language: str, first: str, also: str, instead: str) -> None:
    talk = Conversation(language)
    talk.say(first)
    talk.say(also)
    sugar = talk.calls[0][1]["order"]
    assert sugar in {"sugar", "Zucker", "糖"}
    talk.say(instead)
    assert talk.calls[0][1]["order"] in {"honey", "Honig", "蜂蜜"}
    assert ("undone", sugar) in Tearoom.made


@pytest.mark.parametrize(
    "text",
    ["and why is that", "and what is the capital of France", "no I do not think so at all my dear friend"],
)
def test_a_question_of_its_own_is_no_addition(text: str) -> None:
    talk = Conversation()
    talk.say("order green tea")
    talk.say(text)
    assert talk.outcome == "not_understood"
    assert len(Tearoom.made) == 1


def test_two_minutes_later_nothing_is_gone_on_from() -> None:
    talk = Conversation()
    talk.say("steep for five minutes")
    talk.later(seconds=121)
    talk.say("no, ten minutes")
    assert talk.outcome == "not_understood"


def test_what_is_forgotten_is_not_gone_on_from() -> None:
    talk = Conversation()
    talk.say("steep for five minutes")
    talk.mind.forget("w")
    talk.say("again")
    assert talk.outcome == "not_understood"


def test_nobody_goes_on_from_what_another_wearer_did() -> None:
    talk = Conversation()
    talk.say("steep for five minutes")
    talk.say("again", wearer="v")
    assert talk.outcome == "not_understood"


def test_at_a_shared_device_nothing_is_gone_on_from_that_was_done_elsewhere() -> None:
    talk = Conversation()
    talk.say("steep for five minutes")
    talk.say("again", device="kitchen", shared=True)
    assert talk.outcome == "not_understood"
    talk.say("steep for five minutes", device="kitchen", shared=True)
    talk.say("again", device="kitchen", shared=True)
    assert talk.calls == [("steep", {"duration": "PT5M"})]


def test_what_was_undone_is_not_undone_again_by_a_correction() -> None:
    talk = Conversation()
    talk.say("steep for five minutes")
    done = next(piece for piece in talk.pieces if isinstance(piece, Done))
    assert done.undo is not None
    assert asyncio.run(done.undo()).text == "Poured away."
    talk.say("no, ten minutes")
    assert talk.calls == [("steep", {"duration": "PT10M"})]
    assert [one[0] for one in Tearoom.made].count("undone") == 1


def test_where_the_undo_fails_the_corrected_thing_is_not_done() -> None:
    talk = Conversation()
    talk.say("smash two cups")
    assert talk.say("no, three") == "That can't be."
    assert talk.outcome == "failed"
    assert talk.calls == [("smash", {})]


def test_where_the_corrected_thing_fails_what_was_taken_back_is_said() -> None:
    talk = Conversation()
    talk.say("seal two cups")
    assert talk.say("no, twelve") == "Poured away. That can't be."
    assert talk.outcome == "failed"
    assert Tearoom.made == [("undone", 2)]


def test_after_talk_with_a_model_the_old_call_is_gone() -> None:
    talk = Conversation(chat=ScriptedModel(["Paris is big."], ["London is, too."]))
    talk.say("find tea shops in Berlin")
    talk.say("tell me of Paris")
    assert talk.say("and London?") == "London is, too."
    assert talk.calls == []


def test_a_query_is_gone_on_from_without_a_question() -> None:
    talk = Conversation()
    talk.say("find tea shops in Berlin")
    assert talk.say("and in Paris?") == "Shops in Paris."


# ── several requests in one sentence ──────────────────────────────────────────────────────────────────────

SEVERAL = {
    "en": {
        "steep for five minutes and pour me green tea": ["steep", "pour"],
        "Steep for five minutes, pour green tea, and smash two cups.": ["steep", "pour", "smash"],
        "steep for five minutes and then order sugar and milk": ["steep", "note_order"],
        "order sugar and smash two cups": ["note_order"],
        "steep for five minutes and for ten minutes": ["steep", "steep"],
        "steep for five minutes and call my mother": [],
    },
    "de": {
        "lass fünf Minuten ziehen und gieß mir grüner Tee ein": ["steep", "pour"],
        "lass fünf Minuten ziehen, zerschlag zwei Tassen und was ist im dritten Fach": [
            "steep",
            "smash",
            "shelf",
        ],
        "zerschlag zwei Tassen und bestell Zucker und Milch": ["smash", "note_order"],
        "bestell Zucker und zerschlag zwei Tassen": ["note_order"],
    },
    "zh": {
        "浸泡五分钟，然后倒绿茶": ["steep", "pour"],
        "浸泡五分钟，再倒绿茶，还有打碎两个杯子": ["steep", "pour", "smash"],
        "打碎两个杯子，顺便点糖和牛奶": ["smash", "note_order"],
        "点糖和牛奶": ["note_order"],
    },
}


@pytest.mark.parametrize("language", SEVERAL)
def test_several_requests_in_one_sentence(language: str) -> None:
    talk = Conversation(language)
    for text, tools in SEVERAL[language].items():
        talk.say(text)
        assert [tool for tool, _ in talk.calls] == tools, text


def test_of_several_one_fails_and_the_others_are_done() -> None:
    talk = Conversation()
    said = talk.say("steep for five minutes, smash twelve cups and pour green tea")
    assert said == "Steeping for 5 minutes. That can't be. A cup of green."
    assert talk.outcome == "failed"
    assert [piece.ok for piece in talk.pieces if isinstance(piece, Done)] == [True, False, True]


def test_a_correction_means_the_part_that_it_fits() -> None:
    talk = Conversation()
    talk.say("steep for five minutes and smash two cups")
    talk.say("no, ten minutes")
    assert talk.calls == [("steep", {"duration": "PT10M"})]
    talk.say("steep for five minutes and find tea shops")
    talk.say("no, ten minutes")
    assert talk.calls == [("steep", {"duration": "PT10M"})]


# ── did you mean …? ───────────────────────────────────────────────────────────────────────────────────────


def guessing(language: str = "en") -> Conversation:
    talk = Conversation(language)
    match = Match("tea", "pour", {"sort": "green"}, confidence=0.7)
    talk.mind.guess = lambda request: Proposal(match, "pour green tea") if "fancy" in request.text else None
    return talk


@pytest.mark.parametrize(
    ("language", "yes", "no", "all_right"),
    [
        ("en", "yes please", "no thanks", "All right."),
        ("de", "ja", "nein", "Alles klar."),
        ("zh", "是的", "不用了", "好的。"),
    ],
)
def test_a_guess_is_asked_about(language: str, yes: str, no: str, all_right: str) -> None:
    talk = guessing(language)
    assert "pour green tea" in talk.say("fancy a cuppa")
    assert talk.outcome == "proposed"
    talk.say(yes)
    assert talk.calls == [("pour", {"sort": "green"})]
    talk.say("fancy a cuppa")
    assert talk.say(no) == all_right
    talk.say(yes)
    assert talk.calls == [], "a no is said once, and a yes to nothing does nothing"


def test_another_sentence_is_simply_taken_as_such() -> None:
    talk = guessing()
    talk.say("fancy a cuppa")
    talk.say("smash two cups")
    assert talk.calls == [("smash", {"count": 2})]
    talk.say("yes")
    assert talk.calls == []


def test_a_yes_that_comes_too_late_does_nothing() -> None:
    talk = guessing()
    talk.say("fancy a cuppa")
    talk.later(seconds=31)
    talk.say("yes")
    assert talk.calls == []


def test_a_sure_guess_is_done_and_may_be_corrected() -> None:
    talk = Conversation()
    sure = Match("tea", "smash", {"count": 2}, confidence=0.99)
    talk.mind.guess = lambda request: sure if "fancy" in request.text else None
    talk.say("fancy some noise")
    assert talk.calls == [("smash", {"count": 2})]
