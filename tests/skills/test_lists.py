"""Lists in three languages."""

import pytest
from tests.skills.memory import UNDO, Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("what's on the shopping list", "read_list", {"list": "shopping"}, "The shopping list is empty."),
        ("what lists do I have", "name_lists", {}, "There are no lists yet."),
        (
            "add milk, eggs and bread to the shopping list",
            "add_to_list",
            {"item": "milk, eggs and bread", "list": "shopping"},
            "Milk, eggs and bread, on the shopping list.",
        ),
        (UNDO, "Milk, eggs and bread off the shopping list."),
        (
            "add milk, eggs and bread to the shopping list",
            "add_to_list",
            {"item": "milk, eggs and bread", "list": "shopping"},
            "Milk, eggs and bread, on the shopping list.",
        ),
        ("add cheese to the list", "add_to_list", {"item": "cheese"}, "Cheese, on the shopping list."),
        (
            "what's on my shopping list",
            "read_list",
            {"list": "shopping"},
            "4 things; the first are milk, eggs and bread.",
        ),
        (
            "is milk on the grocery list",
            "is_on_list",
            {"item": "milk", "list": "shopping"},
            "Yes, milk is on the shopping list.",
        ),
        ("check off milk", "check_off", {"item": "milk"}, "Milk: done."),
        (
            "is milk on the shopping list",
            "is_on_list",
            {"item": "milk", "list": "shopping"},
            "Milk is done already.",
        ),
        (UNDO, "Milk is open again."),
        (
            "remove eggs from the shopping list",
            "remove_from_list",
            {"item": "eggs", "list": "shopping"},
            "Eggs off the shopping list.",
        ),
        (UNDO, "It's back on the shopping list."),
        (
            "remove bananas from the shopping list",
            "remove_from_list",
            {"item": "bananas", "list": "shopping"},
            "That isn't on the list; ask me to read it.",
        ),
        (
            "add hammer to the hardware list",
            "add_to_list",
            {"item": "hammer", "list": "hardware"},
            "Hammer, on the hardware list.",
        ),
        ("what lists do I have", "name_lists", {}, "You have the shopping list and hardware list."),
        ("clear the shopping list", "clear_list", {"list": "shopping"}, "The shopping list is empty now."),
        (UNDO, "4 things are back on the shopping list."),
        ("what is on the hardware list", "read_list", {"list": "hardware"}, "Only hammer."),
        (
            "add something to my to do list",
            "add_to_list",
            {"list": "todo"},
            "What shall I put on the to-do list?",
        ),
        (
            "mop the floor",
            "add_to_list",
            {"list": "todo", "item": "mop the floor"},
            "Mop the floor, on the to-do list.",
        ),
    ],
    "de": [
        ("was steht auf der einkaufsliste", "read_list", {"list": "shopping"}, "Die Einkaufsliste ist leer."),
        (
            "setz Milch und Eier auf die Einkaufsliste",
            "add_to_list",
            {"item": "Milch und Eier", "list": "shopping"},
            "Milch und Eier, auf der Einkaufsliste.",
        ),
        (UNDO, "Milch und Eier von der Einkaufsliste gestrichen."),
        (
            "setz Milch, Eier und Brot auf die Einkaufsliste",
            "add_to_list",
            {"item": "Milch, Eier und Brot", "list": "shopping"},
            "Milch, Eier und Brot, auf der Einkaufsliste.",
        ),
        (
            "füge Putzen auf die Haushaltsliste hinzu",
            "add_to_list",
            {"item": "Putzen", "list": "Haushaltsliste"},
            "Putzen, auf der Haushaltsliste.",
        ),
        ("was steht auf der Einkaufsliste", "read_list", {"list": "shopping"}, "Milch, Eier und Brot."),
        (
            "steht Milch auf der Einkaufsliste",
            "is_on_list",
            {"item": "Milch", "list": "shopping"},
            "Ja, Milch steht auf der Einkaufsliste.",
        ),
        ("hake Milch ab", "check_off", {"item": "Milch"}, "Milch: erledigt."),
        (UNDO, "Milch ist wieder offen."),
        (
            "streich Eier von der Einkaufsliste",
            "remove_from_list",
            {"item": "Eier", "list": "shopping"},
            "Eier von der Einkaufsliste gestrichen.",
        ),
        (UNDO, "Ist wieder auf der Einkaufsliste."),
        ("welche listen habe ich", "name_lists", {}, "Es gibt Einkaufsliste und Haushaltsliste."),
        ("leere die Einkaufsliste", "clear_list", {"list": "shopping"}, "Die Einkaufsliste ist jetzt leer."),
        (UNDO, "3 Sachen sind wieder auf der Einkaufsliste."),
        (
            "streich Bananen von der Einkaufsliste",
            "remove_from_list",
            {"item": "Bananen", "list": "shopping"},
            "Das steht nicht auf der Liste; lass sie dir vorlesen.",
        ),
    ],
    "zh": [
        ("购物清单里有什么", "read_list", {"list": "shopping"}, "购物清单是空的。"),
        (
            "把牛奶和鸡蛋加到购物清单",
            "add_to_list",
            {"item": "牛奶和鸡蛋", "list": "shopping"},
            "牛奶和鸡蛋，加到购物清单了。",
        ),
        (UNDO, "牛奶和鸡蛋从购物清单里去掉了。"),
        (
            "把牛奶、鸡蛋和面包加到购物清单",
            "add_to_list",
            {"item": "牛奶、鸡蛋和面包", "list": "shopping"},
            "牛奶、鸡蛋和面包，加到购物清单了。",
        ),
        ("把锤子加到五金清单", "add_to_list", {"item": "锤子", "list": "五金"}, "锤子，加到五金清单了。"),
        ("购物清单里有什么", "read_list", {"list": "shopping"}, "3样：牛奶、鸡蛋和面包。"),
        (
            "购物清单里有没有牛奶",
            "is_on_list",
            {"item": "牛奶", "list": "shopping"},
            "有，购物清单里有牛奶。",
        ),
        ("把牛奶划掉", "check_off", {"item": "牛奶"}, "牛奶，完成了。"),
        (UNDO, "牛奶又算没完成了。"),
        (
            "把鸡蛋从购物清单里去掉",
            "remove_from_list",
            {"item": "鸡蛋", "list": "shopping"},
            "鸡蛋从购物清单里去掉了。",
        ),
        (UNDO, "又回到购物清单了。"),
        ("我有哪些清单", "name_lists", {}, "2个清单：购物清单和五金清单。"),
        ("清空购物清单", "clear_list", {"list": "shopping"}, "购物清单清空了。"),
        (UNDO, "3样又回到购物清单了。"),
        (
            "把香蕉从购物清单里去掉",
            "remove_from_list",
            {"item": "香蕉", "list": "shopping"},
            "清单里没有这个，可以让我读一下清单。",
        ),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_lists_holds(language: str) -> None:
    talk = Talk(language)
    hold(talk, "lists", DIALOGUES[language])
