"""Outside servers that hear what their tools are asked, as the store of a hub has them; it is only read."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from lorgnette.doctor.egress import Listener, service


class _Place(msgspec.Struct):
    url: str = ""


def outside(file: Path) -> Iterator[Listener]:
    """Those of an SQLite store, switched off ones left out; nothing where there is no store yet."""
    if not file.is_file():
        return
    for name, place in _rows(file):
        url = msgspec.json.decode(place, type=_Place).url
        if url:
            yield service(name, url, ("question",))


def _rows(file: Path) -> list[tuple[Any, ...]]:
    query = "SELECT name, place FROM mcp_servers WHERE working ORDER BY name"
    try:
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=2.0)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return []  # a store from before there were any
