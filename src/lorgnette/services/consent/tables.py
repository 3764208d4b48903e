"""The tables of questions for consent and of standing rules."""

from pathlib import Path

from sqlalchemy import Column, Double, Index, MetaData, Table, Text

from lorgnette.store import Domain, Rows

metadata = MetaData()

consents = Table(
    "consents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("at", Double, nullable=False),
    # skill and tool
    Column("tool", Text, nullable=False),
    # as it was put
    Column("question", Text, nullable=False),
    # one of those of `sdk.Consent`
    Column("answer", Text, nullable=False),
    # by voice, nod, touch and so on; empty while nobody answered
    Column("how", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("who", Text, nullable=False),
    # whose words were behind it, as JSON
    Column("sources", Text, nullable=False),
    # what was said when it was done
    Column("result", Text, nullable=False),
    Index("consents_of_wearer", "wearer", "at"),
    Index("consents_at", "at"),
)

rules = Table(
    "consent_rules",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Double, nullable=False),
    Index("consent_rules_of_wearer", "wearer", "tool", "recipient", unique=True),
)

HOLDINGS = (
    Rows(
        "consents",
        consents,
        consents.c.at,
        texts=(consents.c.question, consents.c.result),
        times=(consents.c.at,),
    ),
    Rows("rules", rules, rules.c.at, texts=(rules.c.who,), times=(rules.c.at,)),
)

DOMAIN = Domain("consent", metadata, Path(__file__).parent / "versions", HOLDINGS)
