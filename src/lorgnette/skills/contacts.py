"""People whom the wearer knows: numbers, addresses, birthdays."""

from datetime import date
from typing import Annotated, Any

from lorgnette.sdk import (
    Card,
    Choice,
    Context,
    FullDate,
    ListScene,
    OneOf,
    Phrase,
    Reply,
    Skill,
    SkillError,
    Source,
    Taint,
    short_date,
    tool,
)
from lorgnette.sdk.people import People, Person, Reach, meant

What = Annotated[
    str,
    OneOf(
        {
            "en": {
                "number": "phone", "phone number": "phone", "phone": "phone", "telephone number": "phone",
                "mobile number": "phone", "cell number": "phone", "cell phone number": "phone", "mobile": "phone",
                "telephone": "phone", "contact": "phone", "contact details": "phone",
                "email": "mail", "email address": "mail", "e mail": "mail", "e mail address": "mail", "mail": "mail",
                "mail address": "mail",
                "address": "address", "home address": "address", "postal address": "address", "place": "address",
            },
            "de": {
                "nummer": "phone", "telefonnummer": "phone", "handynummer": "phone", "rufnummer": "phone",
                "telefon": "phone", "handy": "phone", "mobilnummer": "phone", "kontakt": "phone",
                "mail": "mail", "email": "mail", "e mail": "mail", "mailadresse": "mail", "emailadresse": "mail",
                "e mail adresse": "mail", "email adresse": "mail",
                "adresse": "address", "anschrift": "address", "postadresse": "address", "wohnadresse": "address",
            },
            "zh": {
                "电话": "phone", "电话号码": "phone", "号码": "phone", "手机": "phone", "手机号": "phone",
                "手机号码": "phone", "联系方式": "phone",
                "邮箱": "mail", "邮件地址": "mail", "电子邮箱": "mail", "邮箱地址": "mail", "电邮": "mail",
                "地址": "address", "住址": "address", "家庭地址": "address",
            },
        }
    ),
]  # fmt: skip

Who = Annotated[
    str,
    OneOf(
        {},
        open={
            "en": r"(?!.*\b(birthdays?|numbers?|phone|e?mail|address|contacts?|when|what|whats|is|are|how|remind|the)\b).+",
            "de": r"(?!.*\b(geburtstag|nummer|telefonnummer|adresse|mail|mailadresse|wann|wie|was|ist|hat|der|die|das)\b).+",
            "zh": r"(?!.*(第|生日|电话|号码|邮箱|地址|手机|什么|多少|哪|怎么|吗)).+",
        },
    ),
]
"""One to four words: a name, or "my sister"; a question of its own is no answer to "who do you mean?"."""

_WAYS = {"phone": "phones", "mail": "mails", "address": "addresses"}


