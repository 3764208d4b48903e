"""The language model of this machine: used after the owner says so."""

from lorgnette.sdk import Context, LocalModel, Reply, Skill, tool


class Model(Skill):
    """Says which language model answers, and uses the one of this machine."""

    @tool(effect="act", undo="_drop")
    async def use_local_model(self, ctx: Context) -> Reply:
        """Use the language model that runs on this machine."""
        models = ctx.service(LocalModel)
        if used := await models.used():
            return Reply("model-already", model=used)
        found = await models.use()
        if found is None:
            return Reply("model-not-found")
        return Reply("model-used", model=found.model, host=found.host, undo="")

    @tool(effect="read")
    async def tell_model(self, ctx: Context) -> Reply:
        """Tell which language model answers."""
        used = await ctx.service(LocalModel).used()
        return Reply("model-now", model=used) if used else Reply("model-none")

    async def _drop(self, ctx: Context, _: str) -> Reply:
        await ctx.service(LocalModel).drop()
        return Reply("model-dropped")
