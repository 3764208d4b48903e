"""German as people say it: inflected ordinals, Uhr, Komma, gender of ein."""

import re
from collections.abc import Mapping, Sequence

from lorgnette.render.speakable_cldr import CLOCK, DASH, CldrRules, decimal_places, zero
from lorgnette.render.speakable_numbers import Amount, spell
from lorgnette.render.speakable_rules import Abbreviations, Rule, words, words_before

MONTHS = words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
_MONTH_KEYS = {name: index for index, name in enumerate(MONTHS, 1)}
_MONTH_KEYS |= {name[:3]: index for index, name in enumerate(MONTHS, 1)} | {"Sept": 9, "Mrz": 3, "Jänner": 1}
DAYS = {
    "Mo": "Montag", "Di": "Dienstag", "Mi": "Mittwoch", "Do": "Donnerstag", "Fr": "Freitag", "Sa": "Samstag",
    "So": "Sonntag",
}  # fmt: skip
_MONTH = "(?P<mon>" + "|".join(sorted(_MONTH_KEYS, key=len, reverse=True)) + r")\b\.?"
_STREET = re.compile(r"(?<=[a-zäöüß])str\.(?!\w)")
_YEAR = r"(?:\s(?P<y>[12]\d{3})\b)?"
_DAY = r"(?P<d>[12]\d|3[01]|0?[1-9])\."

NOUNS = {
    "m": (
        "Stock Platz Tag Weltkrieg Spieltag Satz Gang Versuch Teil Punkt Schritt Bezirk Advent FC SC SV "
        "Geburtstag Termin Akt"
    ),
    "f": (
        "Klasse Etage Woche Runde Stelle Stunde Minute Liga Reihe Seite Auflage Ausfahrt Halbzeit "
        "Person Straße Spur"
    ),
    "n": (
        "Mal Jahrhundert Kapitel Jahr Quartal Semester Stockwerk Obergeschoss Ergebnis Beispiel "
        "Halbjahr OG Gebot"
    ),
}
"""Nouns that an ordinal stands before without an article, by gender."""

_GENDER = {noun: gender for gender, nouns in NOUNS.items() for noun in nouns.split()}
_LEADS = frozenset(
    words(
        "am im zum zur vom beim der die das den dem des ein eine einen einem einer eines kein keine jeder "
        "jede jedes jeden jedem dieser diese dieses diesen diesem mein meine meinen meinem meiner dein "
        "deine deinen deinem deiner ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner unser "
        "unsere unseren unserem unserer"
    )
)
_WEAK_E = frozenset(
    words("der die das jeder jede jedes dieser diese dieses eine keine meine deine ihre seine unsere")
)
_COUNTED = frozenset(words("nr nummer seite kapitel zimmer gleis linie"))
_STRONG = frozenset(words("ein kein mein dein ihr sein unser"))
_BEFORE_DATIVE = frozenset(words("in an auf aus bei mit nach von zu vor seit ab unter über neben zwischen"))
_FEMININE = re.compile(r"(?:ung|heit|keit|schaft|tion|tät|ei|ik|ur|e|in)$")
_NOT_FEMININE = frozenset(
    words(
        "Name Käse Auge Ende Junge Kunde Hase Löwe Gedanke Buchstabe Interesse Kollege Affe Gebäude "
        "Gemüse Termin Bein Schwein Stein Wein Verein Schein Magazin Benzin Kilo Ei Brei Papagei"
    )
)
_FEMININE_WORDS = frozenset(
    words(
        "Person Nachricht Mail E-Mail Datei Tür Stadt Nacht Zahl Frau Mutter Tochter Schwester Uhr Bank "
        "Wurst Milch Butter Kartoffel Zwiebel Gabel Nummer Feier SMS App Hand Million Milliarde Std Mio "
        "Mrd"
    )
)
_PIECES = {"EUR": "Euro", "USD": "Dollar", "GBP": "Pfund", "CHF": "Franken", "CNY": "Yuan", "JPY": "Yen"}
_CENTS = {"EUR": "Cent", "USD": "Cent", "GBP": "Pence", "CHF": "Rappen"}


