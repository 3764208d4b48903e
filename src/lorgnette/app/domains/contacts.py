"""Contacts: accounts are looked at as long as the hub lives."""

from typing import TYPE_CHECKING

from lorgnette.api.contacts import ContactsApi
from lorgnette.app.served import Served
from lorgnette.sdk.people import People
from lorgnette.services.people import ContactsSection, PeopleService

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


def contacts(hub: "Hub") -> Served:
    """Those that were put in here by themselves; those of [contacts.accounts] with them."""
    service = PeopleService(hub.store, hub.settings.section(ContactsSection), hub.privacy.log.note)
    return Served(
        bound={People: service.of},
        api=ContactsApi(service),
        forgotten=service.forgotten,
        start=service.start,
        run=service.run,
        close=service.close,
    )
