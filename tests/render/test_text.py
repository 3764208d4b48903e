"""Scenes on four lines of 28 cells."""

from lorgnette.core.scenes import Arrow, Caption, Card, ListScene, Progress, QRCode
from lorgnette.render.text import MOST_PAGES, text_pages

from .scenes import ORDINARY


def page(name: str, now: float = 28.0, language: str = "en") -> list[str]:
    return text_pages(ORDINARY[name], 4, 28, language, now)[0]


def test_a_caption_is_wrapped_at_words() -> None:
    assert page("caption")[:2] == ["The train leaves at half", "past two from platform"]


def test_words_still_being_spoken_show_their_end() -> None:
    text = " ".join(f"word{number}" for number in range(40))
    (only,) = text_pages(Caption(text=text, final=False), 3, 20, "en")
    assert len(only) == 3
    assert only[-1].endswith("word39")


def test_a_long_caption_goes_on_over_pages() -> None:
    text = " ".join(f"word{number}" for number in range(40))
    found = text_pages(Caption(text=text), 3, 20, "en")
    assert " ".join(line for one in found for line in one) == text


def test_chinese_takes_two_cells_and_no_line_begins_with_punctuation() -> None:
    for columns in range(4, 40):
        for lines in text_pages(ORDINARY["chinese"], 4, columns, "zh"):
            assert not any(line[0] in "，。" for line in lines)
    assert page("chinese", language="zh")[0] == "请在前面的路口右转，然后沿着"[:14]


def test_another_speaker_is_named() -> None:
    assert page("speaker") == ["Anna: See you tomorrow."]


def test_title_and_value_share_a_line_where_they_can() -> None:
    assert page("card") == ["Berlin" + " " * 17 + "12 °C", "Light rain"]
    narrow = text_pages(Card(title="A rather long title", value="€12.50"), 4, 20, "en")[0]
    assert narrow == ["A rather long title", "€12.50"]


def test_what_asks_is_marked_and_shows_its_choices() -> None:
    assert page("ask")[-1] == "[Yes] [No]"
    assert page("ask")[0].startswith("? ")
    assert page("pay")[0].startswith("! ")


def test_choices_stay_on_the_first_page() -> None:
    card = Card(title="Order", lines=("one", "two", "three", "four"), actions=("Yes", "No"), tone="ask")
    assert text_pages(card, 4, 28, "en")[0][-1] == "[Yes] [No]"


def test_a_list_repeats_its_title_and_marks_done_and_chosen() -> None:
    assert text_pages(ORDINARY["list"], 4, 28, "en") == [
        ["Shopping", "x Milk", "- Bread", "> Eggs"],
        ["Shopping", "- Tea", "- Salt"],
    ]


def test_an_endless_list_ends() -> None:
    found = text_pages(ListScene(title="All", items=tuple(map(str, range(100)))), 4, 28, "en")
    assert len(found) == MOST_PAGES


def test_a_running_timer_shows_what_is_left() -> None:
    assert page("timer")[0] == "Pasta" + " " * 19 + "4:32"
    assert page("timer")[1].count("█") == 25
    assert page("timer", now=1e9)[0].endswith("0:00")


def test_a_paused_timer_says_so() -> None:
    assert "‖ 1:06:39" in page("paused")[0]


def test_a_fraction_is_a_percentage() -> None:
    assert page("update")[0].endswith("40%")
    assert text_pages(Progress(fraction=0.4), 4, 28, "de")[0][0] == "40 %"


def test_the_way_is_an_arrow_and_a_distance() -> None:
    assert page("arrow") == ["→ 120 m", "Unter den Linden"]
    assert text_pages(Arrow(turn=-45.0, distance=1234.0), 4, 28, "de")[0] == ["↖ 1,2 km"]


def test_a_code_is_shown_as_its_words() -> None:
    assert text_pages(QRCode(data="https://example.com", title="Pay"), 4, 28, "en")[0] == [
        "Pay",
        "https://example.com",
    ]
