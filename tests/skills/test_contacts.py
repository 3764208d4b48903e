"""Contacts in three languages, over the real services."""

import pytest
from tests.skills.diary import Diary, Row, converse, hold

from lorgnette.core.taint import Source

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("what's Anna Berg's phone number", "contact_of", "Anna Berg, mobile: +4 9 1, 7 0 1, 2 3 4, 5 6 7."),
        ("what is the email address of Anna Berg", "contact_of", "Anna Berg: anna@example.org."),
        ("give me the address of Anna Berg", "contact_of", "Anna Berg: Hauptstr. 5, 10115 Berlin."),
        ("what's Anna's phone number", "contact_of", "Anna Berg and Anna Schmidt: who do you mean?"),
        ("Schmidt", "contact_of", "Anna Schmidt: 0 3 0, 9 9."),
        ("what's Anna's phone number", "contact_of", "Anna Berg and Anna Schmidt: who do you mean?"),
        ("when is my sister's birthday", "birthday_of", "Eva Berg’s birthday is today!"),
        (
            "when is Anna Berg's birthday",
            "birthday_of",
            "Anna Berg’s birthday is Saturday, November 7, turning 36, in 2 days.",
        ),
        ("what's the number of Zaphod", "contact_of", "I find nobody called Zaphod in your contacts."),
        ("when is Anna Schmidt's birthday", "birthday_of", "I don't know Anna Schmidt’s birthday."),
        ("where does my sister live", "where_lives", "Eva Berg has no address in your contacts."),
        (
            "whose birthday is next",
            "next_birthdays",
            "Next: Eva Berg today, Anna Berg Saturday and 张伟 Tuesday, December 1.",
        ),
    ],
    "de": [
        ("wie ist die Nummer von Anna Berg", "contact_of", "Anna Berg, mobil: +4 9 1, 7 0 1, 2 3 4, 5 6 7."),
        ("wie ist die Mailadresse von Anna Berg", "contact_of", "Anna Berg: anna@example.org."),
        ("gib mir die Adresse von Anna Berg", "contact_of", "Anna Berg: Hauptstr. 5, 10115 Berlin."),
        ("wie ist die Nummer von Anna", "contact_of", "Anna Berg und Anna Schmidt: wen meinst du?"),
        ("Schmidt", "contact_of", "Anna Schmidt: 0 3 0, 9 9."),
        ("wie ist die Nummer von Anna", "contact_of", "Anna Berg und Anna Schmidt: wen meinst du?"),
        ("wann hat meine Schwester Geburtstag", "birthday_of", "Eva Berg hat heute Geburtstag!"),
        (
            "wann hat Anna Berg Geburtstag",
            "birthday_of",
            "Anna Berg hat am Samstag, 7. November Geburtstag und wird 36, in 2 Tagen.",
        ),
        (
            "wie ist die Nummer von Zaphod",
            "contact_of",
            "In deinen Kontakten finde ich niemanden namens Zaphod.",
        ),
        (
            "wer hat als nächstes Geburtstag",
            "next_birthdays",
            "Als Nächstes: Eva Berg heute, Anna Berg Samstag und 张伟 Dienstag, 1. Dezember.",
        ),
    ],
    "zh": [
        ("张伟的电话是多少", "contact_of", "张伟：1 3 8, 0 0 1, 3 8 0, 0 0。"),
        ("章伟的电话是多少", "contact_of", "张伟：1 3 8, 0 0 1, 3 8 0, 0 0。"),
        ("我姐姐的生日是哪天", "birthday_of", "今天是Eva Berg的生日！"),
        ("张伟的生日是哪天", "birthday_of", "张伟的生日是12月1日星期二，满41岁，还有26天。"),
        ("最近谁过生日", "next_birthdays", "接下来：Eva Berg今天、Anna Berg星期六和张伟12月1日星期二。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_dialogue(language: str) -> None:
    hold(language, "contacts", DIALOGUES[language])


def test_a_card_may_be_anybodys_words() -> None:
    async def work(diary: Diary) -> None:
        await diary.talk.say_in_loop("what's Anna Berg's phone number")
        assert diary.talk.done.taint == {Source("contact", "Anna Berg")}

    converse("en", work)
