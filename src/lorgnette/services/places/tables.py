"""The tables of named places, and of where a wearer was in the last day."""

from pathlib import Path

from sqlalchemy import Boolean, Column, Double, Index, MetaData, Table, Text

from lorgnette.store import Domain, Rows

metadata = MetaData()

places = Table(
    "places",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("name", Text, nullable=False),
    # the name as it is looked for
    Column("key", Text, nullable=False),
    Column("latitude", Double, nullable=False),
    Column("longitude", Double, nullable=False),
    Column("radius", Double, nullable=False),
    # whether the wearer is there, as it was last known
    Column("inside", Boolean),
    Column("created", Double, nullable=False),
    Column("deleted", Double),
    Index("places_of_wearer", "wearer", "key"),
)

whereabouts = Table(
    "whereabouts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("latitude", Double, nullable=False),
    Column("longitude", Double, nullable=False),
    Column("accuracy", Double, nullable=False),
    Index("whereabouts_of_wearer", "wearer", "at"),
)

HOLDINGS = (
    Rows(
        "places",
        places,
        places.c.created,
        texts=(places.c.name,),
        times=(places.c.created, places.c.deleted),
        hidden=(places.c.key,),
    ),
    Rows("whereabouts", whereabouts, whereabouts.c.at, times=(whereabouts.c.at,)),
)

DOMAIN = Domain("places", metadata, Path(__file__).parent / "versions", HOLDINGS)