class Knowing(Skill):
    """Knows people's numbers, addresses and birthdays."""

    name = "contacts"

    @tool(effect="read")
    async def contact_of(self, ctx: Context, who: Who = "", what: What = "phone") -> Reply:
        """Tell a phone number, mail address or postal address of somebody the wearer knows. who: their name, or what they are to the wearer; what: phone, mail or address."""
        if not who:
            return Reply("contact-who", ask="who")
        found = await _one(ctx, who)
        if isinstance(found, Reply):
            return found
        reaches: tuple[Reach, ...] = getattr(found, _WAYS.get(what, "phones"))
        if not reaches:
            raise SkillError(f"no {what}", phrase=f"contact-no-{what}", name=found.name)
        first = reaches[0]
        value = _spoken(first.value) if what == "phone" else first.value
        scene = Card(title=found.name, value=first.value[:60], lines=tuple(map(_line, reaches[:3])), ttl=20.0)
        return Reply(
            f"contact-{what}",
            name=found.name,
            value=value,
            kind=first.kind if first.kind in {"home", "work", "mobile"} else "none",
            count=len(reaches),
            scene=scene,
            source=_source(found),
        )

    @tool(effect="read", offered=False)
    async def where_lives(self, ctx: Context, who: Who = "") -> Reply:
        """Tell where somebody lives whom the wearer knows. who: their name, or what they are to the wearer."""
        return await self.contact_of(ctx, who, "address")

    @tool(effect="read")
    async def birthday_of(self, ctx: Context, who: Who = "") -> Reply:
        """Tell somebody's birthday. who: their name, or what they are to the wearer."""
        if not who:
            return Reply("contact-who", ask="who")
        found = await _one(ctx, who)
        if isinstance(found, Reply):
            return found
        if not found.birthday:
            raise SkillError("no birthday", phrase="contact-no-birthday", name=found.name)
        coming, age = _coming(found.birthday, ctx.now.date())
        days = (coming - ctx.now.date()).days
        key = "birthday-today" if not days else "birthday"
        values: dict[str, Any] = {"name": found.name, "day": FullDate(coming.year, coming.month, coming.day)}
        return Reply(key, days=days, age=age or "none", source=_source(found), **values)

    @tool(effect="read")
    async def next_birthdays(self, ctx: Context) -> Reply:
        """Tell whose birthdays come next."""
        known = await ctx.service(People).birthdays()
        today = ctx.now.date()
        coming = sorted(
            ((_coming(one.birthday, today)[0], one.name, one) for one in known), key=lambda one: one[:2]
        )
        if not coming:
            raise SkillError("no birthdays", phrase="birthday-none")
        parts = [Phrase("birthday-part", name=name, day=day) for day, name, _ in coming[:3]]
        lines = tuple(f"{short_date(day, ctx.language)} {name}" for day, name, _ in coming[:12])
        source = frozenset().union(*(_source(one) for _, _, one in coming[:3]))
        return Reply("birthdays", birthdays=parts, scene=ListScene(items=lines, ttl=15.0), source=source)


async def _one(ctx: Context, who: str) -> Person | Reply:
    """The one who is meant, or the question which of several."""
    found = await ctx.service(People).find(who)
    if not found:
        raise SkillError(f"nobody like {who!r}", phrase="contact-nobody", name=_bare(who))
    one = meant(found)
    if one is not None:
        return one
    near = [one.person for one in found if found[0].score - one.score < 6][:3]
    names = [one.name for one in near]
    if len(set(names)) < len(names):
        names = [f"{one.name} ({one.organisation})" if one.organisation else one.name for one in near]
    source = frozenset().union(*(_source(one) for one in near))
    choices = [Choice({"who": one.name}, label=one.name) for one in near]
    return Reply("contact-which", names=names, ask="who", choices=choices, source=source)


def _bare(who: str) -> str:
    """Without a possessive: "Anna's" is Anna."""
    return who.removesuffix("'s").removesuffix("’s")


def _spoken(number: str) -> str:
    """In groups that a voice reads digit by digit."""
    digits = "".join(letter for letter in number if letter.isdigit() or letter == "+")
    if len(digits.lstrip("+")) < 5:
        return number
    plus, rest = ("+", digits[1:]) if digits.startswith("+") else ("", digits)
    groups = [rest[at : at + 3] for at in range(0, len(rest), 3)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2][:2], groups[-2][2:] + groups[-1]]
    return plus + ", ".join(" ".join(group) for group in groups)


def _coming(birthday: str, today: date) -> tuple[date, int]:
    """The next one, today counts; and how old they get then, 0 where nobody knows."""
    year = int(birthday[:4]) if birthday[0] != "-" else 0
    month, day = int(birthday[-5:-3]), int(birthday[-2:])
    for ahead in range(9):
        try:
            found = date(today.year + ahead, month, day)
        except ValueError:  # the 29th of February
            found = date(today.year + ahead, 3, 1)
        if found >= today:
            return found, found.year - year if year else 0
    raise AssertionError


def _line(reach: Reach) -> str:
    return f"{reach.kind} {reach.value}".strip()[:200]


def _source(one: Person) -> Taint:
    """A card may be written by anybody, also one that was put in from a file."""
    return frozenset({Source("contact", one.name[:60])})
