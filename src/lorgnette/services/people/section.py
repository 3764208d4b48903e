"""The section `contacts` of `lorgnette.toml`: accounts on CardDAV servers, and files of vCards."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from lorgnette.config import Section
from lorgnette.services.dav import Account, checked


class ContactsSection(Section, frozen=True, kw_only=True):
    """Address books elsewhere, which are only read. Contacts that are put in here need none of this."""

    accounts: Annotated[
        dict[str, Account],
        Meta(
            extra={"words": "tables [contacts.accounts.NAME] with a url"},
            description="Accounts by a name of your choice, each a table [contacts.accounts.NAME]: url (of a "
            "CardDAV server, or of a .vcf file there or here), user, password (env:NAME or file:/path), "
            "person (whose it is; empty: the owner's).",
        ),
    ] = msgspec.field(default_factory=dict)
    sync_minutes: Annotated[
        float, Meta(ge=1, le=1440, description="Minutes from one look at the accounts to the next.")
    ] = 60.0

    def __post_init__(self) -> None:
        checked("contacts", self.accounts)

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Each account's server."""
        return [(one.url, ("contacts",)) for one in self.accounts.values() if not one.is_file]
