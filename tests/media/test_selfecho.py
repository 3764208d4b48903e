import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.media.selfecho import is_echo_of

EN = "The timer is set for five minutes, and tomorrow at eight I will remind you to call Anna."
DE = "Der Timer läuft für fünf Minuten, und morgen früh erinnere ich dich an das Gespräch mit Anna."
ZH = "五分钟的计时器设好了，明天早上八点我会提醒你给安娜打电话。"


@pytest.mark.parametrize(
    ("heard", "spoken"),
    [
        ("the timer is set", EN),
        ("timer is set for five", EN),
        ("THE TIMER IS SAT FOR FIVE MINUTES", EN),  # a word misheard
        ("remind you to call an", EN),  # the last word cut by the partial
        ("tomorrow", EN),
        ("tomorow", EN),
        ("five minutes", EN),
        ("der timer lauft fur funf minuten", DE),  # a recogniser without umlauts
        ("morgen früh erinnere ich dich", DE),
        ("Gespräch", DE),
        ("五分钟的计时器", ZH),
        ("计时器设好了明天", ZH),
        ("明天 早上 八点", ZH),
        ("五分钟的记时器设好了", ZH),  # one homophone
        ("strasse", "Die nächste Straße links."),
        ("it's five", "Its five o'clock."),
    ],
)
def test_the_own_sentence_is_known(heard, spoken):
    assert is_echo_of(heard, spoken)


@pytest.mark.parametrize(
    ("heard", "spoken"),
    [
        ("stop", EN),
        ("no", "Your notes are saved."),
        ("what is the weather in berlin", EN),
        ("the timer is set for five minutes stop", EN),
        ("the timer is set cancel", EN),
        ("five minutes no wait", EN),
        ("stopp", DE),
        ("der timer läuft halt", DE),
        ("wie spät ist es", DE),
        ("停", ZH),
        ("不对", ZH),
        ("五分钟的计时器设好了停止", ZH),
        ("今天天气怎么样", ZH),
        ("", EN),
        ("...", EN),
        ("stop", ""),
    ],
)
def test_a_wearers_words_are_not(heard, spoken):
    assert not is_echo_of(heard, spoken)


@given(st.integers(0, 15), st.integers(2, 8))
def test_any_run_of_whole_words_of_the_sentence_is_echo(start, count):
    words = EN.split()[start : start + count]
    assert is_echo_of(" ".join(words), EN)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_it(heard, spoken):
    assert is_echo_of(heard, spoken) in {True, False}
