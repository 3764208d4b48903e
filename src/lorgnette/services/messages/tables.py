"""The tables of what came in and of what is sent."""

from pathlib import Path

from sqlalchemy import Boolean, Column, Double, Index, Integer, MetaData, Table, Text

from lorgnette.store import Domain, Rows

metadata = MetaData()

received = Table(
    "received",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    # the sender's own name for it: the same again replaces it
    Column("key", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("read", Boolean, nullable=False),
    Index("received_once", "wearer", "channel", "key", unique=True),
    Index("received_newest", "wearer", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    # waiting, going, sent, failed
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("created", Double, nullable=False),
    Column("due", Double, nullable=False),
    Index("outbox_once", "wearer", "key", unique=True),
    Index("outbox_due", "state", "due"),
)

marks = Table(
    "message_marks",
    metadata,
    Column("wearer", Text, primary_key=True),
    Column("way", Text, primary_key=True),
    # how far the way has read its server
    Column("mark", Text, nullable=False),
    Column("changed", Double, nullable=False),
)

HOLDINGS = (
    Rows(
        "received",
        received,
        received.c.at,
        texts=(received.c.sender, received.c.title, received.c.text),
        times=(received.c.at,),
        hidden=(received.c.key,),
    ),
    Rows(
        "sent",
        outbox,
        outbox.c.created,
        texts=(outbox.c.name, outbox.c.text),
        times=(outbox.c.created, outbox.c.due),
        hidden=(outbox.c.key,),
    ),
    Rows("message_marks", marks, marks.c.changed, times=(marks.c.changed,), account=True),
)

DOMAIN = Domain("messages", metadata, Path(__file__).parent / "versions", HOLDINGS)
