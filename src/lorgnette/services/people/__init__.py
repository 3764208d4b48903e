"""Contacts: put in here by vCards, or read from CardDAV servers; and who is meant by a name."""

from lorgnette.services.people.bound import WearerPeople
from lorgnette.services.people.section import ContactsSection
from lorgnette.services.people.service import PeopleService
from lorgnette.services.people.tables import DOMAIN
from lorgnette.services.people.vcard import Card, cards

__all__ = ["DOMAIN", "Card", "ContactsSection", "PeopleService", "WearerPeople", "cards"]
