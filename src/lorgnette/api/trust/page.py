"""The page at `/trust`: one sheet of text a language, without a script, that knows which system reads it."""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Final

HERE: Final = Path(__file__).resolve().parent
WEB: Final = HERE.parents[1] / "web"
LANGUAGES: Final = {"de": "Deutsch", "en": "English", "zh": "中文"}
LANGUAGES_LABEL: Final = {"de": "Sprache", "en": "Language", "zh": "语言"}
SKIP: Final = {"de": "Zu den Schritten", "en": "Go to the steps", "zh": "跳到步骤"}
TITLE: Final = {"de": "Diesem Hub vertrauen", "en": "Trust this hub", "zh": "信任这台主机"}
SYSTEMS: Final = {
    "android": re.compile(r"Android"),
    "ios": re.compile(r"iPhone|iPad|iPod"),
    "windows": re.compile(r"Windows"),
    "macos": re.compile(r"Macintosh|Mac OS X"),
    "linux": re.compile(r"Linux|X11|CrOS"),
}
"""In this order: an Android browser says Linux too, an iPhone says Mac OS X."""
SHEETS: Final = ("css/tokens.css", "css/base.css", "css/trust.css")


def page(language: str, reached: Mapping[str, str], name: str, agent: str = "") -> str:
    """The whole page. `reached`: as `Live.reached`; `name`: of the certificate as systems list it."""
    system = next((key for key, pattern in SYSTEMS.items() if pattern.search(agent)), "")
    values = {f"open_{key}": " open" if key == system else "" for key in SYSTEMS}
    values |= {
        "url": escape(reached["url"]),
        "name": escape(name),
        "fingerprint": _rows(reached["fingerprint"]),
    }
    content = _template(f"{language}.html").substitute(values)
    return _template("page.html").substitute(
        language=language,
        title=TITLE[language],
        skip=SKIP[language],
        languages_label=LANGUAGES_LABEL[language],
        languages="".join(_choice(code, chosen=code == language) for code in LANGUAGES),
        content=content,
    )


def chosen(asked: str, accepted: str) -> str:
    """The language asked for by `?lang=`, else the first known one of Accept-Language, else English."""
    if asked in LANGUAGES:
        return asked
    ranked: list[tuple[float, str]] = []
    for part in accepted.lower()[:500].split(","):
        tag, _, weight = part.partition(";")
        number = re.fullmatch(r"\s*q=([01](?:\.\d{1,3})?)\s*", weight)
        ranked.append((float(number[1]) if number else 1.0, tag.strip().partition("-")[0]))
    ranked.sort(key=lambda one: -one[0])
    return next((code for weight, code in ranked if weight and code in LANGUAGES), "en")


@cache
def style() -> str:
    """The companion page's ground rules and this page's own, as one sheet."""
    return "\n".join((WEB / sheet).read_text(encoding="utf-8") for sheet in SHEETS)


def _choice(code: str, *, chosen: bool) -> str:
    mark = ' aria-current="true"' if chosen else ""
    return f'<a href="/trust?lang={code}" lang="{code}" hreflang="{code}"{mark}>{LANGUAGES[code]}</a>'


def _rows(fingerprint: str) -> str:
    """Eight bytes a row, so that two people can compare it."""
    parts = fingerprint.split(":")
    rows = (":".join(parts[at : at + 8]) for at in range(0, len(parts), 8))
    return "".join(f"<span>{row}</span>\n" for row in rows).strip()


@cache
def _template(name: str) -> Template:
    return Template((HERE / name).read_text(encoding="utf-8"))
