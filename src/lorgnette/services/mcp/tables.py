"""The tables of outside servers and their approved tools, of agents' tokens, and of what was used when."""

from pathlib import Path

from sqlalchemy import Boolean, Column, Double, Index, Integer, MetaData, Table, Text

from lorgnette.store import Domain, Rows

metadata = MetaData()

servers = Table(
    "mcp_servers",
    metadata,
    Column("id", Text, primary_key=True),
    # whose it is; `everyone`: the whole household's
    Column("wearer", Text, nullable=False),
    Column("everyone", Boolean, nullable=False),
    Column("name", Text, nullable=False, unique=True),
    # how it is reached: `Place` as JSON; secrets by reference
    Column("place", Text, nullable=False),
    Column("working", Boolean, nullable=False),
    Column("created", Double, nullable=False),
)

tools = Table(
    "mcp_tools",
    metadata,
    Column("server", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    # what was approved, and its hash
    Column("definition", Text, nullable=False),
    Column("digest", Text, nullable=False),
    # what the server says now, where it is something else; empty: the same
    Column("changed", Text, nullable=False),
    Column("effect", Text, nullable=False),
    # the approver's own words for the model; `theirs`: the server's own are shown to it
    Column("words", Text, nullable=False),
    Column("theirs", Boolean, nullable=False),
    Column("working", Boolean, nullable=False),
    Column("approved", Double, nullable=False),
    Column("used", Double, nullable=False),
)

logins = Table(
    "mcp_logins",
    metadata,
    Column("server", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("tokens", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("changed", Double, nullable=False),
)

agents = Table(
    "mcp_agents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    # what it may ask for, and for which of these the wearer said yes: words with a comma between
    Column("scopes", Text, nullable=False),
    Column("allowed", Text, nullable=False),
    Column("created", Double, nullable=False),
    Column("expires", Double, nullable=False),
    Column("used", Double, nullable=False),
    Index("mcp_agents_of_wearer", "wearer"),
)

uses = Table(
    "mcp_uses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("wearer", Text, nullable=False),
    Column("at", Double, nullable=False),
    # out: an outside tool was used; in: an outside agent came
    Column("way", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("how", Text, nullable=False),
    Index("mcp_uses_of_wearer", "wearer", "at"),
)

HOLDINGS = (
    Rows(
        "outside-servers",
        servers,
        servers.c.created,
        times=(servers.c.created,),
        account=True,
    ),
    Rows(
        "outside-tools",
        tools,
        tools.c.approved,
        times=(tools.c.approved, tools.c.used),
        hidden=(tools.c.changed,),
        account=True,
    ),
    Rows(
        "outside-logins",
        logins,
        logins.c.changed,
        times=(logins.c.changed,),
        hidden=(logins.c.tokens, logins.c.client),
        account=True,
    ),
    Rows(
        "outside-agents",
        agents,
        agents.c.created,
        times=(agents.c.created, agents.c.expires, agents.c.used),
        hidden=(agents.c.hash,),
        account=True,
    ),
    Rows("outside-uses", uses, uses.c.at, times=(uses.c.at,), hidden=(uses.c.id,)),
)

DOMAIN = Domain("mcp", metadata, Path(__file__).parent / "versions", HOLDINGS)
