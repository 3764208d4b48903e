"""The tables of notes and of list items."""

from pathlib import Path

from sqlalchemy import Boolean, Column, Double, Index, Integer, MetaData, Table, Text

from lorgnette.services.notes.written import lists_written, notes_written
from lorgnette.store import Domain, Rows

metadata = MetaData()

notes = Table(
    "notes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    # the text as it is searched: folded in Python, so that both databases find the same
    Column("folded", Text, nullable=False),
    # name of the blob with the sound, empty if there is none
    Column("audio", Text, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("created", Double, nullable=False),
    Column("deleted", Double),
    Index("notes_number", "wearer", "number", unique=True),
)

items = Table(
    "list_items",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    # the list's name as it was first said, and folded
    Column("list", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("audio", Text, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("created", Double, nullable=False),
    Column("deleted", Double),
    Index("list_items_of_list", "wearer", "key", "position"),
)

HOLDINGS = (
    Rows(
        "notes",
        notes,
        notes.c.created,
        texts=(notes.c.text,),
        times=(notes.c.created, notes.c.deleted),
        hidden=(notes.c.folded,),
        blob=notes.c.audio,
        shared=(items.c.audio,),
        render=notes_written,
    ),
    Rows(
        "lists",
        items,
        items.c.created,
        texts=(items.c.text,),
        times=(items.c.created, items.c.deleted),
        blob=items.c.audio,
        shared=(notes.c.audio,),
        render=lists_written,
    ),
)

DOMAIN = Domain("notes", metadata, Path(__file__).parent / "versions", HOLDINGS)
