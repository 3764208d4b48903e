"""Signs of units and currencies, and what CLDR calls them in a language."""

from decimal import Decimal
from functools import lru_cache

from lorgnette.render.speakable_rules import words

UNITS = {
    "km": "length-kilometer", "m": "length-meter", "dm": "length-decimeter", "cm": "length-centimeter",
    "mm": "length-millimeter", "µm": "length-micrometer", "nm": "length-nanometer", "ft": "length-foot",
    "yd": "length-yard", "mi": "length-mile",
    "km²": "area-square-kilometer", "m²": "area-square-meter", "cm²": "area-square-centimeter",
    "km2": "area-square-kilometer", "m2": "area-square-meter", "qm": "area-square-meter",
    "ha": "area-hectare", "m³": "volume-cubic-meter", "m3": "volume-cubic-meter",
    "cm³": "volume-cubic-centimeter", "l": "volume-liter", "L": "volume-liter", "dl": "volume-deciliter",
    "cl": "volume-centiliter", "ml": "volume-milliliter", "mL": "volume-milliliter", "gal": "volume-gallon",
    "kg": "mass-kilogram", "g": "mass-gram", "mg": "mass-milligram", "t": "mass-tonne", "lb": "mass-pound",
    "lbs": "mass-pound", "oz": "mass-ounce",
    "°C": "temperature-celsius", "℃": "temperature-celsius", "° C": "temperature-celsius",
    "°F": "temperature-fahrenheit", "℉": "temperature-fahrenheit", "°": "angle-degree",
    "km/h": "speed-kilometer-per-hour", "kmh": "speed-kilometer-per-hour", "kph": "speed-kilometer-per-hour",
    "m/s": "speed-meter-per-second", "mph": "speed-mile-per-hour", "kn": "speed-knot",
    "h": "duration-hour", "hr": "duration-hour", "hrs": "duration-hour", "min": "duration-minute",
    "mins": "duration-minute", "s": "duration-second", "sec": "duration-second", "secs": "duration-second",
    "ms": "duration-millisecond", "d": "duration-day",
    "%": "concentr-percent", "％": "concentr-percent", "‰": "concentr-permille",
    "W": "power-watt", "kW": "power-kilowatt", "MW": "power-megawatt", "GW": "power-gigawatt",
    "Wh": "energy-watt-hour", "kWh": "energy-kilowatt-hour", "kcal": "energy-kilocalorie",
    "kJ": "energy-kilojoule", "V": "electric-volt", "A": "electric-ampere",
    "mAh": "electric-milliampere-hour",
    "Hz": "frequency-hertz", "kHz": "frequency-kilohertz", "MHz": "frequency-megahertz",
    "GHz": "frequency-gigahertz", "kB": "digital-kilobyte", "KB": "digital-kilobyte",
    "MB": "digital-megabyte", "GB": "digital-gigabyte", "TB": "digital-terabyte", "kbit": "digital-kilobit",
    "Mbit": "digital-megabit", "Gbit": "digital-gigabit", "hPa": "pressure-hectopascal",
    "mbar": "pressure-millibar", "bar": "pressure-bar", "MP": "graphics-megapixel", "px": "graphics-pixel",
}  # fmt: skip
"""Signs to CLDR's unit identifiers; a sign stands after a number."""

_CODES = "EUR USD GBP CHF CNY JPY INR KRW CAD AUD HKD TWD SEK NOK DKK PLN CZK HUF BRL MXN SGD THB RUB NZD"
CURRENCIES = dict(zip(words(_CODES), words(_CODES), strict=True)) | {
    "€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "¥": "CNY", "￥": "CNY", "CN¥": "CNY", "JP¥": "JPY",
    "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "฿": "THB", "₫": "VND", "₴": "UAH", "₪": "ILS",
    "C$": "CAD", "A$": "AUD", "HK$": "HKD", "NT$": "TWD", "R$": "BRL", "SFr.": "CHF", "RMB": "CNY",
}  # fmt: skip
"""Signs and codes to ISO 4217. ¥ is the yuan; the yen is written JP¥, JPY or in words."""


def decimal_mark(language: str) -> str:
    """What separates decimals; raises ValueError for a language that CLDR lacks."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        return str(get_decimal_symbol(Locale.parse(language)))
    except UnknownLocaleError as error:
        raise ValueError(language) from error


@lru_cache(maxsize=1024)
def unit_pattern(language: str, unit: str, example: Decimal) -> str | None:
    """The unit's phrase with {} for the number, in the plural form that `example` asks for."""
    from babel.numbers import format_decimal
    from babel.units import UnknownUnitError, format_unit

    number = format_decimal(example, locale=language)
    for length in ("long", "short"):
        try:
            phrase = format_unit(example, unit, length, locale=language)
        except (UnknownUnitError, ValueError, KeyError):
            continue
        if unit not in phrase and number in phrase:
            return phrase.replace(number, "{}")
    return None


@lru_cache(maxsize=256)
def currency_name(language: str, code: str, example: Decimal) -> str:
    """The currency's name in the plural form that `example` asks for; the code where CLDR has none."""
    from babel.numbers import get_currency_name

    return str(get_currency_name(code, count=example, locale=language))
