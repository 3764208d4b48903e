"""The store: connection, migrations, blobs; wearers, devices, turns, inbox. No domain's tables."""

from lorgnette.store.blobs import Blobs
from lorgnette.store.devices import Devices
from lorgnette.store.domain import Domain
from lorgnette.store.holdings import EVER, Amount, Holding, Leaf, Rows, Span
from lorgnette.store.inbox import Inbox
from lorgnette.store.journal import Journal, Turn
from lorgnette.store.orphans import sweep_files
from lorgnette.store.people import People
from lorgnette.store.retention import Retention, prune
from lorgnette.store.sources import sources_of, sources_written
from lorgnette.store.store import Store
from lorgnette.store.upsert import insert_new
from lorgnette.store.words import clean

__all__ = [
    "EVER",
    "Amount",
    "Blobs",
    "Devices",
    "Domain",
    "Holding",
    "Inbox",
    "Journal",
    "Leaf",
    "People",
    "Retention",
    "Rows",
    "Span",
    "Store",
    "Turn",
    "clean",
    "insert_new",
    "prune",
    "sources_of",
    "sources_written",
    "sweep_files",
]
