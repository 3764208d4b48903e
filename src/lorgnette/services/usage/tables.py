"""The table of what the language model was used, by wearer, day and model."""

from pathlib import Path

from sqlalchemy import BigInteger, Column, Double, MetaData, Table, Text

from lorgnette.store import Domain, Rows

metadata = MetaData()

used = Table(
    "model_usage",
    metadata,
    # empty: the hub's own
    Column("wearer", Text, primary_key=True),
    # the beginning of the day, UTC
    Column("day", Double, primary_key=True),
    Column("model", Text, primary_key=True),
    Column("requests", BigInteger, nullable=False),
    Column("input", BigInteger, nullable=False),
    Column("output", BigInteger, nullable=False),
    Column("cached", BigInteger, nullable=False),
    # millionths of the currency that prices are in
    Column("cost", BigInteger, nullable=False),
)

# it goes with the wearer, not before: a limit that can be forgotten is none
HOLDINGS = (Rows("usage", used, used.c.day, times=(used.c.day,), account=True),)

DOMAIN = Domain("usage", metadata, Path(__file__).parent / "versions", HOLDINGS)
