"""The page at `/trust`: three languages, the reader's own system open, and not a script in it."""

import re

import pytest

from lorgnette.api.trust.page import LANGUAGES, chosen, page, style

REACHED = {
    "url": "https://192.168.1.5:8765/",
    "trust": "http://192.168.1.5:8764/trust",
    "fingerprint": ":".join(f"{byte:02X}" for byte in range(32)),
}
AGENTS = {
    "Android": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile",
    "iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
    "Windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
    "macOS": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15",
    "Linux": "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_shows_certificate_fingerprint_and_steps_for_five_systems(language) -> None:
    text = page(language, REACHED, "Lorgnette (kitchen)")
    assert f'<html lang="{language}">' in text
    assert 'href="/trust/lorgnette-ca.crt"' in text
    assert "00:01:02:03:04:05:06:07" in text
    assert "18:19:1A:1B:1C:1D:1E:1F" in text
    assert text.count("<details") == text.count("<summary>") == 5
    assert text.count('href="https://192.168.1.5:8765/"') == 1
    assert text.count('aria-current="true"') == 1
    assert "Lorgnette (kitchen)" in text
    assert not re.search(r"<script|\son\w+=|javascript:|\$\w", text)


@pytest.mark.parametrize(("system", "agent"), AGENTS.items(), ids=AGENTS)
def test_the_readers_own_system_is_open(system, agent) -> None:
    text = page("en", REACHED, "Lorgnette", agent)
    opened = re.findall(r"<details open>\s*<summary>([^<]+)", text)
    assert len(opened) == 1
    assert opened[0].startswith(system)


def test_what_is_shown_is_escaped() -> None:
    text = page("de", REACHED | {"url": 'https://x"><b>/'}, "<i>")
    assert "<b>" not in text
    assert "<i>" not in text


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("zh", "de", "zh"),
        ("", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("", "en;q=0.3, zh-CN;q=0.9", "zh"),
        ("", "fr,pt;q=0.5", "en"),
        ("", "de;q=0,en;q=0.1", "en"),
        ("xx", "", "en"),
        ("../de", ";;;,=,q=9", "en"),
        ("", ",".join(["xx"] * 5000), "en"),
    ],
)
def test_the_language_is_the_readers(asked, accepted, language) -> None:
    assert chosen(asked, accepted) == language


def test_the_style_is_one_sheet_that_loads_nothing() -> None:
    sheet = style()
    assert "--paper" in sheet
    assert ".fingerprint" in sheet
    assert "@import" not in sheet
    assert "url(" not in sheet
