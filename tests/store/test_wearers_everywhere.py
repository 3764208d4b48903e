"""Every row has its wearer, and a query without one doesn't exist."""

import inspect

from tests.store.databases import DOMAINS

from lorgnette.services.gallery import WearerGallery
from lorgnette.services.notes.lists import WearerLists
from lorgnette.services.notes.notes import WearerNotes
from lorgnette.services.privacy.bound import WearerMemory
from lorgnette.services.schedule import WearerSchedule
from lorgnette.store import Blobs, Devices, Inbox, Journal
from lorgnette.store.tables import CORE

EXCEPTIONS = {
    # the token says who it is
    "Devices.verify",
    # `begin` bound the turn to its wearer; these only write
    "Journal.begin",
    "Journal.sentence",
    "Journal.heard",
    "Journal.end",
    # everybody who is here
    "Blobs.keep_only",
    # what dead hubs left, whose ever it is
    "Blobs.older",
    "Blobs.drop_partial",
    # the message names its wearer; `delivered` only sets a flag on an unguessable id
    "Inbox.put",
    "Inbox.delivered",
}


def public(kind: type) -> dict[str, list[str]]:
    return {
        f"{kind.__name__}.{name}": list(inspect.signature(function).parameters)[1:]
        for name, function in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }


def test_every_table_has_a_wearer_that_is_never_null() -> None:
    tables = [table for domain in (CORE, *DOMAINS) for table in domain.metadata.tables.values()]
    assert len(tables) >= 8
    for table in tables:
        assert not table.c.wearer.nullable, table.name


def test_every_public_function_of_the_store_begins_with_a_wearer() -> None:
    for kind in (Devices, Journal, Inbox, Blobs):
        for name, parameters in public(kind).items():
            assert parameters[:1] == ["wearer"] or name in EXCEPTIONS, name


def test_what_skills_get_is_bound_to_a_wearer_and_takes_none() -> None:
    for kind in (WearerGallery, WearerNotes, WearerLists, WearerSchedule, WearerMemory):
        assert "wearer" in inspect.signature(kind).parameters
        for name, parameters in public(kind).items():
            assert "wearer" not in parameters, name
