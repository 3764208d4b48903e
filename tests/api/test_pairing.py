"""Codes work once, for minutes, and can't be guessed in bulk."""

import pytest

from lorgnette.api.pairing import CODE_SECONDS, MAX_WRONG, PairingDesk
from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import Busy, Denied


def test_a_code_works_once_with_or_without_spaces() -> None:
    desk = PairingDesk(ManualClock().steady)
    code = desk.code("w1", shared=True)
    assert len(code) == 8
    assert desk.redeem(f"{code[:4]} {code[4:]}") == ("w1", True)
    with pytest.raises(Denied):
        desk.redeem(code)


def test_a_code_is_too_old_after_five_minutes() -> None:
    clock = ManualClock()
    desk = PairingDesk(clock.steady)
    code = desk.code("w1")
    clock.advance(CODE_SECONDS + 1)
    with pytest.raises(Denied, match="lorgnette pair"):
        desk.redeem(code)


def test_after_ten_wrong_codes_even_a_right_one_waits_a_minute() -> None:
    clock = ManualClock()
    desk = PairingDesk(clock.steady)
    code = desk.code("w1")
    for _ in range(MAX_WRONG):
        with pytest.raises(Denied):
            desk.redeem("00000000" if code != "00000000" else "00000001")
    with pytest.raises(Busy):
        desk.redeem(code)
    clock.advance(61)
    assert desk.redeem(code)[0] == "w1"


def test_the_printed_token_is_long_and_belongs_to_its_wearer() -> None:
    desk = PairingDesk(ManualClock().steady)
    first = desk.first("w1")
    assert len(first) >= 32
    assert desk.redeem(first) == ("w1", False)


def test_old_offers_make_room_for_new_ones() -> None:
    desk = PairingDesk(ManualClock().steady)
    codes = [desk.code("w1") for _ in range(20)]
    assert desk.redeem(codes[-1])
    with pytest.raises(Denied):
        desk.redeem(codes[0])
