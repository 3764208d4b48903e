"""What came in, what is sent, and how far each way has read."""

import sqlalchemy as sa
from alembic import op

revision = "messages_0001"
down_revision = None
branch_labels = ("messages",)
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "received",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("priority", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("read", sa.Boolean, nullable=False),
    )
    op.create_index("received_once", "received", ["wearer", "channel", "key"], unique=True)
    op.create_index("received_newest", "received", ["wearer", "at"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("due", sa.Double, nullable=False),
    )
    op.create_index("outbox_once", "outbox", ["wearer", "key"], unique=True)
    op.create_index("outbox_due", "outbox", ["state", "due"])
    op.create_table(
        "message_marks",
        sa.Column("wearer", sa.Text, primary_key=True),
        sa.Column("way", sa.Text, primary_key=True),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("changed", sa.Double, nullable=False),
    )
