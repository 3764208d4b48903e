"""The table of reminders by place, and of whose words those by time hold where they aren't the wearer's."""

from pathlib import Path

from sqlalchemy import Boolean, Column, Double, Index, MetaData, Table, Text

from lorgnette.store import Domain, Rows

metadata = MetaData()

reminders = Table(
    "reminders",
    metadata,
    # one by time has its entry's id in the schedule
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("text", Text, nullable=False),
    # the place's id, empty for one by time
    Column("place", Text, nullable=False),
    Column("leaving", Boolean, nullable=False),
    # waiting, done, cancelled
    Column("status", Text, nullable=False),
    # sources as JSON
    Column("taint", Text, nullable=False),
    Column("created", Double, nullable=False),
    Column("changed", Double, nullable=False),
    Index("reminders_of_wearer", "wearer", "status"),
)

HOLDINGS = (
    Rows(
        "reminders",
        reminders,
        reminders.c.created,
        texts=(reminders.c.text,),
        times=(reminders.c.created, reminders.c.changed),
    ),
)

DOMAIN = Domain("reminders", metadata, Path(__file__).parent / "versions", HOLDINGS)
