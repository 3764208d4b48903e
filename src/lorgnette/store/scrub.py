"""Making sure that what was deleted is in no byte of the store's files any more.

SQLite zeroes deleted rows (`secure_delete`), but moving rows between pages can leave pieces of them behind,
and old pages stay in the write-ahead log until it is folded in. A vacuum writes the file anew.
"""

from sqlalchemy import Connection

LARGEST = 512 << 20
"""Bytes of a store that is rewritten unasked; a larger one only when somebody forgets something."""


def scrub(connection: Connection, *, anew: bool) -> bool:
    """Outside a transaction. `anew`: rewrite the whole file. False: a reader kept the log from being cut."""
    if connection.dialect.name != "sqlite":
        return True  # PostgreSQL has its own vacuum
    raw = connection.connection.dbapi_connection
    assert raw is not None
    cursor = raw.cursor()
    try:
        if anew:
            cursor.execute("VACUUM")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        cursor.close()
    return not busy
