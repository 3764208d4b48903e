"""Words as models write them, for the eye."""

import pytest

from lorgnette.engines.asr.readable import readable


@pytest.mark.parametrize(
    ("written", "language", "read"),
    [
        (" SET A TIMER FOR FIVE MINUTES", "en", "Set a timer for five minutes"),
        ("AND I'M SURE I DO", "en", "And I'm sure I do"),
        ("schalte das licht an", "de", "Schalte das licht an"),
        ("OK GUT", "de", "Ok gut"),
        ("Ich hätte gern ein Eis.", "de", "Ich hätte gern ein Eis."),
        ("i i i", "de", "I i i"),
        ("昨 天 是 MONDAY TODAY IS 礼 拜 二", "zh", "昨天是 monday today is 礼拜二"),
        ("打开 LIGHT 好", "zh", "打开 light 好"),
        ("现在 3 点", "zh", "现在 3 点"),
        ("好的 ， 谢谢 。", "zh", "好的，谢谢。"),
        ("<|zh|><|NEUTRAL|><|Speech|><|withitn|>开始计时。", "zh", "开始计时。"),
        ("▁HELLO▁WORLD", "en", "Hello world"),
        ("[BLANK_AUDIO]", "en", ""),
        ("(music)", "en", ""),
        ("♪", "en", ""),
        (" . ", "en", ""),
        ("（音乐）", "zh", ""),
        ("<unk>", "en", ""),
        ("A", "en", "A"),
        ("Play (Everything) now", "en", "Play (Everything) now"),
        ("", "en", ""),
    ],
)
def test_words_are_made_readable(written: str, language: str, read: str) -> None:
    assert readable(written, language) == read
