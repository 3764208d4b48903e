"""What a reply listed can be meant by its place."""

import pytest
from tests.skills.memory import Talk

SAID = {
    "en": (
        ("add milk and eggs to the shopping list", "read my shopping list", "tick off the second one"),
        "Eggs: done.",
        ("take a note buy stamps", "take a note ring the bell", "read me my notes", "delete the second one"),
        "Deleted: buy stamps.",
    ),
    "de": (
        ("setz Milch und Eier auf die Einkaufsliste", "lies die Einkaufsliste vor", "hak das zweite ab"),
        "Eier: erledigt.",
        ("Notiz Briefmarken kaufen", "Notiz Klempner anrufen", "lies meine Notizen vor", "lösch die zweite"),
        "Gelöscht: Briefmarken kaufen.",
    ),
    "zh": (
        ("把牛奶和鸡蛋加到购物清单", "购物清单上有什么", "把第二个划掉"),
        "鸡蛋，完成了。",
        ("记一下买邮票", "记一下打电话", "念一下我的笔记", "删掉第二个"),
        "删掉了：买邮票。",
    ),
}


@pytest.mark.parametrize("language", SAID)
def test_the_second_one_is_the_one_that_was_listed_second(language: str) -> None:
    of_list, checked, of_notes, deleted = SAID[language]
    talk = Talk(language)
    assert [talk.say(text) for text in of_list][-1] == checked
    assert [talk.say(text) for text in of_notes][-1] == deleted
