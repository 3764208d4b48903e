"""Sentences come out whole, early, and the same however the text is cut."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lorgnette.render.sentences import FIRST_WORDS, LONGEST, LONGEST_BLOCK, SentenceSplitter
from lorgnette.render.speakable_rules import words

CASES = [
    ("en", "Hello there. How are you?", ["Hello there.", "How are you?"]),
    ("en", "It is 3.5 km. Go!", ["It is 3.5 km.", "Go!"]),
    ("en", "Ask Dr. Smith, e.g. today. Yes.", ["Ask Dr. Smith, e.g. today.", "Yes."]),
    ("en", "By J. R. R. Tolkien. Good.", ["By J. R. R. Tolkien.", "Good."]),
    ("en", "Is it No. 5? No. I think not.", ["Is it No. 5?", "No.", "I think not."]),
    ("en", "Come at 5 p.m. Bring tea.", ["Come at 5 p.m.", "Bring tea."]),
    ("en", "Come at 5 p.m. please.", ["Come at 5 p.m. please."]),
    ("en", "Well... maybe. Fine... Then go.", ["Well... maybe.", "Fine...", "Then go."]),
    ("en", '"Stop!" she said. "Why?" He left.', ['"Stop!" she said.', '"Why?"', "He left."]),
    ("en", "He (who knew. Not me.) left. Yes.", ["He (who knew. Not me.) left.", "Yes."]),
    ("en", "Sad :( but true. Yes.", ["Sad :( but true.", "Yes."]),
    ("en", "**Done.** Next.", ["**Done.**", "Next."]),
    ("en", "See example.com. Then go.", ["See example.com.", "Then go."]),
    ("en", "# Title\nText", ["# Title", "Text"]),
    ("en", "Buy:\n- eggs\n- milk. Cold.\n\nDone", ["Buy:", "- eggs", "- milk.", "Cold.", "Done"]),
    ("en", "1. Stir well\n2. Wait", ["1. Stir well", "2. Wait"]),
    ("en", "Name: Ada\nPhone: none", ["Name: Ada", "Phone: none"]),
    ("en", "See:\n```\na = 1. b\n\nc\n```\nDone. Yes", ["See:", "```\na = 1. b\n\nc\n```", "Done.", "Yes"]),
    ("en", "| a | b |\n|---|---|\n| 1. x | 2 |\n\nSo.", ["| a | b |\n|---|---|\n| 1. x | 2 |", "So."]),
    ("en", "The weather will be mostly sunny with a high\nof twenty. Yes.",
     ["The weather will be mostly sunny with a high\nof twenty.", "Yes."]),
    ("de", "Am 3. Mai kommt er. Gut.", ["Am 3. Mai kommt er.", "Gut."]),
    ("de", "Er ist 3. Dann kam sie.", ["Er ist 3.", "Dann kam sie."]),
    ("de", "Er wohnt im 2. Stock. Gut.", ["Er wohnt im 2. Stock.", "Gut."]),
    ("de", "Zum Beispiel z. B. Tee. Gut.", ["Zum Beispiel z. B. Tee.", "Gut."]),
    ("de", "Tee, Milch usw. Danach geht es los.", ["Tee, Milch usw.", "Danach geht es los."]),
    ("de", "„Wirklich?“ fragte sie. „Ja!“ Gut.", ["„Wirklich?“ fragte sie.", "„Ja!“", "Gut."]),
    ("de", "Um 14.30 Uhr bei Dr. Müller. Gut.", ["Um 14.30 Uhr bei Dr. Müller.", "Gut."]),
    ("de", "Das war 1998. Danach nichts.", ["Das war 1998.", "Danach nichts."]),
    ("zh", "你好！今天很好。再见", ["你好！", "今天很好。", "再见"]),
    ("zh", "价格是3.5元。走吧", ["价格是3.5元。", "走吧"]),
    ("zh", "他说：“好。”我也好。", ["他说：“好。”", "我也好。"]),
    ("zh", "走吧（如果可以。好吗）。再见", ["走吧（如果可以。好吗）。", "再见"]),
    ("zh", "真的？！是的……好。", ["真的？！", "是的……好。"]),
]  # fmt: skip


def split(text: str, language: str, cuts: list[int] | None = None) -> list[str]:
    splitter = SentenceSplitter(language)
    edges = [0, *sorted({cut % (len(text) + 1) for cut in cuts or []}), len(text)]
    found = [one for start, end in pairwise(edges) for one in splitter.feed(text[start:end])]
    return found + splitter.flush()


@pytest.mark.parametrize(("language", "text", "sentences"), CASES)
def test_a_text_falls_into_its_sentences(language: str, text: str, sentences: list[str]) -> None:
    assert split(text, language) == sentences
    assert split(text, language, list(range(len(text)))) == sentences


WORDS = words(
    '. ! ? , … 。 ， “ ” " ( ) （ ） * - | ` ``` # 1 23 Dr z B usw No am Mai Stock the End 我们 好 : ; e.g x'
)
PIECES = st.lists(st.sampled_from([" ", "\n", "\t", *WORDS]), max_size=60)


@settings(max_examples=250, deadline=None)
@given(
    pieces=PIECES,
    cuts=st.lists(st.integers(0, 1000), max_size=12),
    language=st.sampled_from(("en", "de", "zh")),
)
@example(pieces=["a "] * 700, cuts=[600, 601], language="en")
def test_any_cutting_gives_the_same_sentences_and_loses_nothing(
    pieces: list[str], cuts: list[int], language: str
) -> None:
    text = "".join(pieces)
    whole = split(text, language)
    assert split(text, language, cuts) == whole
    assert split(text, language, list(range(len(text)))) == whole
    assert "".join("".join(whole).split()) == "".join(text.split())
    assert all(one == one.strip() and one for one in whole)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200), cuts=st.lists(st.integers(0, 300), max_size=5))
def test_any_characters_come_back(text: str, cuts: list[int]) -> None:
    whole = split(text, "en", cuts)
    assert "".join("".join(whole).split()) == "".join(text.split())


def test_a_long_first_sentence_begins_at_a_comma() -> None:
    text = "In the old town, close to the river and behind the church, you find a quiet café. It opens at 9."
    first, second, third = split(text, "en")
    assert first == "In the old town, close to the river and behind the church,"
    assert second == "you find a quiet café."
    assert third == "It opens at 9."


def test_the_first_clause_is_out_before_the_sentence_ends() -> None:
    splitter = SentenceSplitter("en")
    words = [
        "The",
        "museum",
        "in",
        "the",
        "old",
        "harbour,",
        "which",
        "opened",
        "last",
        "year,",
        "has",
        "a",
        "large",
        "hall",
        "where",
        "ships",
        "are",
        "shown",
    ]
    out = [(count, one) for count, word in enumerate(words, 1) for one in splitter.feed(word + " ")]
    assert out
    assert out[0][0] <= FIRST_WORDS + 2


def test_only_the_first_sentence_is_cut_at_a_comma() -> None:
    text = "Yes. In the old town, close to the river and behind the church, you find a very quiet café."
    assert len(split(text, "en")) == 2


def test_a_long_first_chinese_sentence_begins_at_a_comma() -> None:
    text = "这座塔建于一八八九年，是为了世界博览会而建造的，现在已经成为巴黎最著名的地标之一。"
    assert split(text, "zh")[0] == "这座塔建于一八八九年，是为了世界博览会而建造的，"


@pytest.mark.parametrize(
    "text", ["word " * 5_000, "x" * 20_000, "```\n" + "code line\n" * 3_000, "| a |\n" * 4_000]
)
def test_what_never_ends_is_cut_at_a_bound(text: str) -> None:
    bound = LONGEST_BLOCK if text[0] in "`|" else LONGEST
    found = split(text, "en", list(range(0, len(text), 7)))
    assert max(map(len, found)) <= bound + 10
    assert "".join("".join(found).split()) == "".join(text.split())


def test_feeding_token_by_token_is_cheap() -> None:
    text = "The quick brown fox jumps over the lazy dog, and then it sleeps for 3.5 hours. " * 50
    tokens = [text[start : start + 4] for start in range(0, len(text), 4)]
    splitter = SentenceSplitter("en")
    splitter.feed("")
    begin = time.process_time()
    for token in tokens:
        splitter.feed(token)
    assert (time.process_time() - begin) / len(tokens) < 0.000_5
