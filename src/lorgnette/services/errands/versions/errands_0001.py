"""Errands and their runs."""

import sqlalchemy as sa
from alembic import op

revision = "errands_0001"
down_revision = None
branch_labels = ("errands",)
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "errands",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("start", sa.Text, nullable=False),
        sa.Column("due", sa.Double, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("runs", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last", sa.Text, nullable=False),
        sa.Column("taint", sa.Text, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("changed", sa.Double, nullable=False),
    )
    op.create_index("errands_due", "errands", ["status", "due"])
    op.create_index("errands_of_wearer", "errands", ["wearer", "created"])
    op.create_table(
        "errand_runs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("errand", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("ok", sa.Boolean, nullable=False),
        sa.Column("said", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("errand_runs_of_wearer", "errand_runs", ["wearer", "at"])
