"""The store's own tables: wearers, devices, turns with their sentences, and the inbox."""

from pathlib import Path

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
)

from lorgnette.store.conversations import Conversations, Timings
from lorgnette.store.domain import Domain
from lorgnette.store.holdings import Rows

metadata = MetaData()

wearers = Table(
    "wearers",
    metadata,
    Column("wearer", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("volume", Double, nullable=False),
    Column("rate", Double, nullable=False),
    Column("created", Double, nullable=False),
    Column("pause", Double, nullable=False, server_default="1"),
    Column("text_size", Double, nullable=False, server_default="1"),
    Column("output", Text, nullable=False, server_default="both"),
    Column("formal", Boolean, nullable=False, server_default=false()),
    # quiet hours as JSON, empty for none
    Column("quiet", Text, nullable=False, server_default=""),
    Column("shareable", Boolean, nullable=False, server_default=false()),
    # the PIN's hash with its salt, empty for none
    Column("pin", Text, nullable=False, server_default=""),
    CheckConstraint("role in ('owner', 'wearer', 'guest')", name="wearers_role"),
)

devices = Table(
    "devices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, ForeignKey("wearers.wearer", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("created", Double, nullable=False),
    Column("last_seen", Double, nullable=False),
    Column("revoked", Boolean, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("transcript", Text, nullable=False),
    Column("typed", Boolean, nullable=False),
    Column("started", Double, nullable=False, index=True),
    Column("touched", Double, nullable=False),
    Column("ended", Double),
    Column("outcome", Text),
    Column("heard", Integer, nullable=False),
    Column("trace", Text),
    Index("turns_of_wearer", "wearer", "started"),
)

sentences = Table(
    "sentences",
    metadata,
    Column("turn", Text, ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("wearer", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("expires", Double, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("created", Double, nullable=False),
    Column("delivered", Double),
    Index("inbox_of_wearer", "wearer", "delivered", "created"),
)

HOLDINGS = (
    Conversations(turns, sentences),
    Timings(turns),
    Rows(
        "messages",
        inbox,
        inbox.c.created,
        texts=(inbox.c.text,),
        times=(inbox.c.created, inbox.c.delivered, inbox.c.expires),
    ),
    Rows(
        "wearer",
        wearers,
        wearers.c.created,
        times=(wearers.c.created,),
        hidden=(wearers.c.pin,),
        account=True,
    ),
    Rows(
        "devices",
        devices,
        devices.c.created,
        times=(devices.c.created, devices.c.last_seen),
        hidden=(devices.c.token_hash,),
        account=True,
    ),
)

CORE = Domain("core", metadata, Path(__file__).parent / "migrations" / "versions", HOLDINGS)
