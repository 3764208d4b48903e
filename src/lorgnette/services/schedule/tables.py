"""The schedule's table: an entry a row."""

from pathlib import Path

from sqlalchemy import Column, Double, Index, MetaData, Table, Text

from lorgnette.services.schedule.calendar import schedule_written
from lorgnette.store import Domain, Rows

metadata = MetaData()

schedule = Table(
    "schedule",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    # epoch seconds: of the wall clock for alarms, of the steady one laid on the wall's for timers
    Column("due", Double, nullable=False),
    Column("zone", Text, nullable=False),
    Column("rule", Text, nullable=False),
    # the naive local time from which a rule counts, ISO 8601
    Column("start", Text, nullable=False),
    Column("total", Double, nullable=False),
    Column("remaining", Double, nullable=False),
    Column("status", Text, nullable=False),
    # what a cancelled entry was before
    Column("was", Text, nullable=False),
    # when it began to ring, by whom, and until when that one answers for it
    Column("rung", Double, nullable=False),
    Column("lease", Text, nullable=False),
    Column("leased", Double, nullable=False),
    Column("created", Double, nullable=False),
    Column("changed", Double, nullable=False),
    Index("schedule_of_wearer", "wearer", "status"),
    Index("schedule_due", "status", "due"),
)

HOLDINGS = (
    Rows(
        "schedule",
        schedule,
        schedule.c.created,
        texts=(schedule.c.label,),
        times=(schedule.c.due, schedule.c.rung, schedule.c.created, schedule.c.changed),
        hidden=(schedule.c.lease, schedule.c.leased),
        render=schedule_written,
    ),
)

DOMAIN = Domain("schedule", metadata, Path(__file__).parent / "versions", HOLDINGS)
