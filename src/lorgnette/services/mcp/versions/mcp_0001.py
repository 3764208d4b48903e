"""Outside servers, their tools and logins, agents' tokens, and the log of uses."""

import sqlalchemy as sa
from alembic import op

revision = "mcp_0001"
down_revision = None
branch_labels = ("mcp",)
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "mcp_servers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("everyone", sa.Boolean, nullable=False),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("working", sa.Boolean, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
    )
    op.create_table(
        "mcp_tools",
        sa.Column("server", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("effect", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("theirs", sa.Boolean, nullable=False),
        sa.Column("working", sa.Boolean, nullable=False),
        sa.Column("approved", sa.Double, nullable=False),
        sa.Column("used", sa.Double, nullable=False),
    )
    op.create_table(
        "mcp_logins",
        sa.Column("server", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("tokens", sa.Text, nullable=False),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("changed", sa.Double, nullable=False),
    )
    op.create_table(
        "mcp_agents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("allowed", sa.Text, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("expires", sa.Double, nullable=False),
        sa.Column("used", sa.Double, nullable=False),
    )
    op.create_index("mcp_agents_of_wearer", "mcp_agents", ["wearer"])
    op.create_table(
        "mcp_uses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
    )
    op.create_index("mcp_uses_of_wearer", "mcp_uses", ["wearer", "at"])
