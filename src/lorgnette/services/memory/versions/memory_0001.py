"""Facts, the words by which they are found, their meanings, summaries, and what each wearer wants.

A summary goes in the same moment as the first turn that it tells of, whoever deletes that.
"""

import sqlalchemy as sa
from alembic import op

revision = "memory_0001"
down_revision = None
branch_labels = ("memory",)
depends_on = "core_0001"

GONE = (
    "delete from memory_summaries where wearer = OLD.wearer and began <= OLD.started and ended >= OLD.started"
)


def upgrade() -> None:
    """Make the tables and the trigger."""
    op.create_table(
        "memory_facts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("taint", sa.Text, nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("thread", sa.Text, nullable=False),
        sa.Column("replaced", sa.Double),
        sa.Column("deleted", sa.Double),
    )
    op.create_index("memory_facts_topic", "memory_facts", ["wearer", "topic"])
    op.create_index("memory_facts_newest", "memory_facts", ["wearer", "created", "id"])
    op.create_index("memory_facts_thread", "memory_facts", ["thread"])
    to_fact = sa.ForeignKey("memory_facts.id", ondelete="CASCADE")
    op.create_table(
        "memory_terms",
        sa.Column("wearer", sa.Text, primary_key=True),
        sa.Column("term", sa.Text, primary_key=True),
        sa.Column("fact", sa.Text, to_fact, primary_key=True, index=True),
    )
    op.create_table(
        "memory_vectors",
        sa.Column("fact", sa.Text, sa.ForeignKey("memory_facts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False, index=True),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "memory_summaries",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wearer", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("taint", sa.Text, nullable=False),
        sa.Column("began", sa.Double, nullable=False),
        sa.Column("ended", sa.Double, nullable=False),
    )
    op.create_index("memory_summaries_newest", "memory_summaries", ["wearer", "ended"])
    op.create_table(
        "memory_wishes",
        sa.Column("wearer", sa.Text, primary_key=True),
        sa.Column("facts", sa.Boolean, nullable=False),
        sa.Column("summaries", sa.Boolean, nullable=False),
        sa.Column("changed", sa.Double, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"create function memory_turn_gone() returns trigger as $$ begin {GONE}; return OLD; end $$ "
            "language plpgsql"
        )
        op.execute(
            "create trigger memory_turn_gone after delete on turns "
            "for each row execute function memory_turn_gone()"
        )
    else:
        op.execute(f"create trigger memory_turn_gone after delete on turns begin {GONE}; end")
