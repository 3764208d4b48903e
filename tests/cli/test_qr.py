"""The QR code in the terminal is the one that was meant, and is shown only where it can be read."""

import io

import segno
from rich.console import Console

from lorgnette.cli.output import print_home
from lorgnette.cli.qr import HALVES, QUIET, print_qr, rows

URL = "https://192.168.178.123:8765/#first=" + "x" * 32


def test_the_blocks_are_the_modules_of_the_code() -> None:
    wanted = [
        [int(bool(one)) for one in row]
        for row in segno.make(URL, error="l", micro=False).matrix_iter(border=QUIET)
    ]
    pairs = {block: pair for pair, block in HALVES.items()}
    drawn = []
    for line in rows(URL):
        drawn.append([pairs[block][0] for block in line])
        drawn.append([pairs[block][1] for block in line])
    assert drawn[: len(wanted)] == wanted
    assert all(not any(row) for row in drawn[len(wanted) :])
    assert len(rows(URL)[0]) <= 41


def test_it_is_dark_on_light_on_a_terminal_and_absent_elsewhere() -> None:
    wide = Console(file=io.StringIO(), force_terminal=True, width=80, color_system="standard", no_color=False)
    assert print_qr(wide, URL)
    assert "\x1b[30;107m" in wide.file.getvalue()
    for other in (
        Console(file=io.StringIO(), width=80),
        Console(file=io.StringIO(), force_terminal=True, width=30, color_system="standard"),
    ):
        assert not print_qr(other, URL)
        assert not other.file.getvalue()


def test_an_ipv6_address_is_printed_whole() -> None:
    out = Console(file=io.StringIO(), width=80)
    there = "[fd00::1]"
    print_home(
        out, {"url": f"https://{there}:8765/", "trust": f"http://{there}/trust", "fingerprint": "AB:CD"}
    )
    assert out.file.getvalue().count(there) == 2
