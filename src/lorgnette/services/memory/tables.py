"""The tables of facts, of the words by which they are found, and of what is derived from conversations."""

from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

facts = Table(
    "memory_facts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    # fact or parking
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    # what it is about as it was said, and the key under which a newer one takes its place; empty: none does
    Column("subject", Text, nullable=False),
    Column("topic", Text, nullable=False),
    # whose words they are, as JSON; empty: the wearer's own
    Column("taint", Text, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("created", Double, nullable=False),
    # versions of one fact have the thread of the first
    Column("thread", Text, nullable=False),
    Column("replaced", Double),
    Column("deleted", Double),
    Index("memory_facts_topic", "wearer", "topic"),
    Index("memory_facts_newest", "wearer", "created", "id"),
    Index("memory_facts_thread", "thread"),
)

terms = Table(
    "memory_terms",
    metadata,
    Column("wearer", Text, primary_key=True),
    Column("term", Text, primary_key=True),
    Column("fact", Text, ForeignKey("memory_facts.id", ondelete="CASCADE"), primary_key=True, index=True),
)

vectors = Table(
    "memory_vectors",
    metadata,
    Column("fact", Text, ForeignKey("memory_facts.id", ondelete="CASCADE"), primary_key=True),
    Column("wearer", Text, nullable=False, index=True),
    Column("model", Text, nullable=False),
    # float32, little-endian, of length 1
    Column("vector", LargeBinary, nullable=False),
)

summaries = Table(
    "memory_summaries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("taint", Text, nullable=False),
    # of the first and of the last turn that it tells of
    Column("began", Double, nullable=False),
    Column("ended", Double, nullable=False),
    Index("memory_summaries_newest", "wearer", "ended"),
)

wishes = Table(
    "memory_wishes",
    metadata,
    Column("wearer", Text, primary_key=True),
    Column("facts", Boolean, nullable=False),
    Column("summaries", Boolean, nullable=False),
    Column("changed", Double, nullable=False),
)

VERSIONS = Path(__file__).parent / "versions"
