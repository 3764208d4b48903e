"""How much battery the wearer's devices have left."""

from lorgnette.sdk import Card, Context, Percent, Phrase, Reply, Skill, SkillError, tool

LOW = 0.2


class Battery(Skill):
    """Tells the battery's charge."""

    @tool(effect="read")
    async def tell_battery(self, ctx: Context) -> Reply:
        """Tell how much charge the glasses and other devices have."""
        known = sorted(ctx.control.batteries, key=lambda one: one[1])
        if not known:
            raise SkillError("no device says its charge", phrase="battery-unknown")
        parts = [
            Phrase(
                "battery-charging" if charging else "battery-part",
                device=name,
                level=Percent(round(level * 100)),
            )
            for name, level, charging in known[:3]
        ]
        lines = tuple(f"{name} {round(level * 100)} %" for name, level, _ in known[:3])
        _, level, charging = known[0]
        low = level < LOW and not charging
        scene = Card(
            value=f"{round(level * 100)} %",
            lines=lines if len(known) > 1 else (),
            tone="ask" if low else "calm",
            ttl=6.0,
        )
        if len(known) == 1:
            key = "battery-one-charging" if charging else "battery-one"
            return Reply(key, level=Percent(round(level * 100)), scene=scene)
        return Reply("battery-several", parts=parts, scene=scene)
