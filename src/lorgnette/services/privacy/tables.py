"""The tables of what went out and of how long each wearer wants things kept."""

from pathlib import Path

from sqlalchemy import Column, Double, Index, Integer, MetaData, Table, Text

from lorgnette.store import Domain, Rows

metadata = MetaData()

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", Integer, primary_key=True),
    # empty: the hub's own
    Column("wearer", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("host", Text, nullable=False),
    # machine, network, beyond
    Column("reach", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("how", Text, nullable=False),
    Index("outgoing_of_wearer", "wearer", "at"),
    Index("outgoing_at", "at"),
)

keeping = Table(
    "keeping",
    metadata,
    Column("wearer", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("days", Double, nullable=False),
    Column("since", Double, nullable=False),
)

HOLDINGS = (
    Rows("outgoing", outgoing, outgoing.c.at, times=(outgoing.c.at,), hidden=(outgoing.c.id,)),
    Rows("keeping", keeping, keeping.c.since, times=(keeping.c.since,), account=True),
)

DOMAIN = Domain("privacy", metadata, Path(__file__).parent / "versions", HOLDINGS)
