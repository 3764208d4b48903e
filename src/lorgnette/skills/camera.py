"""Pictures and films: taken by whichever device has a camera, looked at again, deleted."""

from base64 import b64encode
from datetime import timedelta

from lorgnette.sdk import Camera, Context, Gallery, Picture, Reply, Shot, Skill, SkillError, tool

SHOWN = 8.0
"""Seconds that a picture stays before the eyes."""


class Photography(Skill):
    """Takes pictures and films."""

    name = "camera"

    @tool(effect="act", undo="_delete_again")
    async def take_picture(self, ctx: Context) -> Reply:
        """Take a picture and keep it in the gallery."""
        shot = await ctx.service(Camera).photo()
        return Reply("picture-taken", scene=await self._scene(ctx, shot), scene_id="camera", undo=shot.id)

    @tool(effect="act", undo="_drop_film")
    async def start_film(self, ctx: Context) -> Reply:
        """Begin to film; it goes on until it is ended."""
        await ctx.service(Camera).film()
        return Reply("film-begun", undo="")

    @tool(effect="act", undo="_delete_again")
    async def stop_film(self, ctx: Context) -> Reply:
        """End the film that runs, and keep it in the gallery."""
        shot = await ctx.service(Camera).stop()
        length = timedelta(seconds=max(1, round(shot.seconds)))
        return Reply("film-kept", length=length, undo=shot.id)

    @tool(effect="read")
    async def show_last_picture(self, ctx: Context) -> Reply:
        """Show the picture or film that was taken last."""
        shot = await self._last(ctx)
        key = "picture-last" if shot.kind == "photo" else "film-last"
        taken = ctx.now.fromtimestamp(shot.taken, ctx.zone)
        return Reply(key, taken=taken, scene=await self._scene(ctx, shot), scene_id="camera")

    @tool(effect="act", undo="_restore")
    async def delete_last_picture(self, ctx: Context) -> Reply:
        """Delete the picture or film that was taken last."""
        shot = await ctx.service(Gallery).delete((await self._last(ctx)).id)
        return Reply("picture-deleted" if shot.kind == "photo" else "film-deleted", undo=shot.id)

    async def _last(self, ctx: Context) -> Shot:
        shots = await ctx.service(Gallery).recent(1)
        if not shots:
            raise SkillError("the gallery is empty", phrase="gallery-empty")
        return shots[0]

    async def _scene(self, ctx: Context, shot: Shot) -> Picture | None:
        """The picture, small; None where there is nothing to be seen of it."""
        small = await ctx.service(Gallery).thumbnail(shot.id)
        if small is None:
            return None
        source = f"data:image/jpeg;base64,{b64encode(small).decode()}"
        return Picture(source=source, alt=ctx.text("picture-alt"), ttl=SHOWN)

    async def _delete_again(self, ctx: Context, id: str) -> Reply:
        shot = await ctx.service(Gallery).delete(id)
        return Reply("picture-deleted" if shot.kind == "photo" else "film-deleted")

    async def _drop_film(self, ctx: Context, id: str) -> Reply:
        shot = await ctx.service(Camera).stop()
        await ctx.service(Gallery).delete(shot.id)
        return Reply("film-deleted")

    async def _restore(self, ctx: Context, id: str) -> Reply:
        shot = await ctx.service(Gallery).restore(id)
        return Reply("picture-restored" if shot.kind == "photo" else "film-restored")
