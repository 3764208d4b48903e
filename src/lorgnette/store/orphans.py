"""Files that nothing names any more: a hub that died between its rows and their files left them."""

import asyncio
import re
from collections import defaultdict
from typing import Final

from sqlalchemy import Connection, MetaData, String, func, select

from lorgnette.store.store import Store

_NAMES: Final = re.compile(r"[0-9a-f]{64}")


async def sweep_files(store: Store, before: float) -> int:
    """Delete blobs that were put before then (epoch seconds) and that no row names; how many went."""
    old = await asyncio.to_thread(store.blobs.older, before)
    if not old:
        return 0
    named = await store.read(_named)
    lost = [(wearer, name) for wearer, names in old.items() for name in names - named[wearer]]
    return await asyncio.to_thread(lambda: sum(store.blobs.drop(*one, before) for one in lost))


def _named(connection: Connection) -> defaultdict[str, set[str]]:
    """Names by wearer, from every table that there is: a service that isn't installed keeps its files."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    there = MetaData()
    there.reflect(connection)
    for table in there.sorted_tables:
        wearer = table.c.get("wearer")
        texts = [column for column in table.c if isinstance(column.type, String)]
        for column in texts if wearer is not None else ():
            rows = select(table.c.wearer, column).where(func.length(column) >= 64)
            for whose, text in connection.execute(rows):
                found[whose].update(_NAMES.findall(text))
    return found
