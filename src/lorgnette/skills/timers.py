"""Kitchen timers: several at once, with names."""

from datetime import timedelta

from lorgnette.sdk import Context, FreeText, Progress, Reply, Schedule, Skill, tool


class Timers(Skill):
    """Sets timers."""

    @tool(
        effect="act",
        undo="_unset",
        phrases={
            "en": [
                "(set|start|create|make|begin|run|add) [me] [a|an|another|a new|one] timer (for|of|to) {duration}",
                "(set|start|create|make|begin|run|add) [me] [a|an|another|a new] {duration} timer",
                "[a|an] timer (for|of) {duration}",
                "[a|an] {duration} timer",
                "timer {duration}",
            ],
            "de": [
                "(stell|stelle|starte|setz|setze|mach|mache|erstelle|leg) [mir] [einen|nen|noch einen|einen neuen] timer (auf|für|von|mit|über) {duration} [an|ein]",
                "[einen|nen] timer (auf|für|von|mit) {duration} (stellen|starten|setzen|erstellen|machen)",
                "timer (auf|für|von) {duration}",
                "{duration} timer",
                "timer {duration}",
            ],
            "zh": [
                "(设|设置|设定|定|开|来|启动|开始|建|创建|新建)[一]个{duration}[的](计时器|定时器|倒计时|计时)",
                "(设|设置|设定|定|开|来|启动|开始)[一]个(计时器|定时器|倒计时){duration}",
                "(计时|倒计时|定时){duration}",
                "{duration}[的](计时器|定时器|倒计时|计时)",
                "{duration}(后|以后|之后)(叫我|提醒我|通知我)",
            ],
        },
    )
    async def set_timer(self, ctx: Context, duration: timedelta, label: FreeText = "") -> Reply:
        """Start a timer. duration: how long; label: what it is for."""
        item = await ctx.service(Schedule).start(duration, label)
        return Reply(
            "timer-set",
            duration=duration,
            scene=Progress(title=label, start=ctx.now.timestamp(), due=item.due, total=item.total),
            scene_id=f"timer:{item.id}",
            undo=item.id,
        )

    async def _unset(self, ctx: Context, id: str) -> Reply:
        item = await ctx.service(Schedule).cancel(id)
        return Reply("timer-cancelled", duration=timedelta(seconds=item.total))
