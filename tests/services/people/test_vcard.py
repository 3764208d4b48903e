"""vCards of every age read within bounds."""

import time

import pytest

from lorgnette.sdk.people import Reach
from lorgnette.services.people.vcard import LONGEST, birthday, cards

PHONE = """BEGIN:VCARD
VERSION:3.0
UID:1
FN:Anna Berg
N:Berg;Anna;;;
NICKNAME:Annie,Änni
ORG:Werft\\, Hafen;Büro
TEL;TYPE=WORK:030 111
TEL;TYPE=CELL,PREF:+49 170 1234567
item1.EMAIL;type=INTERNET:anna@example.org
item1.X-ABLabel:_$!<Home>!$_
item2.X-ABRELATEDNAMES:Eva Berg
item2.X-ABLabel:_$!<Sister>!$_
ADR;TYPE=HOME:;;Hauptstr. 5;Berlin;;10115;Germany
BDAY;VALUE=date:1990-05-03
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ
 SkZJRg
END:VCARD
"""
OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=
=BCrgen
TEL;CELL:0171 22
END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:7
FN:张伟
TEL;VALUE=uri;TYPE=home:tel:+86-138-0013-8000
EMAIL:wei@example.cn
BDAY:--1203
RELATED;TYPE=spouse;VALUE=text:李娜
END:VCARD
"""


def test_what_phones_and_servers_write_is_understood() -> None:
    anna, juergen, wei = [card.person for card in cards(PHONE + OLD + NEW)]
    assert (anna.name, anna.nicknames, anna.organisation) == ("Anna Berg", ("Annie", "Änni"), "Werft, Hafen")
    assert anna.phones == (Reach("+49 170 1234567", "mobile"), Reach("030 111", "work"))
    assert anna.mails == (Reach("anna@example.org", "home"),)
    assert anna.addresses == (Reach("Hauptstr. 5, 10115 Berlin, Germany", "home"),)
    assert (anna.birthday, anna.related) == ("1990-05-03", (Reach("Eva Berg", "sister"),))
    assert (juergen.name, juergen.phones) == ("Jürgen Müller", (Reach("0171 22", "mobile"),))
    assert (wei.name, wei.birthday) == ("张伟", "--12-03")
    assert (wei.phones, wei.related) == ((Reach("+86-138-0013-8000", "home"),), (Reach("李娜", "spouse"),))


def test_pictures_are_left_out_and_what_was_read_is_read_again() -> None:
    (card,) = cards(PHONE)
    assert "PHOTO" not in card.text
    (again,) = cards(card.text)
    assert again.person == card.person


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("19900503", "1990-05-03"),
        ("--0503", "--05-03"),
        ("1604-05-03", "--05-03"),
        ("soon", ""),
        ("1990-13-01", ""),
    ],
)
def test_a_birthday_may_have_no_year(text: str, meant: str) -> None:
    assert birthday(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BEGIN:VCARD\nEND:VCARD",
        "BEGIN:VCARD\nFN:\nEND:VCARD",
        "BEGIN:VCARD\nFN:cut off",
        "BEGIN:VCARD\nFN:Anna\nNOTE:" + "x" * (LONGEST + 1) + "\nEND:VCARD",
        "BEGIN:VCARD\n" + "FN" + ";" * 50_000 + "\nEND:VCARD",
        'BEGIN:VCARD\nFN;X="' + 'a"' * 20_000 + "\nEND:VCARD",
        "END:VCARD\n" * 1000,
    ],
    ids=["empty", "bare", "nameless", "cut off", "large", "semicolons", "quotes", "ends"],
)
def test_what_is_no_card_is_left_out_quickly(text: str) -> None:
    begun = time.perf_counter()
    assert list(cards(text)) == []
    assert time.perf_counter() - begun < 1


def test_values_are_short_and_printable_and_few() -> None:
    lines = "".join(f"TEL:{n}00000\n" for n in range(99))
    (card,) = cards(f"BEGIN:VCARD\nFN:{'n' * 999}\x07\u202e\n{lines}END:VCARD")
    assert len(card.person.name) == 200
    assert card.person.name.isprintable()
    assert len(card.person.phones) == 10
