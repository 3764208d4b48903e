"""The table of contacts."""

from pathlib import Path

from sqlalchemy import Column, Double, Index, MetaData, Table, Text

from lorgnette.services.people.written import contacts_written
from lorgnette.store import Domain, Rows

metadata = MetaData()

contacts = Table(
    "contacts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    # name of the account; empty for what was put in here
    Column("account", Text, nullable=False),
    Column("collection", Text, nullable=False),
    Column("href", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("name", Text, nullable=False),
    # what is understood of the card, as JSON, and its text
    Column("person", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("created", Double, nullable=False),
    Index("contacts_of_wearer", "wearer", "account", "uid"),
)

HOLDINGS = (
    Rows(
        "contacts",
        contacts,
        contacts.c.created,
        texts=(contacts.c.card,),
        times=(contacts.c.created,),
        hidden=(contacts.c.person, contacts.c.etag),
        render=contacts_written,
    ),
)

DOMAIN = Domain("people", metadata, Path(__file__).parent / "versions", HOLDINGS)
