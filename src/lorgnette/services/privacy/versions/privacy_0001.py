"""What went out, and wearers' own retention."""

import sqlalchemy as sa
from alembic import op

revision = "privacy_0001"
down_revision = None
branch_labels = ("privacy",)
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "outgoing",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("reach", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
    )
    op.create_index("outgoing_of_wearer", "outgoing", ["wearer", "at"])
    op.create_index("outgoing_at", "outgoing", ["at"])
    op.create_table(
        "keeping",
        sa.Column("wearer", sa.Text, primary_key=True),
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("days", sa.Double, nullable=False),
        sa.Column("since", sa.Double, nullable=False),
    )
