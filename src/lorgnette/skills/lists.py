"""Shopping, to-do and any other lists."""

from datetime import timedelta
from typing import Annotated, Any

from lorgnette.sdk import (
    Choice,
    Context,
    FreeText,
    ListItem,
    Lists,
    ListScene,
    OneOf,
    Phrase,
    Reply,
    Skill,
    SkillError,
    split_list,
    tool,
)

SHOPPING = "shopping"
SHOWN = 12
"""Items of a list that are shown."""
ListName = Annotated[
    str,
    OneOf(
        {
            "en": {
                "shopping": "shopping",
                "grocery": "shopping",
                "groceries": "shopping",
                "to do": "todo",
                "todo": "todo",
                "task": "todo",
                "tasks": "todo",
                "packing": "packing",
                "wish": "wish",
            },
            "de": {
                "einkauf": "shopping",
                "einkaufs": "shopping",
                "einkaufsliste": "shopping",
                "einkaufszettel": "shopping",
                "aufgabenliste": "todo",
                "todo liste": "todo",
                "to do liste": "todo",
                "packliste": "packing",
                "wunschliste": "wish",
            },
            "zh": {
                "购物": "shopping",
                "采购": "shopping",
                "买菜": "shopping",
                "待办": "todo",
                "待办事项": "todo",
                "任务": "todo",
                "行李": "packing",
                "心愿": "wish",
                "愿望": "wish",
            },
        },
        open={
            "de": r"(?!.*(wiedergabe|play|kontakt|erinnerungs))(?!(der|die|das|meine|meiner|den) ).*(liste|zettel)",
            "en": r"(?!.*\b(contacts?|reminders?|play|songs?|my|the|your|to|on|off|from)\b).+",
            "zh": r"(?!.*(播放|联系人|通讯|提醒|歌)).+",
        },
    ),
]
"""A list's name, but not the contacts or a playlist; those that everybody has go by one key in every language."""


class ListKeeping(Skill):
    """Keeps lists."""

    name = "lists"

    @tool(effect="act", undo="_remove_again")
    async def add_to_list(self, ctx: Context, item: FreeText = "", list: ListName = SHOPPING) -> Reply:
        """Put something on a list. item: one thing, or several with commas; list: the list's name."""
        audio = ctx.audio if not item else None
        if not item and not audio:
            return Reply("list-what", ask="item", **_name(list))
        service = ctx.service(Lists)
        texts = _things(item, ctx) if item else [""]
        added = [await service.add(list, text, audio) for text in texts]
        scene, id = await _scene(ctx, list)
        key = "list-added" if item else "list-added-sound"
        undo = {"ids": [one.id for one in added]}
        return Reply(key, items=texts, scene=scene, scene_id=id, undo=undo, **_name(list))

    @tool(effect="read")
    async def read_list(self, ctx: Context, list: ListName = SHOPPING) -> Reply:
        """Read what is on a list. list: the list's name."""
        items = [item for item in await ctx.service(Lists).items(list) if not item.done]
        if not items:
            raise SkillError(f"{list} is empty", phrase="list-empty", **_name(list))
        scene, id = await _scene(ctx, list)
        key = "list-all" if len(items) <= 3 else "list-many"
        parts = [_part(item) for item in items[:3]]
        choices = [
            Choice({"item": one.text, "list": list}, "is_on_list", one.text) for one in items if one.text
        ]
        return Reply(
            key, count=len(items), items=parts, scene=scene, scene_id=id, choices=choices, **_name(list)
        )

    @tool(effect="read")
    async def is_on_list(self, ctx: Context, item: FreeText, list: ListName = SHOPPING) -> Reply:
        """Tell whether something is on a list. item: what; list: the list's name."""
        wanted = item.casefold()
        found = [one for one in await ctx.service(Lists).items(list) if one.text.casefold() == wanted]
        key = "list-no" if not found else "list-done" if found[0].done else "list-yes"
        return Reply(key, item=item, **_name(list))

    @tool(effect="act", undo="_uncheck")
    async def check_off(self, ctx: Context, item: FreeText, list: ListName = SHOPPING) -> Reply:
        """Strike something as done. item: what; list: the list's name."""
        found = await ctx.service(Lists).find(list, item)
        await ctx.service(Lists).check(found.id)
        scene, id = await _scene(ctx, list)
        return Reply("list-checked", item=_part(found), scene=scene, scene_id=id, undo={"id": found.id})

    @tool(effect="act", undo="_restore")
    async def remove_from_list(self, ctx: Context, item: FreeText, list: ListName = SHOPPING) -> Reply:
        """Take something off a list. item: what; list: the list's name."""
        found = await ctx.service(Lists).find(list, item)
        await ctx.service(Lists).remove(found.id)
        scene, id = await _scene(ctx, list)
        undo = {"ids": [found.id]}
        return Reply("list-removed", items=[_part(found)], scene=scene, scene_id=id, undo=undo, **_name(list))

    @tool(effect="act", undo="_restore")
    async def clear_list(self, ctx: Context, list: ListName = SHOPPING) -> Reply:
        """Take everything off a list. list: the list's name."""
        items = await ctx.service(Lists).items(list)
        if not items:
            raise SkillError(f"{list} is empty", phrase="list-empty", **_name(list))
        for item in items:
            await ctx.service(Lists).remove(item.id)
        ctx.hide(f"list:{list}")
        return Reply(
            "list-cleared", count=len(items), undo={"ids": [item.id for item in items]}, **_name(list)
        )

    @tool(effect="read")
    async def name_lists(self, ctx: Context) -> Reply:
        """Tell which lists there are."""
        names = await ctx.service(Lists).names()
        if not names:
            raise SkillError("no lists", phrase="list-none")
        said = [Phrase("list-name", **_name(name)) for name in names]
        scene = ListScene(items=tuple(ctx.text("list-name", **_name(name)) for name in names), ttl=8.0)
        key = "lists-all" if len(names) <= 3 else "lists-many"
        return Reply(key, count=len(names), lists=said[:3], scene=scene)

    # ── taking back ─────────────────────────────────────────────────────────────────────────────────

    async def _remove_again(self, ctx: Context, ids: list[str]) -> Reply:
        removed = [await ctx.service(Lists).remove(id) for id in ids]
        return Reply("list-removed", items=[_part(item) for item in removed], **_name(removed[0].list))

    async def _restore(self, ctx: Context, ids: list[str]) -> Reply:
        back = [await ctx.service(Lists).restore(id) for id in ids]
        return Reply("list-restored", count=len(back), **_name(back[0].list))

    async def _uncheck(self, ctx: Context, id: str) -> Reply:
        item = await ctx.service(Lists).check(id, done=False)
        return Reply("list-unchecked", item=_part(item))


def _things(item: str, ctx: Context) -> list[str]:
    """Several things said in one breath: "milk, eggs and bread"."""
    return split_list(item, ctx.language)


async def _scene(ctx: Context, list: str) -> tuple[ListScene, str]:
    items = (await ctx.service(Lists).items(list))[:SHOWN]
    texts = tuple(item.text or "…" for item in items)
    done = tuple(index for index, item in enumerate(items) if item.done)
    title = ctx.text("list-name", **_name(list))
    return ListScene(title=title, items=texts, done=done, ttl=10.0), f"list:{list}"


def _part(item: ListItem) -> Phrase:
    if item.text:
        return Phrase("list-item", text=item.text)
    return Phrase("list-sound", length=timedelta(seconds=max(1, round(item.seconds))))


def _name(list: str) -> dict[str, Any]:
    return {"list": list}
