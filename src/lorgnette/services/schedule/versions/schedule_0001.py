"""Timers, alarms and reminders."""

import sqlalchemy as sa
from alembic import op

revision = "schedule_0001"
down_revision = None
branch_labels = ("schedule",)
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "schedule",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("due", sa.Double, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("start", sa.Text, nullable=False),
        sa.Column("total", sa.Double, nullable=False),
        sa.Column("remaining", sa.Double, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("was", sa.Text, nullable=False),
        sa.Column("rung", sa.Double, nullable=False),
        sa.Column("lease", sa.Text, nullable=False),
        sa.Column("leased", sa.Double, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("changed", sa.Double, nullable=False),
    )
    op.create_index("schedule_of_wearer", "schedule", ["wearer", "status"])
    op.create_index("schedule_due", "schedule", ["status", "due"])
