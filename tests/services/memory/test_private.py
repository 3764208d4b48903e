"""Codes, PINs and passwords are told apart by plain rules, in three languages."""

import pytest

from lorgnette.services.memory.private import is_private

PRIVATE = [
    "my locker code is 4711",
    "the PIN for the card is one two three four",
    "wifi password is hunter2",
    "the gate code: 12#45",
    "my account number is 12345678",
    "the combination of the safe is 12-34-56",
    "card 4111 1111 1111 1111",
    "IBAN DE89 3702 0400 0440 5320 13",
    "mein Spindcode ist 4711",
    "die Geheimzahl lautet vier sieben eins eins",
    "meine Handypin ist 1234",
    "das WLAN-Passwort ist Sonnenblume",
    "das Zahlenschloss am Rad hat 0815",
    "die TAN war 99 88 77",
    "我的储物柜密码是4711",
    "保险箱密码是一二三四",
    "手机口令是芝麻开门",
    "验证码是836201",
    "银行卡号是6222021234567890",
]
OPEN = [
    "the keys are in the blue bowl",
    "Anna's birthday is in May",
    "I parked on level 3",
    "the dress code is casual",
    "meet Tom at 3 pm",
    "my shoe size is 43",
    "die Schlüssel liegen in der blauen Schale",
    "ich habe auf Ebene 3 geparkt",
    "Zimmer 204",
    "钥匙在蓝色的碗里",
    "我把车停在三楼",
    "我的鞋码是四十三",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_a_secret_is_private(text: str) -> None:
    assert is_private(text)


@pytest.mark.parametrize("text", OPEN)
def test_anything_else_is_not(text: str) -> None:
    assert not is_private(text)
