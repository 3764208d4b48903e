"""Time and date."""

from lorgnette.sdk import Card, Context, FullDate, Reply, Skill, tool


class Clock(Skill):
    """Tells the time and the date."""

    @tool(
        effect="read",
        phrases={
            "en": [
                "(what|whats) [the] time [is it|is it now]",
                "what time is it [right now|now]",
                "(what is|whats) the [current|exact] time [right now|now]",
                "(tell|give) me the [current] time",
                "(do|can) you (have|know|tell me) (the time|what time it is)",
                "[how] late is it",
                "time [check]",
                "current time",
            ],
            "de": [
                "(wie viel|wieviel) uhr [ist es|haben wir] [gerade|jetzt]",
                "wie spät [ist es|haben wirs|haben wir es] [gerade|jetzt]",
                "(wie ist|was ist) die [aktuelle|genaue] (uhrzeit|zeit)",
                "(sag|sage|nenn|nenne) mir [mal|bitte] die [aktuelle|genaue] (uhrzeit|zeit)",
                "[die] [aktuelle] uhrzeit",
                "welche (uhrzeit|zeit) [ist es|haben wir] [gerade|jetzt]",
                "weißt du wie (spät|viel uhr) es [gerade|jetzt] ist",
            ],
            "zh": [
                "[现在][是]几点[了|钟|钟了]",
                "[现在][是]什么时间[了]",
                "[现在][的](时间|时刻)[是][多少|几点]",
                "[告诉我|说说|报一下|报][现在][的]时间",
                "几点几分[了]",
                "[你]知道[现在]几点[了|吗]",
                "看[一]下时间",
            ],
        },
    )
    async def tell_time(self, ctx: Context) -> Reply:
        """Tell the time."""
        now = ctx.now.time().replace(second=0, microsecond=0)
        return Reply("time-now", time=now, scene=Card(value=f"{now:%H:%M}", ttl=6.0))

    @tool(
        effect="read",
        phrases={
            "en": [
                "(what|whats) [is] (the|todays) date [today]",
                "what (day|date) is it [today]",
                "what day is today",
                "(what day of the month|which day) is it [today]",
                "(tell|give) me the date",
                "whats today",
                "todays date",
                "what day of the week is it [today]",
            ],
            "de": [
                "(welches|was für ein) datum [ist|haben wir] [heute]",
                "(welcher|was für ein) (tag|wochentag) ist [heute]",
                "welchen [tag|wochentag] haben wir [heute]",
                "den wievielten haben wir [heute]",
                "der wievielte ist [heute]",
                "(sag|nenn) mir das [heutige] datum",
                "was ist heute für ein (tag|datum|wochentag)",
                "[das] heutige datum",
            ],
            "zh": [
                "今天[是]几号[了]",
                "今天[是](星期几|礼拜几|周几)",
                "今天[是]几月几[号|日]",
                "[今天][的]日期[是][什么|多少]",
                "[告诉我]今天[的]日期",
                "今天[是]什么日子",
                "今天[是]哪[一]天",
            ],
        },
    )
    async def tell_date(self, ctx: Context) -> Reply:
        """Tell today's date and weekday."""
        today = ctx.now
        return Reply(
            "date-today",
            date=FullDate(today.year, today.month, today.day),
            scene=Card(value=f"{today:%d.%m.%Y}", ttl=6.0),
        )
