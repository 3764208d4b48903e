"""Contacts as an export hands them out: one file that any address book reads."""

from collections.abc import Iterator, Sequence
from typing import Any

from lorgnette.store import Leaf


def contacts_written(rows: Sequence[dict[str, Any]]) -> Iterator[Leaf]:
    """`contacts.vcf`."""
    if rows:
        yield Leaf("contacts/contacts.vcf", (str(row["card"]).encode() for row in rows))
