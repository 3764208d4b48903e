"""The tables of errands and of what came of each run."""

from pathlib import Path

from sqlalchemy import Boolean, Column, Double, Index, Integer, MetaData, Table, Text

from lorgnette.store import Domain, Rows

metadata = MetaData()

errands = Table(
    "errands",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("zone", Text, nullable=False),
    # naive local time from which the rule counts
    Column("start", Text, nullable=False),
    Column("due", Double, nullable=False),
    # when a watch is given up; 0: never
    Column("until", Double, nullable=False),
    Column("status", Text, nullable=False),
    # the run that is due or under way; the same when it is begun again after a crash
    Column("run", Text, nullable=False),
    Column("runs", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last", Text, nullable=False),
    # sources of the words, as JSON
    Column("taint", Text, nullable=False),
    Column("created", Double, nullable=False),
    Column("changed", Double, nullable=False),
    Index("errands_due", "status", "due"),
    Index("errands_of_wearer", "wearer", "created"),
)

runs = Table(
    "errand_runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("errand", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("ok", Boolean, nullable=False),
    Column("said", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Index("errand_runs_of_wearer", "wearer", "at"),
)

HOLDINGS = (
    Rows(
        "errands",
        errands,
        errands.c.created,
        texts=(errands.c.what, errands.c.last),
        times=(errands.c.created, errands.c.changed, errands.c.due, errands.c.until),
    ),
    Rows("errand_runs", runs, runs.c.at, texts=(runs.c.text,), times=(runs.c.at,)),
)

DOMAIN = Domain("errands", metadata, Path(__file__).parent / "versions", HOLDINGS)
