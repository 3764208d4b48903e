"""Values as people say them in a language: durations, times, days, percent, recurrences, lists."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from types import UnionType
from typing import Any

from lorgnette.core.money import Money
from lorgnette.sdk.kinds import (
    Currency,
    Expression,
    Figure,
    FullDate,
    Ordinal,
    Percent,
    Quantity,
    Recurrence,
    Unit,
)
from lorgnette.sdk.language import Language, language_of

_UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_GROUPS = {"MO,TU,WE,TH,FR": "every_weekday", "SA,SU": "every_weekend"}


def say_value(value: Any, pack: Language, now: datetime | None = None) -> Any:
    """The value as text, or as it is where Fluent counts with it. `now` makes days relative ("tomorrow")."""
    for kind, say in _SAYERS:
        if isinstance(value, kind):
            return say(value, pack, now)
    return value


def say_duration(value: timedelta, pack: Language) -> str:
    """Without seconds above two hours: "1 hour, 5 minutes and 10 seconds"."""
    from babel.units import format_unit

    left = max(0, round(value.total_seconds()))
    if left > 2 * 3600:
        left = (left + 30) // 60 * 60
    parts, length = [], pack.say.get("unit_length", "long")
    for name, size in _UNITS:
        if name == "week" and left % size:
            continue
        count, left = divmod(left, size)
        if count:
            parts.append(format_unit(count, f"duration-{name}", length, locale=pack.code))
    if not parts:
        parts.append(format_unit(0, "duration-second", length, locale=pack.code))
    return "".join(parts) if pack.say.get("glue_units") else say_list(parts[:3], pack)


def say_time(value: time, pack: Language) -> str:
    """As in "7:30 AM", "7 Uhr 30", "早上7点半"."""
    say = pack.say
    hour, minute = value.hour, value.minute
    form = say["time"] if minute else say["time_hour"]
    if minute == 30:
        form = say.get("half_hour", form)
    part = next((name for begin, name in reversed(say.get("parts", ())) if hour >= begin), "")
    return str(
        form.format(
            h=hour,
            h12=hour % 12 or 12,
            m=say.get("padded_minute", "{m}").format(m=minute) if minute < 10 else minute,
            mm=f"{minute:02}",
            ampm=say.get("ampm", ("", ""))[hour >= 12],
            part=part,
        )
    )


def say_date(value: date, pack: Language, today: date | None = None) -> str:
    """Today, tomorrow, the weekday within six days, else weekday, day and month."""
    from babel.dates import format_date, get_day_names

    if today is not None:
        ahead = (value - today).days
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(ahead)
        if near:
            return str(pack.say[near])
        if 1 < ahead < 7:
            return str(get_day_names("wide", locale=pack.code)[value.weekday()])
    far = today is not None and abs((value - today).days) > 300
    return str(format_date(value, pack.say["date_year" if far else "date"], locale=pack.code))


def short_date(value: date, language: str) -> str:
    """For a small display: "Nov 25", "25. Nov.", "11月25日"."""
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMd", value, locale=language_of(language).code))


def say_moment(value: datetime, pack: Language, now: datetime | None = None) -> str:
    """A day and a time; the day is left out where it is today."""
    if now is not None:
        value = value.astimezone(now.tzinfo)
        if value.date() == now.date():
            return say_time(value.timetz().replace(tzinfo=None), pack)
    day = say_date(value.date(), pack, now.date() if now else None)
    return str(pack.say["moment"].format(date=day, time=say_time(value.time(), pack)))


def say_recurrence(rule: str, pack: Language) -> str:
    """As in "every day", "every Monday and Friday"; the rule itself where it is none of the simple ones."""
    from babel.dates import get_day_names

    if not rule:
        return ""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    days = parts.get("BYDAY", "")
    if parts.get("FREQ") == "DAILY" and len(parts) == 1:
        return str(pack.say["every_day"])
    if parts.get("FREQ") == "WEEKLY" and set(parts) <= {"FREQ", "BYDAY"}:
        if not days:
            return str(pack.say["every_week"])
        if days in _GROUPS:
            return str(pack.say[_GROUPS[days]])
        names = get_day_names("wide", locale=pack.code)
        known = [names[_DAYS.index(day)] for day in days.split(",") if day in _DAYS]
        return str(pack.say["every"].format(days=say_list(known, pack)))
    return rule


def say_ordinal(place: int, pack: Language) -> str:
    """As in "third", "dritter", "第三"; "last" and "last but one" where it counts from the end."""
    names = pack.ordinals.get("said_first" if place > 0 else "said_last", ())
    at = abs(place) - 1
    if 0 <= at < len(names):
        return str(names[at])
    return str(pack.ordinals.get("said", "{n}")).format(n=place)


def say_number(value: float, pack: Language) -> str:
    """With this language's decimal point, without trailing zeros: "2.5", "2,5"."""
    from babel.numbers import format_decimal

    return str(format_decimal(round(value, 6), "0.######", locale=pack.code))


