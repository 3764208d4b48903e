"""Units and currencies by name: Unicode's names in every language, and what people say beside them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from lorgnette.core.money import Money, places
from lorgnette.sdk.kinds import Currency, Quantity, Unit
from lorgnette.sdk.language import FALLBACK, Language, language_of

_MEASURED: Final = re.compile(
    r"(acceleration|angle|area|consumption|digital|duration|electric|energy|force|frequency|length|light|mass"
    r"|power|pressure|speed|temperature|torque|volume)-(?!.*-person$)"
)
"""What of Unicode's units is a measure that somebody converts."""

_STRANGE: Final = frozenset("{⊕☉′″")


@cache
def unit_words(code: str) -> Mapping[str, Unit]:
    """Words of a language → the unit they name; the pack's own come before Unicode's."""
    pack = language_of(code)
    skip = {word.casefold() for word in pack.units.get("skip", ())}
    found: dict[str, Unit] = {}
    for word, unit in pack.units.get("words", {}).items():
        found[word.casefold()] = Unit(unit)
    for unit, pattern in _patterns(pack.code):
        word = pattern.replace("{0}", "").replace("\xa0", " ").strip().casefold()
        if word and not set(word) & _STRANGE and word not in skip:
            found.setdefault(word, unit)
    return found


def _patterns(code: str) -> Iterator[tuple[Unit, str]]:
    """(unit, a way to write so much of it): long forms first, then their abbreviations."""
    from babel import Locale

    units = Locale(code)._data["unit_patterns"]  # noqa: SLF001 - babel has no list of what it can format
    for length in ("long", "short"):
        for name in units:
            if _MEASURED.match(name):
                forms = units[name].get(length, {})
                for form in forms:
                    if form != "per":
                        yield Unit(name), forms[form]


def unit(text: str) -> Unit:
    """A unit by its name in CLDR, with or without what it measures, or by an English word. `ValueError`."""
    word = text.strip().casefold()
    known = unit_words(FALLBACK)
    if word in known:
        return known[word]
    names = set(known.values())
    plain = word.replace(" ", "-").replace("_", "-")
    for name in sorted(names):
        if plain in {name, name.name} or plain.rstrip("s") == name.name:
            return name
    raise ValueError("no unit of that name")


def unit_name(unit: Unit, pack: Language) -> str:
    """The unit alone, in the plural."""
    from babel.units import get_unit_name

    said = pack.units.get("said", {}).get(unit)
    if said is not None:
        return str(said).replace("{n}", "").strip()
    if unit not in _formatted(pack.code):
        return unit.name.replace("-", " ")
    name = get_unit_name(unit, "long", locale=pack.code)
    return name or say_amount(Quantity(2, unit), pack).lstrip("0123456789").strip()


def say_amount(value: Quantity, pack: Language) -> str:
    """As in "2.5 kilometers"."""
    from babel.units import format_unit

    from lorgnette.sdk.saying import say_number

    said = pack.units.get("said", {}).get(value.unit)
    if said is not None:
        return str(said).format(n=say_number(value.amount, pack))
    if value.unit not in _formatted(pack.code):
        return f"{say_number(value.amount, pack)} {value.unit.name.replace('-', ' ')}"
    amount = round(value.amount, 6)
    text = format_unit(
        int(amount) if amount == int(amount) else amount,
        value.unit,
        "long" if value.unit in _spelled_out(pack.code) else "short",
        locale=pack.code,
    )
    return re.sub(r"\s+", " ", text)


@cache
def _formatted(code: str) -> frozenset[str]:
    return frozenset(unit for unit, _ in _patterns(code))


@cache
def _spelled_out(code: str) -> frozenset[str]:
    """What has a long form of its own there."""
    from babel import Locale

    units = Locale(code)._data["unit_patterns"]  # noqa: SLF001
    return frozenset(name for name in units if "other" in units[name].get("long", {}))


@cache
def currency_words(code: str) -> Mapping[str, Currency]:
    """Words, signs and codes → the currency; the pack's own come before Unicode's."""
    from babel.numbers import get_currency_name, get_currency_symbol

    pack = language_of(code)
    skip = {word.casefold() for word in pack.money.get("skip", ())}
    found = {word.casefold(): Currency(iso) for word, iso in pack.money.get("words", {}).items()}
    for iso in current_currencies():
        names = {
            get_currency_name(iso, locale=pack.code),
            *(get_currency_name(iso, count=count, locale=pack.code) for count in (1, 2)),
            get_currency_symbol(iso, locale=pack.code),
            iso,
        }
        for word in sorted(names):
            if word.casefold() not in skip:
                found.setdefault(word.casefold(), Currency(iso))
    return found


@cache
def current_currencies() -> tuple[str, ...]:
    """ISO codes of what somewhere is legal tender."""
    from babel.core import get_global

    table = get_global("territory_currencies")
    return tuple(
        sorted({iso for of in table.values() for iso, _, until, tender in of if tender and not until})
    )


def currency(text: str) -> Currency:
    """A currency by its code or an English word for it. `ValueError`."""
    iso = text.strip().upper()
    if iso in current_currencies():
        return Currency(iso)
    known = currency_words(FALLBACK).get(text.strip().casefold())
    if known is None:
        raise ValueError("no currency of that name")
    return known


def currency_name(iso: Currency, pack: Language) -> str:
    """The currency alone, in the plural."""
    from babel.numbers import get_currency_name

    said = pack.money.get("said", {}).get(iso)
    return str(said or get_currency_name(iso, count=2, locale=pack.code)).replace("{n}", "").strip()


def say_sum(value: Money, pack: Language) -> str:
    """As in "12.50 euros"; no cents where there are none."""
    from babel.numbers import format_decimal, get_currency_name

    amount, digits = value.amount, places(value.currency)
    whole = amount == amount.to_integral_value()
    number = str(format_decimal(amount, "#,##0" if whole else "#,##0." + "0" * digits, locale=pack.code))
    said = pack.money.get("said", {}).get(value.currency)
    if said is not None and "{n}" in said:
        return str(said).format(n=number)
    name = said or get_currency_name(value.currency, count=int(amount) if whole else 2, locale=pack.code)
    return str(pack.money.get("said_sum", "{n} {name}")).format(n=number, name=name)
