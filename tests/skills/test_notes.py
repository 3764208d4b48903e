"""Notes in three languages."""

import pytest
from tests.skills.memory import UNDO, Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("read my notes", "read_notes", {}, "There are no notes yet."),
        ("take a note", "take_note", {}, "What shall I note?"),
        ("buy milk", "take_note", {"text": "buy milk"}, "Noted: buy milk."),
        (
            "note the key is under the pot",
            "take_note",
            {"text": "the key is under the pot"},
            "Noted: the key is under the pot.",
        ),
        ("read my notes", "read_notes", {}, "2 notes; the latest: the key is under the pot and buy milk."),
        ("read note 1", "read_note", {"number": 1}, "Buy milk."),
        ("what did I write about milk", "search_notes", {"words": "milk"}, "Buy milk."),
        ("delete the last note", "delete_note", {}, "Deleted: the key is under the pot."),
        (UNDO, "It's back: the key is under the pot."),
        ("delete note 7", "delete_note", {"number": 7}, "There's no such note; ask me to read your notes."),
        ("find notes about bananas", "search_notes", {"words": "bananas"}, "No note has bananas in it."),
        ("Note to self: call Ada, please", "take_note", {"text": "call Ada"}, "Noted: call Ada."),
    ],
    "de": [
        ("mach eine notiz", "take_note", {}, "Was soll ich notieren?"),
        ("Milch kaufen", "take_note", {"text": "Milch kaufen"}, "Notiert: Milch kaufen."),
        (
            "notiere der Schlüssel liegt unter dem Topf",
            "take_note",
            {"text": "der Schlüssel liegt unter dem Topf"},
            "Notiert: der Schlüssel liegt unter dem Topf.",
        ),
        (
            "lies meine notizen vor",
            "read_notes",
            {},
            "2 Notizen, die neuesten: der Schlüssel liegt unter dem Topf und Milch kaufen.",
        ),
        ("notiz 1", "read_note", {"number": 1}, "Milch kaufen."),
        ("was habe ich über milch notiert", "search_notes", {"words": "milch"}, "Milch kaufen."),
        ("lösche die letzte notiz", "delete_note", {}, "Gelöscht: der Schlüssel liegt unter dem Topf."),
        (UNDO, "Wieder da: der Schlüssel liegt unter dem Topf."),
        (
            "lösche notiz 7",
            "delete_note",
            {"number": 7},
            "Diese Notiz gibt es nicht; lass dir deine Notizen vorlesen.",
        ),
        (
            "suche notizen über bananen",
            "search_notes",
            {"words": "bananen"},
            "In keiner Notiz steht bananen.",
        ),
    ],
    "zh": [
        ("记一下", "take_note", {}, "要记什么？"),
        ("买牛奶", "take_note", {"text": "买牛奶"}, "记下了：买牛奶。"),
        (
            "记一下备用钥匙在花盆下面",
            "take_note",
            {"text": "备用钥匙在花盆下面"},
            "记下了：备用钥匙在花盆下面。",
        ),
        ("读一下我的笔记", "read_notes", {}, "2条笔记，最近的是：备用钥匙在花盆下面和买牛奶。"),
        ("第一条笔记", "read_note", {"number": 1}, "买牛奶。"),
        ("我关于牛奶记了什么", "search_notes", {"words": "牛奶"}, "买牛奶。"),
        ("删掉最后一条笔记", "delete_note", {}, "删掉了：备用钥匙在花盆下面。"),
        (UNDO, "恢复了：备用钥匙在花盆下面。"),
        ("删掉第七条笔记", "delete_note", {"number": 7}, "没有这条笔记，可以让我读一下你的笔记。"),
        ("找一下关于香蕉的笔记", "search_notes", {"words": "香蕉"}, "没有笔记提到香蕉。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_notes_holds(language: str) -> None:
    talk = Talk(language)
    hold(talk, "notes", DIALOGUES[language])