def say_figure(value: float, pack: Language) -> str:
    """With its digits in groups; a language that counts in myriads says long round numbers in them."""
    from babel.numbers import format_decimal

    digits = 4 if abs(value) >= 0.001 else 8
    for name, size in pack.say.get("myriads", ()):
        few = round(value / size, 2)
        if abs(value) >= size and abs(few * size - value) < 0.5:
            return f"{format_decimal(few, '0.##', locale=pack.code)}{name}"
    return str(format_decimal(round(value, digits), "#,##0.########", locale=pack.code))


def say_unit(unit: Unit, pack: Language) -> str:
    """Its name, in the plural: "kilometers"."""
    from lorgnette.sdk.measures import unit_name

    return unit_name(unit, pack)


def say_quantity(value: Quantity, pack: Language) -> str:
    """As in "2.5 kilometers"."""
    from lorgnette.sdk.measures import say_amount

    return say_amount(value, pack)


def say_currency(code: Currency, pack: Language) -> str:
    """Its name, in the plural: "euros"."""
    from lorgnette.sdk.measures import currency_name

    return currency_name(code, pack)


def say_money(value: Money, pack: Language) -> str:
    """As in "12.50 euros", "20元"; no cents where there are none."""
    from lorgnette.sdk.measures import say_sum

    return say_sum(value, pack)


def say_expression(value: str, pack: Language) -> str:
    """As in "12 times 4 plus 1"."""
    table = pack.arithmetic
    said, pad, number = table.get("said", {}), table.get("pad", " "), r"(\d+(?:\.\d+)?)"
    value = re.sub(rf"sqrt\({number}\)", r"sqrt \1", value)
    for pattern, key in (
        (rf"{number} / 100 \* {number}", "said_share"),
        (rf"{number} \* {number} / 100", "said_part"),
        (rf"{number} \^ {number}", "said_power"),
    ):
        if key in table:
            value = _said_as(table[key], pattern, value)

    def part(match: re.Match[str]) -> str:
        found = match[0].strip()
        if found[:1].isdigit():
            return say_number(float(found), pack)
        return f"{pad}{said[found]}{pad}" if found in said else match[0]

    text = re.sub(rf"{number}|sqrt| ?[-+*/^] ?", part, value)
    return " ".join(text.split())


def _said_as(form: str, pattern: str, text: str) -> str:
    return re.sub(pattern, lambda match: form.format(*match.groups()), text)


def say_list(items: Iterable[str], pack: Language) -> str:
    """As in "a, b and c"."""
    *rest, last = list(items) or [""]
    if not rest:
        return last
    comma = pack.say.get("list_comma", ", ")
    return str(pack.say["list_and"].format(comma.join(rest), last))


def split_list(text: str, language: str) -> list[str]:
    """The other way round: "milk, eggs and bread" is three things."""
    joiner = language_of(language).say["list_and"].format("", "")
    parts = re.split(rf"[,，、;]|{re.escape(joiner)}", text)
    return [part.strip() for part in parts if part.strip()] or [text]


def say_values(values: Mapping[str, Any], pack: Language, now: datetime | None = None) -> dict[str, Any]:
    """Every value as `say_value` gives it."""
    return {name: say_value(value, pack, now) for name, value in values.items()}


_SAYERS: tuple[tuple[type | UnionType, Callable[[Any, Language, datetime | None], str]], ...] = (
    (bool, lambda value, _pack, _now: "true" if value else "false"),
    (Percent, lambda value, pack, _: pack.say["percent"].format(n=int(value))),
    (Ordinal, lambda value, pack, _: say_ordinal(value, pack)),
    (Unit, lambda value, pack, _: say_unit(value, pack)),
    (Quantity, lambda value, pack, _: say_quantity(value, pack)),
    (Figure, lambda value, pack, _: say_figure(value, pack)),
    (Currency, lambda value, pack, _: say_currency(value, pack)),
    (Money, lambda value, pack, _: say_money(value, pack)),
    (Expression, lambda value, pack, _: say_expression(value, pack)),
    (Recurrence, lambda value, pack, _: say_recurrence(value, pack)),
    (timedelta, lambda value, pack, _: say_duration(value, pack)),
    (datetime, say_moment),
    (FullDate, lambda value, pack, _: say_date(value, pack)),
    (date, lambda value, pack, now: say_date(value, pack, now.date() if now else None)),
    (time, lambda value, pack, _: say_time(value, pack)),
    (
        list | tuple | frozenset,
        lambda value, pack, now: say_list([str(say_value(item, pack, now)) for item in value], pack),
    ),
)
