"""A taint as a column holds it: its sources as JSON; empty for the wearer's own words."""

import msgspec

from lorgnette.core.taint import CLEAN, Source, Taint


def sources_written(taint: Taint, most: int | None = None) -> str:
    """In one order, whatever the set's. `most`: so many are named; what is made of more is as bad."""
    named = sorted(taint, key=lambda one: (one.kind, one.name))[:most]
    return msgspec.json.encode(named).decode() if named else ""


def sources_of(column: str) -> Taint:
    """The other way round."""
    return frozenset(msgspec.json.decode(column, type=list[Source])) if column else CLEAN
