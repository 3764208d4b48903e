"""Named places, and where a wearer was in the last day."""

import sqlalchemy as sa
from alembic import op

revision = "places_0001"
down_revision = None
branch_labels = ("places",)
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "places",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("latitude", sa.Double, nullable=False),
        sa.Column("longitude", sa.Double, nullable=False),
        sa.Column("radius", sa.Double, nullable=False),
        sa.Column("inside", sa.Boolean),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("deleted", sa.Double),
    )
    op.create_index("places_of_wearer", "places", ["wearer", "key"])
    op.create_table(
        "whereabouts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("latitude", sa.Double, nullable=False),
        sa.Column("longitude", sa.Double, nullable=False),
        sa.Column("accuracy", sa.Double, nullable=False),
    )
    op.create_index("whereabouts_of_wearer", "whereabouts", ["wearer", "at"])
