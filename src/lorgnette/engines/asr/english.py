"""English sub-grammars of the number-like slots, as data in hassil's notation.

Words are spelled as the bundled dictionary spells them. `<rule>` refers to another entry; every entry is one
slot kind or a part of one. The words that come out are those that the reflexes read back.
"""

RULES: dict[str, tuple[str, ...]] = {
    "2_9": ("(two|three|four|five|six|seven|eight|nine)",),
    "1_9": ("(one|<2_9>)",),
    "10_19": ("(ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)",),
    "20_59": ("(twenty|thirty|forty|fifty) [<1_9>]",),
    "20_99": ("(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) [<1_9>]",),
    "2_59": ("(<2_9>|<10_19>|<20_59>)",),
    "13_23": ("(thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty [(one|two|three)])",),
    "2_99": ("(<2_9>|<10_19>|<20_99>)",),
    "1_12": ("(<1_9>|ten|eleven|twelve)",),
    "number": (
        "(zero|one|<2_99>)",
        "(a|one) hundred [[and] (one|<2_99>)]",
        "<2_9> hundred [[and] (one|<2_99>)]",
        "(a|one) thousand",
    ),
    "percent": ("(zero|one|<2_99>|(a|one) hundred) [percent]",),
    "ordinal": (
        "(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)",
        "(eleventh|twelfth|last)",
    ),
    "seconds": ("one second", "<2_99> seconds"),
    "minutes": (
        "(one|a) minute",
        "half a minute",
        "(one|a) minute and a half",
        "one and a half minutes",
        "<2_99> minutes",
        "<2_9> and a half minutes",
    ),
    "hours": (
        "(one|an) hour",
        "half an hour",
        "[a] quarter of an hour",
        "three quarters of an hour",
        "an hour and a half",
        "one and a half hours",
        "(<2_9>|<10_19>|twenty [(one|two|three|four)]) hours",
        "<2_9> and a half hours",
    ),
    "duration": (
        "(<seconds>|<minutes>|<hours>)",
        "(one minute|<2_59> minutes) [and] <seconds>",
        "(one hour|an hour|<2_9> hours) [and] (one minute|<2_59> minutes)",
        "(one|a) day",
        "<2_9> days",
        "(one|a) week",
        "<2_9> weeks",
    ),
    "daypart": ("in the (morning|afternoon|evening)", "at night", "(a.m.|p.m.)"),
    "time": (
        "<1_12> [(o'clock|<daypart>|o'clock <daypart>)]",
        "<1_12> (oh <1_9>|<10_19>|<20_59>) [<daypart>]",
        "([a] quarter|half|five|ten|twenty|twenty five) past <1_12> [<daypart>]",
        "([a] quarter|five|ten|twenty|twenty five) to <1_12> [<daypart>]",
        "<13_23> (hundred|oh five|ten|fifteen|twenty|thirty|forty|forty five|fifty|fifty five)",
        "(noon|midnight)",
    ),
    "weekday": ("(monday|tuesday|wednesday|thursday|friday|saturday|sunday)",),
    "month": ("(january|february|march|april|may|june|july|august|september|october|november|december)",),
    "monthday": (
        "(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth)",
        "(fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)",
        "twenty (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)",
        "thirty first",
    ),
    "date": (
        "(today|tonight|tomorrow|[the] day after tomorrow|yesterday)",
        "[(next|this|on)] <weekday>",
        "[on] [the] <monthday> [of] <month>",
        "[on] <month> [the] <monthday>",
        "[on] the <monthday>",
        "next (week|month)",
    ),
}

KINDS: dict[str, str] = {
    "number": "number",
    "count": "number",
    "amount": "number",
    "percent": "percent",
    "level": "percent",
    "volume": "percent",
    "ordinal": "ordinal",
    "duration": "duration",
    "time": "time",
    "date": "date",
    "day": "date",
    "weekday": "weekday",
}
"""Rule of a slot whose phrase declares none, by the slot's name; every other name is free text."""

SPOKEN: dict[str, str] = {"a.m.": "am", "p.m.": "pm"}
"""Words of the dictionary that are written otherwise in what is returned."""

SYMBOLS: dict[str, str] = {"%": " percent", "&": " and ", "+": " plus ", "°": " degrees"}
"""Signs in templates and how they are said."""


def number_words(value: int) -> str:
    """0–9999 in words, as it is spoken ("seventy five")."""
    if value < 20:
        return _SMALL[value]
    if value < 100:
        rest = value % 10
        return _TENS[value // 10 - 2] + (f" {_SMALL[rest]}" if rest else "")
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = value % size
            return f"{number_words(value // size)} {name}" + (f" {number_words(rest)}" if rest else "")
    raise AssertionError(value)


_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
