from hypothesis import given
from hypothesis import strategies as st

from lorgnette.engines.tts.pieces import FIRST, LONGEST, pieces

GERMAN = (
    "Der Zug nach Augsburg fährt heute von Gleis vierzehn, er hat sieben Minuten Verspätung, und in Augsburg "
    "erreichst du den Anschluss noch; wenn nicht, nimmst du den um halb."
)


def test_a_short_sentence_stays_whole():
    assert list(pieces("Your timer is running.")) == ["Your timer is running."]
    assert list(pieces("  ")) == []


def test_a_long_sentence_is_cut_behind_punctuation_and_the_first_piece_is_the_shortest():
    cut = list(pieces(GERMAN))
    assert len(cut) > 1
    assert all(piece[-1] in ",;." for piece in cut)
    assert len(cut[0]) <= FIRST + 10
    assert " ".join(cut) == GERMAN


def test_chinese_is_cut_without_spaces_coming_in():
    text = "好的，我已经把牛奶、鸡蛋和面包加到购物清单里了，下次去超市时提醒你，计时器还剩三分钟。"
    cut = list(pieces(text))
    assert len(cut) > 1
    assert "".join(cut) == text


def test_words_without_any_punctuation_are_cut_between_words():
    text = "word " * 200
    cut = list(pieces(text))
    assert max(map(len, cut)) <= 2 * LONGEST
    assert " ".join(cut).split() == text.split()


def test_a_word_without_end_is_cut_too():
    assert max(map(len, pieces("a" * 3000))) <= 2 * LONGEST


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=600))
def test_nothing_is_lost_and_nothing_added(text):
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())
