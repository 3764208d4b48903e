"""Tools of servers outside: which there are, what they would do before a yes, and what they answered."""

from collections.abc import Mapping
from typing import Any

from lorgnette.sdk import Context, ListScene, Offer, Picture, Reply, Skill, SkillError, one_line, tool
from lorgnette.sdk.outside import Outside

ALOUD = 3
SHORT = 160
"""Characters of an answer that are said; a model gets all of it."""
SHOWN_SECONDS = 20.0


class OutsideTools(Skill):
    """Uses tools of other programs and services."""

    @tool(effect="read")
    async def list_outside_tools(self, ctx: Context) -> Reply:
        """List the outside tools that may be used."""
        found = await ctx.service(Outside).tools()
        if not found:
            return Reply("outside-none")
        names = [f"{one.server}: {one.tool.replace('_', ' ')}" for one in found]
        scene = ListScene(items=tuple(name[:60] for name in names[:20]), ttl=SHOWN_SECONDS)
        return Reply("outside-tools", count=len(names), names=names[:ALOUD], scene=scene)

    async def call(self, ctx: Context, server: str, tool: str, arguments: Mapping[str, Any]) -> Reply:
        """Every approved tool of a server comes here; what it answers is the server's, not the wearer's."""
        answer = await ctx.service(Outside).call(server, tool, arguments)
        if not answer.ok:
            raise SkillError(
                f"{server} says: {answer.text[:2000]}",
                phrase="error-outside-refused",
                server=server,
                source=answer.source,
            )
        text = " ".join(answer.text.split())
        return Reply(
            "outside-answer" if text else "outside-done",
            server=server,
            text=text if len(text) <= SHORT else f"{text[: SHORT - 1]}…",
            told=answer.text or "Done.",
            source=answer.source,
            scene=Picture(source=answer.pictures[0], alt=server, ttl=SHOWN_SECONDS)
            if answer.pictures
            else None,
        )

    async def lay_out(self, ctx: Context, server: str, tool: str, arguments: Mapping[str, Any]) -> Offer:
        """What would be done, read from the call itself."""
        order = {"server": server, "tool": tool, "arguments": dict(arguments)}
        what = tool.replace("_", " ").replace("-", " ")[:60]
        told = said(arguments)
        key = "outside-offer" if told else "outside-offer-bare"
        return Offer(key, order=order, server=server, tool=what, arguments=told)


def said(arguments: Mapping[str, Any], longest: int = 240) -> str:
    """Arguments as they are read out before a yes: names and values in their order, cut at a length."""
    parts = (f"{str(name)[:40].replace('_', ' ')}: {_plain(value)}" for name, value in arguments.items())
    text = ", ".join(parts)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _plain(value: Any) -> str:
    match value:
        case bool() | None:
            return {True: "✓", False: "✗"}.get(value, "–") if value is not None else "–"
        case list() | tuple():
            return ", ".join(_plain(one) for one in value[:10])
        case dict():
            return said(value, 120)
        case _:
            text = one_line(str(value))
            return f"“{text[:100]}…”" if len(text) > 100 else text
