import pytest

from lorgnette.engines.asr.lexicon import PHONES, pronounce


def test_words_of_the_dictionary_have_all_their_pronunciations():
    assert pronounce("timer") == (("T AY M ER",), False)
    assert len(pronounce("the")[0]) > 1


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("ecobee", "IY K OW B IY"),
        ("lorgnettes", "L AO R N Y EH T S"),
        ("id", "AY D"),
        ("todays", "T AH D EY Z"),
        ("unmute", "AH N M UW T"),
        ("bangui", "B AE NG AH IY"),
    ],
)
def test_other_words_are_guessed(word, phones):
    (guess, *_), _ = pronounce(word)
    assert guess == phones


def test_accents_are_read_as_plain_letters():
    assert pronounce("são")[0]
    assert pronounce("café")[0] == pronounce("cafe")[0]


def test_what_has_no_latin_letters_has_no_pronunciation():
    assert pronounce("设") == ((), True)
    assert pronounce("") == ((), True)


@pytest.mark.parametrize("word", ["qwxz", "blobbed", "hdmi", "xylophonist's", "zzyzx", "aaa"])
def test_guesses_are_phones_that_the_model_has(word):
    for phones in pronounce(word)[0]:
        assert set(phones.split()) <= set(PHONES)
