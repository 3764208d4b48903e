"""A skill that asks, listens, lists and fails, for tests of conversations."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, ClassVar

import msgspec

from lorgnette.core.taint import Source
from lorgnette.sdk import (
    Choice,
    Context,
    FreeText,
    OneOf,
    Ordinal,
    PlaceName,
    Quantity,
    Reply,
    Skill,
    SkillError,
    tool,
)
from lorgnette.sdk.registry import SkillRegistry, make_registry

SORTS = {
    "en": {"green tea": "green", "black tea": "black", "white tea": "white"},
    "de": {"grüner tee": "green", "schwarzer tee": "black", "weißer tee": "white"},
    "zh": {"绿茶": "green", "红茶": "black", "白茶": "white"},
}


class Tearoom(Skill):
    """Makes tea."""

    name = "tea"
    phrases_dir = Path(__file__).with_name("tea")
    made: ClassVar[list[Any]] = []

    class Settings(msgspec.Struct, frozen=True):
        """How tea is made."""

        minutes: int = 4

    @tool(effect="act", undo="_empty")
    async def brew(self, ctx: Context, cups: int | None = None) -> Reply:
        """Brew tea. cups: how many."""
        ctx.speak("water-on")
        if cups is None:
            cups = await ctx.ask("how-many", int)
            if cups is None:
                return Reply("no-tea")
        milk = await ctx.confirm("with-milk", cups=cups)
        self.made.append((cups, milk, ctx.settings.minutes))
        return Reply("brewing", cups=cups, milk=milk, undo=cups)

    @tool(effect="read")
    async def dictate(self, ctx: Context) -> Reply:
        """Take a recipe down."""
        words = await ctx.listen()
        return Reply("taken-down", words=words) if words else Reply("no-tea")

    @tool(effect="act", undo="_empty")
    async def steep(self, ctx: Context, duration: timedelta, amount: Quantity | None = None) -> Reply:
        """Let it draw. duration: how long; amount: how much."""
        self.made.append((duration, amount))
        return Reply("steeping", duration=duration, amount=amount or "none", undo=duration)

    @tool(effect="read")
    async def sorts(self, ctx: Context) -> Reply:
        """List the sorts."""
        table = SORTS[ctx.language]
        choices = [Choice({"sort": value}, "pour", label) for label, value in table.items()]
        return Reply("sorts-are", sorts=list(table), choices=choices)

    @tool(effect="act", undo="_empty")
    async def pour(self, ctx: Context, sort: Annotated[str, OneOf(SORTS)]) -> Reply:
        """Pour a cup. sort: which."""
        self.made.append(sort)
        return Reply("poured", sort=sort, undo=sort)

    @tool(effect="query")
    async def shops(self, ctx: Context, place: PlaceName | None = None) -> Reply:
        """Look for tea shops. place: where."""
        return Reply("shops-in", place=place or "?", source=Source("tool", "shops"))

    @tool(effect="read")
    async def shelf(self, ctx: Context, place: Ordinal) -> Reply:
        """Tell what stands on a shelf. place: which."""
        return Reply("shelf-has", place=place)

    @tool(effect="act", undo="_empty")
    async def note_order(self, ctx: Context, order: FreeText) -> Reply:
        """Note an order. order: what for."""
        self.made.append(order)
        return Reply("ordered", order=order, undo=order)

    @tool(effect="act", undo="_broken")
    async def smash(self, ctx: Context, count: int) -> Reply:
        """Smash cups. count: how many."""
        if count > 9:
            raise SkillError("so many there aren't")
        return Reply("smashed", count=count, undo=count)

    @tool(effect="act", undo="_empty", phrases={"en": ["seal {count} cups"]})
    async def seal(self, ctx: Context, count: int) -> Reply:
        """Seal cups. count: how many."""
        if count > 9:
            raise SkillError("so many there aren't")
        return Reply("smashed", count=count, undo=count)

    async def _empty(self, ctx: Context, made: Any) -> Reply:
        self.made.append(("undone", made))
        return Reply("emptied")

    async def _broken(self, ctx: Context, count: int) -> Reply:
        raise SkillError("broken is broken")


def tea_registry(*more: tuple[str, Callable[[], type[Skill]]]) -> SkillRegistry:
    """The tea room, and what else is to be there."""
    Tearoom.made.clear()
    found = make_registry([("tea", lambda: Tearoom), *more])
    assert not found.broken
    return found
