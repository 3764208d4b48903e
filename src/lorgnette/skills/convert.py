"""Units, money and arithmetic."""

from decimal import Decimal
from math import floor, log10

from lorgnette.sdk import (
    Card,
    Context,
    Currency,
    Expression,
    Figure,
    Money,
    Percent,
    Quantity,
    Reply,
    Skill,
    Unit,
    tool,
)
from lorgnette.sdk.convert import Reckoning
from lorgnette.sdk.region import territory_of

GROUPED = 10**15
"""From here on a number is said by its power of ten."""
SMALL = Decimal("0.00001")


class Converting(Skill):
    """Converts and calculates."""

    name = "convert"

    @tool(effect="read")
    async def convert_units(
        self, ctx: Context, to: Unit, quantity: Quantity | None = None, unit: Unit | None = None
    ) -> Reply:
        """Convert a quantity. quantity: how much of what; unit: instead of it, for one of it; to: into what."""
        given = quantity or (Quantity(1, unit) if unit else None)
        if given is None:
            return Reply("convert-what", ask="quantity")
        found = ctx.service(Reckoning).units(given, to, territory_of(ctx.wearer))
        if given.unit.name == "generic":  # what the scale was taken for is said
            scale = "fahrenheit" if found.unit.name == "celsius" else "celsius"
            given = Quantity(given.amount, Unit(f"temperature-{scale}"))
        scene = Card(title=ctx.text("shown", value=given), value=ctx.text("shown", value=found), ttl=10.0)
        return Reply("converted", given=given, found=found, scene=scene)

    @tool(effect="query")
    async def convert_money(
        self, ctx: Context, to: Currency, money: Money | None = None, currency: Currency | None = None
    ) -> Reply:
        """Convert money. money: how much; currency: instead of it, for one of it; to: into which currency."""
        given = money or (Money.of(1, currency) if currency else None)
        if given is None:
            return Reply("convert-how-much", ask="money")
        found = await ctx.service(Reckoning).money(given, to)
        lines = (ctx.text("shown-day", day=found.day),)
        title, value = ctx.text("shown", value=given), ctx.text("shown", value=found.money)
        scene = Card(title=title, value=value, lines=lines, ttl=10.0)
        key = "exchanged-old" if found.old else "exchanged"
        return Reply(key, given=given, found=found.money, day=found.day, scene=scene)

    @tool(effect="read")
    async def calculate(self, ctx: Context, expression: Expression) -> Reply:
        """Calculate. expression: numbers, + - * / ^, parentheses, sqrt()."""
        found = ctx.service(Reckoning).calculate(expression)
        if found and not SMALL <= abs(found) < GROUPED:
            power = floor(log10(abs(found)))
            n = Figure(float(found.scaleb(-power)))
            scene = Card(title=_shown(expression), value=ctx.text("shown-power", n=n, power=power), ttl=10.0)
            return Reply("result-power", n=n, power=power, scene=scene)
        figure = Figure(found)
        exact = Decimal(repr(round(float(figure), 4))) == found
        scene = Card(title=_shown(expression), value=ctx.text("shown", value=figure), ttl=10.0)
        return Reply("result" if exact else "result-about", figure=figure, scene=scene)

    @tool(effect="read")
    async def percent_of(self, ctx: Context, percent: Percent, money: Money) -> Reply:
        """Work out a tip or a share of a sum. percent: how much of it; money: the sum."""
        share = Money.of(money.amount * int(percent) / 100, money.currency)
        whole = Money(money.minor + share.minor, money.currency)
        title, value = f"{int(percent)} %", ctx.text("shown", value=share)
        scene = Card(title=title, value=value, lines=(ctx.text("shown", value=whole),), ttl=10.0)
        return Reply("share", share=share, whole=whole, scene=scene)


def _shown(expression: str) -> str:
    """As it is written by hand, not as it is typed."""
    for typed, written in (("sqrt", "√"), ("*", "×"), ("/", "÷"), ("-", "−")):
        expression = expression.replace(typed, written)
    return expression[:60]
