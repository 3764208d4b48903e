"""Wearers say how they like it: pauses, text size, output, form of address, quiet hours, shared devices."""

import sqlalchemy as sa
from alembic import op

revision = "core_0002"
down_revision = "core_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; who was there keeps everything as it was."""
    for column in (
        sa.Column("pause", sa.Double, nullable=False, server_default="1"),
        sa.Column("text_size", sa.Double, nullable=False, server_default="1"),
        sa.Column("output", sa.Text, nullable=False, server_default="both"),
        sa.Column("formal", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("quiet", sa.Text, nullable=False, server_default=""),
        sa.Column("shareable", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("pin", sa.Text, nullable=False, server_default=""),
    ):
        op.add_column("wearers", column)
