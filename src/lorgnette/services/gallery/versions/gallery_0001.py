"""Pictures, films, and whether a wearer wants places with them."""

import sqlalchemy as sa
from alembic import op

revision = "gallery_0001"
down_revision = None
branch_labels = ("gallery",)
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "gallery",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("mime", sa.Text, nullable=False),
        sa.Column("original", sa.Text, nullable=False),
        sa.Column("thumb", sa.Text, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("taken", sa.Double, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("deleted", sa.Double),
    )
    op.create_index("gallery_newest", "gallery", ["wearer", "taken", "id"])
    op.create_table(
        "gallery_wishes",
        sa.Column("wearer", sa.Text, primary_key=True),
        sa.Column("places", sa.Boolean, nullable=False),
        sa.Column("changed", sa.Double, nullable=False),
    )
