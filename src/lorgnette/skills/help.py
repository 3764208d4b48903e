"""What one can say."""

from lorgnette.sdk import Context, ListScene, Phrase, Reply, Skill, tool

ALOUD = 3
NOT_NAMED = {"help", "control", "model"}
"""What nobody asks for first."""


class Help(Skill):
    """Says what one can ask for."""

    @tool(effect="read")
    async def what_can_you_do(self, ctx: Context) -> Reply:
        """Give examples of what can be said."""
        skills = [one for one in ctx.help() if one[0] not in NOT_NAMED]
        if not skills:
            return Reply("help-nothing")
        begin = ctx.now.timetuple().tm_yday * ALOUD % len(skills)  # other examples on another day
        chosen = [skills[(begin + step) % len(skills)] for step in range(min(ALOUD, len(skills)))]
        examples = [Phrase("help-part", example=example.rstrip(".。")) for _, _, example in chosen]
        scene = ListScene(items=tuple(example for _, _, example in skills), ttl=20.0)
        return Reply("help-examples", examples=examples, scene=scene)
