"""Notes and list items."""

import sqlalchemy as sa
from alembic import op

revision = "notes_0001"
down_revision = None
branch_labels = ("notes",)
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "notes",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("audio", sa.Text, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("deleted", sa.Double),
    )
    op.create_index("notes_number", "notes", ["wearer", "number"], unique=True)
    op.create_table(
        "list_items",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("audio", sa.Text, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("deleted", sa.Double),
    )
    op.create_index("list_items_of_list", "list_items", ["wearer", "key", "position"])