class German(CldrRules):
    """24-hour clock, day before month, decimal comma."""

    code = "Hier steht Code."
    decimal, spaced = ",", True
    point, minus, to, per, dot, at, dash = "Komma", "minus", "bis", "pro", "Punkt", "ät", "Bindestrich"
    ratio, version = "zu", "Punkt"
    clock_tail = r"(?:\s?(?:Uhr|h)\b)?"
    signs: Mapping[str, str] = {
        "&": "und", "+": "plus", "=": "gleich", "×": "mal", "*": "mal", "÷": "geteilt durch",
        "±": "plus minus",
        "≈": "ungefähr", "~": "ungefähr", "<": "kleiner als", ">": "größer als", "≤": "höchstens",
        "≥": "mindestens",
        "%": "Prozent", "→": "nach", "#": "Nummer", "@": "ät", "§": "Paragraf", "§§": "Paragrafen",
        "°": "Grad", "/": " ",
        "²": "Quadrat", "³": "hoch drei", "€": "Euro", "£": "Pfund", "√": "Wurzel aus", "Ø": "Durchschnitt",
    }  # fmt: skip
    scales: Mapping[str, tuple[str, str]] = {
        "Mio.": ("Million", "Millionen"), "Mio": ("Million", "Millionen"),
        "Mrd.": ("Milliarde", "Milliarden"),
        "Mrd": ("Milliarde", "Milliarden"), "Millionen": ("Millionen", "Millionen"),
        "Tsd.": ("tausend", "tausend"),
        "Million": ("Million", "Million"), "Milliarden": ("Milliarden", "Milliarden"),
        "Bio.": ("Billion", "Billionen"),
    }  # fmt: skip
    money_names: Mapping[str, str] = {
        "Euro": "EUR", "Dollar": "USD", "US-Dollar": "USD", "Franken": "CHF", "Pfund Sterling": "GBP",
        "Yuan": "CNY",
        "Yen": "JPY", "元": "CNY", "Fr.": "CHF",
    }  # fmt: skip
    unit_signs: Mapping[str, str] = {
        "Std.": "duration-hour", "Std": "duration-hour", "Min.": "duration-minute", "Min": "duration-minute",
        "Sek.": "duration-second", "Sek": "duration-second", "Pkt.": "punkte", "St.": "stück",
        "Stk.": "stück",
        "EL": "esslöffel", "TL": "teelöffel", "Pers.": "personen", "Pck.": "packungen",
        "kcal": "energy-kilocalorie",
    }  # fmt: skip
    unit_names: Mapping[str, str] = {
        "punkte": "{} Punkte", "stück": "{} Stück", "esslöffel": "{} Esslöffel", "teelöffel": "{} Teelöffel",
        "personen": "{} Personen", "packungen": "{} Packungen",
    }  # fmt: skip
    phone_cues = frozenset(
        words("telefon tel telefonnummer handy fax notruf rufnummer nummer wähle wählen ruf anrufen")
    )
    abbreviations = Abbreviations(
        anywhere={
            "z. B.": "zum Beispiel", "d. h.": "das heißt", "u. a.": "unter anderem",
            "u. U.": "unter Umständen",
            "i. d. R.": "in der Regel", "o. Ä.": "oder Ähnliches", "u. Ä.": "und Ähnliches",
            "z. T.": "zum Teil",
            "v. a.": "vor allem", "i. A.": "im Auftrag", "s. o.": "siehe oben", "s. u.": "siehe unten",
            "n. Chr.": "nach Christus", "v. Chr.": "vor Christus", "m. E.": "meines Erachtens",
            "usw.": "und so weiter",
            "bzw.": "beziehungsweise", "ca.": "circa", "etc.": "et cetera", "ggf.": "gegebenenfalls",
            "evtl.": "eventuell", "zw.": "zwischen",
            "vgl.": "vergleiche", "inkl.": "inklusive", "exkl.": "exklusive", "zzgl.": "zuzüglich",
            "abzgl.": "abzüglich",
            "max.": "maximal", "mind.": "mindestens", "min.": "mindestens", "Prof.": "Professor",
            "Hbf.": "Hauptbahnhof",
            "Hbf": "Hauptbahnhof", "Bhf.": "Bahnhof", "Bhf": "Bahnhof", "Str.": "Straße", "Pl.": "Platz",
            "Std.": "Stunden",
            "Min.": "Minuten", "Sek.": "Sekunden", "Mio.": "Millionen", "Mrd.": "Milliarden",
            "Jh.": "Jahrhundert",
            "geb.": "geboren", "gest.": "gestorben", "sog.": "sogenannt", "u. s. w.": "und so weiter",
            "Hrn.": "Herrn",
            "Hr.": "Herr", "Dipl.": "Diplom", "Ing.": "Ingenieur", "rd.": "rund", "allg.": "allgemein",
            "MwSt.": "Mehrwertsteuer",
            "MwSt": "Mehrwertsteuer", "Bsp.": "Beispiel", "vs.": "gegen", "p. P.": "pro Person",
            "p. a.": "pro Jahr",
            "bspw.": "beispielsweise", "insb.": "insbesondere", "Temp.": "Temperatur", "tägl.": "täglich",
            "wg.": "wegen", "Gr.": "Größe", "Abb.": "Abbildung",
        },
        before_number={
            "Nr.": "Nummer", "S.": "Seite", "Kap.": "Kapitel", "Tel.": "Telefon", "Art.": "Artikel",
            "Abs.": "Absatz",
            "No.": "Nummer", "Bd.": "Band", "Tel.:": "Telefon", "Zi.": "Zimmer",
        },
        before_name={"Dr.": "Doktor", "St.": "Sankt", "Fr.": "Frau"},
        after_name={},
        may_end=frozenset({
            "usw.", "etc.", "u. s. w.", "u.s.w.", "o. ä.", "u. ä.", "o.ä.", "u.ä.", "str.", "pl.", "hbf.",
            "bhf.",
            "min.", "std.", "sek.", "n. chr.", "v. chr.", "jh.", "mwst.", "mio.", "mrd.",
        }),
    )  # fmt: skip

    def own_rules(self) -> Sequence[Rule]:
        days = "|".join(DAYS)
        dotted = CLOCK.replace(":(?P<m>", r"[.:](?P<m>") + r"\s?Uhr\b"
        hour = r"(?P<h>2[0-4]|1?\d|0\d)"
        other = r"(?P<h2>2[0-4]|1?\d|0\d)(?:[.:](?P<m2>[0-5]\d))?"
        return [
            Rule(
                re.compile(rf"{_DAY}(?:{DASH}(?P<d2>[12]\d|3[01]|[1-9])\.)\s?{_MONTH}{_YEAR}"),
                self._named_date,
            ),
            Rule(re.compile(rf"{_DAY}\s?{_MONTH}{_YEAR}"), self._named_date),
            Rule(
                re.compile(rf"{_DAY}\s?(?P<mo>0?[1-9]|1[0-2])\.\s?(?P<y>[12]\d{{3}}|\d\d)(?![\d.])"),
                self._say_date,
            ),
            Rule(
                re.compile(rf"{_DAY}(?:{DASH}(?P<d2>[12]\d|3[01]|[1-9])\.)?(?P<mo>0?[1-9]|1[0-2])\.(?!\d)"),
                self._short_date,
            ),
            Rule(
                re.compile(rf"(?P<day>{days})\s?(?:[-–]|bis)\s?(?P<day2>{days})\b\.?"),
                self._weekdays,
                frozenset(DAYS),
            ),
            Rule(
                re.compile(rf"(?P<day>{days})\.?(?=,?\s(?:\d|den\s\d|dem\s\d))"),
                self._weekday,
                frozenset(DAYS),
            ),
            Rule(re.compile(rf"{hour}(?:[.:](?P<m>[0-5]\d))?{DASH}{other}\s?Uhr\b"), self._clocks),
            Rule(re.compile(rf"(?<![\d:]){dotted}"), self._say_clock),
            Rule(re.compile(rf"{hour}\s?Uhr\b"), lambda m: self.clock(int(m["h"]), 0, None)),
            Rule(re.compile(r"(?P<n>\d{2,4})er(?P<n2>n)?\b"), self._decade),
            Rule(
                re.compile(
                    r"(?P<n>\d{1,9})\s?[-%]?\s?(?P<tail>%ig\w{0,3}|-?(?:prozentig|jährig|tägig|stündig|minütig|köpfig|stellig|teilig|mal|fach|wöchig|monatig)\w{0,3})\b"
                ),
                self._compound,
            ),
            Rule(re.compile(r"(?P<n>\d{1,3})\.(?=\s?[–-]\s?\d{1,3}\.)"), self._ordinal),
            Rule(re.compile(r"(?P<n>\d{1,3})\.(?=\s[^\W\d_])"), self._ordinal),
            Rule(re.compile(r"(?P<n>\d{1,3})x\b"), lambda m: f"{self.cardinal(int(m['n']))}mal"),
            Rule(re.compile(r"24/7"), lambda _: "vierundzwanzig sieben"),
        ]

    def cardinal(self, number: int) -> str:
        return spell("de", number, "spellout-numbering")

    def amount(self, amount: Amount) -> str:
        if not amount.fraction and amount.whole >= 10**6 and amount.whole % 10**6 == 0:
            return spell("de", amount.whole, "spellout-cardinal-feminine")
        return super().amount(amount)

    def ordinal(self, number: int, ending: str) -> str:
        """`ending`: e, en, er or es."""
        return spell("de", number, "spellout-ordinal").removesuffix("e") + ending

    def year(self, number: int) -> str:
        return spell("de", number, "spellout-numbering-year")

    def is_year(self, match: re.Match[str]) -> bool:
        return 1100 <= int(match["a"]) < 2100

    def _ending(self, match: re.Match[str], alone: str) -> str:
        """How the words before inflect an ordinal; `alone`: without an article."""
        before = words_before(match)
        last = before[-1] if before else ""
        if any(last == day.lower() for day in DAYS.values()):
            return "en" if before[-2:-1] and before[-2] in {"am", "vom", "zum", "den", "dem"} else alone
        if last == "bis" and set(before) & {"vom", "am"}:
            return "en"
        if last in _STRONG:
            return alone
        if last in _WEAK_E:
            return (
                "en"
                if last in {"der", "dieser", "jeder"} and before[-2:-1] and before[-2] in _BEFORE_DATIVE
                else "e"
            )
        return "en" if last in _LEADS or last in _BEFORE_DATIVE or last == "bis" else alone

    def _ordinal(self, match: re.Match[str]) -> str | None:
        number, after = int(match["n"]), match.string[match.end() : match.end() + 40]
        noun = re.match(r"\s?[–-]?\s?(?:\d+\.\s)?([^\W\d_]+)", after)
        word = noun[1] if noun else ""
        before = words_before(match, 1)
        gender = _GENDER.get(word, "m" if word in _MONTH_KEYS else "")
        if not gender and not (before and before[-1] in _LEADS) and not word[:1].islower():
            return None
        if before and before[-1] in _COUNTED:
            return None
        return self.ordinal(number, self._ending(match, {"m": "er", "n": "es"}.get(gender, "e")))

    def _named_date(self, match: re.Match[str]) -> str:
        found = match.groupdict()
        ending = self._ending(match, "er")
        said = self.ordinal(int(found["d"]), ending)
        if found.get("d2"):
            said = self.span(said, self.ordinal(int(found["d2"]), ending))
        year = f" {self.year(int(found['y']))}" if found["y"] else ""
        return f"{said} {MONTHS[_MONTH_KEYS[found['mon']] - 1]}{year}{self._stop(match)}"

    def _short_date(self, match: re.Match[str]) -> str:
        ending = self._ending(match, "er")
        said = self.ordinal(int(match["d"]), ending)
        if match["d2"]:
            said = self.span(said, self.ordinal(int(match["d2"]), ending))
        return f"{said} {MONTHS[int(match['mo']) - 1]}{self._stop(match)}"

    def _stop(self, match: re.Match[str]) -> str:
        """The full stop of an abbreviation at the end of the text ends the sentence too."""
        return "." if match[0].endswith(".") and not match.string[match.end() :].strip() else ""

    def date(self, day: int, month: int, year: str, match: re.Match[str]) -> str:
        said = f"{self.ordinal(day, self._ending(match, 'er'))} {MONTHS[month - 1]}"
        return f"{said} {self.year(int(year))}" if year else said

    def _weekday(self, match: re.Match[str]) -> str:
        return DAYS[match["day"]]

    def _weekdays(self, match: re.Match[str]) -> str:
        return self.span(DAYS[match["day"]], DAYS[match["day2"]])

    def _decade(self, match: re.Match[str]) -> str:
        number = int(match["n"])
        said = self.year(number) if number > 1000 else self.cardinal(number)
        return f"{said}er{match['n2'] or ''}"

    def _compound(self, match: re.Match[str]) -> str:
        tail = match["tail"].lstrip("-").replace("%ig", "prozentig")
        return spell("de", int(match["n"]), "spellout-cardinal-neuter") + tail

    def clock(self, hour: int, minute: int, second: int | None) -> str:
        said = f"{spell('de', hour, 'spellout-cardinal-neuter')} Uhr"
        if minute or second:
            said += f" {self.cardinal(minute)}"
        return f"{said} und {self.cardinal(second)} Sekunden" if second else said

    def _clocks(self, match: re.Match[str]) -> str:
        return self.clock_span(
            (int(match["h"]), int(match["m"] or 0)), (int(match["h2"]), int(match["m2"] or 0))
        )

    def clock_span(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        first = self.clock(*start, None)
        return self.span(first if start[1] else self.cardinal(start[0]), self.clock(*end, None))

    def currency(self, currency: str, amount: Amount) -> str:
        return _PIECES.get(currency) or super().currency(currency, amount)

    def money(self, amount: Amount, currency: str) -> str:
        amount = decimal_places(amount) if currency in _CENTS else amount
        cents = len(amount.fraction) == 2 and currency in _CENTS
        if cents and zero(amount):
            return f"{self.unit_amount(Amount(int(amount.fraction)), '')} {_CENTS[currency]}"
        whole = Amount(amount.whole) if cents else amount
        said = f"{self.unit_amount(whole, '')} {self.currency(currency, amount)}"
        return f"{said} {self.cardinal(int(amount.fraction))}" if cents else said

    def unit_amount(self, amount: Amount, unit: str) -> str:
        if not amount.is_one:
            return self.amount(amount)
        return "eine" if unit and re.search(r"e\b", self.measure("", unit, amount).strip()) else "ein"

    def count(self, match: re.Match[str], amount: Amount) -> str:
        if not amount.is_one:
            return self.amount(amount)
        noun = re.match(r"\s([A-ZÄÖÜ][\w-]+)", match.string[match.end() :])
        if "scale" in match.re.groupindex:
            return "eine"
        if not noun or noun[1] in {"Uhr", "Prozent", "und"}:
            return "eins"
        word = noun[1]
        feminine = word in _FEMININE_WORDS or (word not in _NOT_FEMININE and _FEMININE.search(word))
        return "eine" if feminine else "ein"

    def fraction(self, whole: int, part: int, of: int) -> str | None:
        if of < 2 or (part >= of and not whole):
            return None
        if of == 2:
            fixed = "anderthalb" if whole == 1 else f"{self.cardinal(whole)}einhalb"
            return fixed if whole else "ein halb"
        name = spell("de", of, "spellout-ordinal").removesuffix("e") + "el"
        said = f"{'ein' if part == 1 else self.cardinal(part)} {name[0].upper()}{name[1:]}"
        return f"{self.cardinal(whole)} {said}" if whole else said

    def item(self, number: int, text: str) -> str | None:
        word = (re.match(r"[^\W\d_]+", text) or [""])[0]
        if word in _MONTH_KEYS or word in _GENDER or word[:1].islower() or not 1 <= number < 1000:
            return None
        return self.ordinal(number, "ens").capitalize() + ":"

    def finish(self, text: str) -> str:
        return _STREET.sub(lambda match: "straße." if match.end() == len(text) else "straße", text)

    def goes_on(self, before: str, after: str) -> bool:
        number = re.search(r"(?<![\w.,])\d{1,3}$", before)
        if after[:1].islower():
            return True
        if not number:
            return False
        lead = re.findall(r"[^\W\d_]+", before[: number.start()][-24:].lower())
        return after in _MONTH_KEYS or after in _GENDER or bool(lead and lead[-1] in _LEADS)


RULES = German
