"""The tables of pictures and films, and of what each wearer wants of them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    or_,
    select,
)

metadata = MetaData()

shots = Table(
    "gallery",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    # photo or film
    Column("kind", Text, nullable=False),
    # what its first bytes say it is, never what a device says
    Column("mime", Text, nullable=False),
    # names of blobs; `original` is empty while a film is being taken, `thumb` where there is none
    Column("original", Text, nullable=False),
    Column("thumb", Text, nullable=False),
    # a film may be larger than what a PostgreSQL INTEGER counts
    Column("bytes", BigInteger, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("taken", Double, nullable=False),
    Column("device", Text, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("deleted", Double),
    Index("gallery_newest", "wearer", "taken", "id"),
)

wishes = Table(
    "gallery_wishes",
    metadata,
    Column("wearer", Text, primary_key=True),
    # whether places are kept with pictures
    Column("places", Boolean, nullable=False),
    Column("changed", Double, nullable=False),
)


def named(connection: Connection, wearer: str, name: str) -> bool:
    """Whether a row of this wearer still needs the blob."""
    using = or_(shots.c.original == name, shots.c.thumb == name)
    query = select(shots.c.id).where(shots.c.wearer == wearer, using).limit(1)
    return connection.execute(query).first() is not None
