"""The tables of the calendar: calendars of accounts, and entries as iCalendar text."""

from pathlib import Path

from sqlalchemy import Boolean, Column, Double, Index, MetaData, Table, Text

from lorgnette.services.calendar.written import calendar_written
from lorgnette.store import Domain, Rows

metadata = MetaData()

calendars = Table(
    "calendars",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    # name of the account in the configuration
    Column("account", Text, nullable=False),
    Column("href", Text, nullable=False),
    Column("name", Text, nullable=False),
    # another one when something in it changed
    Column("tag", Text, nullable=False),
    Column("writable", Boolean, nullable=False),
    Column("created", Double, nullable=False),
    Index("calendars_of_wearer", "wearer", "account"),
)

entries = Table(
    "calendar_entries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    # empty: kept here alone
    Column("account", Text, nullable=False),
    # address of the calendar, empty until it is known
    Column("calendar", Text, nullable=False),
    Column("href", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("data", Text, nullable=False),
    # as it was before it was last changed here
    Column("before", Text, nullable=False),
    # synced, new, changed, gone: the last three wait for the server
    Column("state", Text, nullable=False),
    # epoch seconds between which all of it lies, with a margin for zones
    Column("first", Double, nullable=False),
    Column("last", Double, nullable=False),
    # whether the wearer made it here
    Column("own", Boolean, nullable=False),
    # sources as JSON
    Column("taint", Text, nullable=False),
    Column("created", Double, nullable=False),
    Column("deleted", Double),
    Index("calendar_entries_of_wearer", "wearer", "first"),
    Index("calendar_entries_of_account", "wearer", "account", "calendar"),
)

HOLDINGS = (
    Rows(
        "calendar",
        entries,
        entries.c.created,
        texts=(entries.c.data,),
        times=(entries.c.created, entries.c.deleted),
        hidden=(entries.c.before, entries.c.first, entries.c.last, entries.c.etag),
        render=calendar_written,
    ),
    Rows(
        "calendars",
        calendars,
        calendars.c.created,
        texts=(calendars.c.name,),
        times=(calendars.c.created,),
        hidden=(calendars.c.tag,),
    ),
)

DOMAIN = Domain("calendar", metadata, Path(__file__).parent / "versions", HOLDINGS)
