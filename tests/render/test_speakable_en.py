"""English, as people say it."""

import pytest

from lorgnette.render.speakable import speakable

CASES = [
    # prices
    ("It's €3.50.", "It's three euros fifty."),
    ("$2", "two dollars"),
    ("$1", "one dollar"),
    ("$0.99", "ninety-nine cents"),
    ("£0.01", "one penny"),
    ("£2.05", "two pounds and five pence"),
    ("¥12.5", "twelve point five yuan"),
    ("12.5元", "twelve point five yuan"),
    ("CHF 5", "five francs"),
    ("3,50 €", "three euros fifty"),
    ("$1.5 million", "one point five million dollars"),
    ("$1,234.56", "one thousand two hundred thirty-four dollars fifty-six"),
    ("€3–5", "three to five euros"),
    ("$3/kg", "three dollars per kilogram"),
    ("20 EUR", "twenty euros"),
    ("JPY 500", "five hundred yen"),
    # dates
    ("on 2026-11-24", "on November twenty-fourth, twenty twenty-six"),
    ("24.11.2026", "November twenty-fourth, twenty twenty-six"),
    ("11/24/2026", "November twenty-fourth, twenty twenty-six"),
    ("Nov 24", "November twenty-fourth"),
    ("Nov. 3, 1998", "November third, nineteen ninety-eight"),
    ("on 24 November", "on the twenty-fourth of November"),
    ("the 3rd of May", "the third of May"),
    ("May 3-5", "May third to fifth"),
    ("Sat, Nov 7", "Saturday, November seventh"),
    ("Mon-Fri", "Monday to Friday"),
    ("In 1984 it began.", "In nineteen eighty-four it began."),
    ("since 2005", "since two thousand five"),
    ("2019–2021", "twenty nineteen to twenty twenty-one"),
    ("the 1990s", "the nineteen nineties"),
    ("the '80s", "the eighties"),
    ("2026-11-24T14:30", "November twenty-fourth, twenty twenty-six two thirty PM"),
    # times
    ("at 14:30", "at two thirty PM"),
    ("at 2:30 pm.", "at two thirty PM."),
    ("9 a.m. sharp", "nine AM sharp"),
    ("It ends at 5 p.m. Bring tea.", "It ends at five PM. Bring tea."),
    ("9:05", "nine oh five"),
    ("9:00", "nine o'clock"),
    ("00:00", "midnight"),
    ("9-5 pm", "nine to five PM"),
    ("14:00–15:30", "two PM to three thirty PM"),
    # units
    ("5 km", "five kilometers"),
    ("1 km", "one kilometer"),
    ("1.5 l", "one point five liters"),
    ("20 °C", "twenty degrees Celsius"),
    ("-5 °C", "minus five degrees Celsius"),
    ("70°F", "seventy degrees Fahrenheit"),
    ("50 km/h", "fifty kilometers per hour"),
    ("10 %", "ten percent"),
    ("45 m²", "forty-five square meters"),
    ("3–5 kg", "three to five kilograms"),
    ("10%-20%", "ten to twenty percent"),
    ("250 ml", "two hundred fifty milliliters"),
    ("8GB", "eight gigabytes"),
    ("5'10\"", "five foot ten"),
    # ordinals, fractions, plain numbers
    ("the 3rd", "the third"),
    ("21st century", "twenty-first century"),
    ("1/2 cup", "one half cup"),
    ("3/4", "three quarters"),
    ("1 1/2", "one and a half"),
    ("2½", "two and a half"),
    ("1,234 people", "one thousand two hundred thirty-four people"),
    ("3.14", "three point one four"),
    ("007", "zero zero seven"),
    ("pages 3-5", "pages three to five"),
    ("version 3.12.1", "version three point twelve point one"),
    ("16:9", "sixteen to nine"),
    ("10k steps", "ten thousand steps"),
    ("3 * 4 = 12", "three times four equals twelve"),
    ("5 - 3", "five minus three"),
    ("Gate B7", "Gate B seven"),
    ("AT&T", "AT and T"),
    ("24/7", "twenty-four seven"),
    # telephones
    ("+49 30 1234567", "plus four nine, three zero, one two three four five six seven"),
    ("(555) 123-4567", "five five five, one two three, four five six seven"),
    ("Call 911.", "Call nine one one."),
    # abbreviations
    ("Dr. Ada lives on Main St. now.", "Doctor Ada lives on Main Street now."),
    ("St. Louis", "Saint Louis"),
    ("e.g. tea", "for example tea"),
    ("tea, milk, etc.", "tea, milk, and so on."),
    ("No. 5", "number five"),
    ("No. I won't.", "No. I won't."),
    ("cats vs. dogs", "cats versus dogs"),
    ("approx. 5 min", "approximately five minutes"),
    # addresses
    ("See https://www.example.com/a/b?c=1.", "See example dot com."),
    ("Go to example.org now", "Go to example dot org now"),
    ("Mail anna.b@example.org!", "Mail anna dot b at example dot org!"),
    # markup
    ("**Bold** and _it_ and `x`", "Bold and it and x"),
    ("# Title\n\nText.", "Title. Text."),
    ("- eggs\n- **milk**", "eggs. milk."),
    ("1. Stir\n2. Wait", "One: Stir. Two: Wait."),
    ("[The page](https://example.com)", "The page"),
    ("| Name | Price |\n|---|---|\n| Milk | €1.29 |", "Name: Milk, Price: one euro twenty-nine."),
    ("```python\nprint(1)\nfor x in range(10):\n    print(x, x * x, 'and more')\n```", "There is code here."),
    ("Tea &amp; milk 😀👍🏽", "Tea and milk"),
    ("<b>Hi</b> there<br>you", "Hi there, you"),
    ("> A quote", "A quote"),
    ("snake_case and 2 * 3", "snake case and two times three"),
    # what went wrong once
    ("Room 4B", "Room four B"),
    ("It ends at 11:59 PM. 5 people stay.", "It ends at eleven fifty-nine PM. five people stay."),
    ("1h30m", "one hour thirty minutes"),
    ("2 h 5 min", "two hours five minutes"),
    ("ISBN 978-3-16", "ISBN nine seven eight, three, one six"),
    ("order #12345", "order number one two three four five"),
    (".5", "point five"),
    ("21.5°C / 70.7°F", "twenty-one point five degrees Celsius, seventy point seven degrees Fahrenheit"),
]


@pytest.mark.parametrize(("written", "said"), CASES)
def test_english_is_said_as_people_say_it(written: str, said: str) -> None:
    assert speakable(written, "en") == said


def test_days_come_first_in_british_dates() -> None:
    assert speakable("5/6/2026", "en-GB") == "June fifth, twenty twenty-six"
    assert speakable("5/6/2026", "en-US") == "May sixth, twenty twenty-six"
