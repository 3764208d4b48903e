"""The section `calendar` of `lorgnette.toml`: accounts on CalDAV servers, and calendars to read."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from lorgnette.config import Section
from lorgnette.services.dav import Account, checked


class CalendarSection(Section, frozen=True, kw_only=True):
    """Calendars elsewhere. The hub's own calendar needs none of this."""

    accounts: Annotated[
        dict[str, Account],
        Meta(
            extra={"words": "tables [calendar.accounts.NAME] with a url"},
            description="Accounts by a name of your choice, each a table [calendar.accounts.NAME]: url (a "
            "CalDAV server, or an .ics file there or here: those are only read), user, password (env:NAME "
            "or file:/path), person (whose it is; empty: the owner's), collection (into which of its "
            "calendars new entries go).",
        ),
    ] = msgspec.field(default_factory=dict)
    sync_minutes: Annotated[
        float, Meta(ge=1, le=1440, description="Minutes from one look at the accounts to the next.")
    ] = 15.0

    def __post_init__(self) -> None:
        checked("calendar", self.accounts)

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Each account's server."""
        return [(one.url, ("calendar",)) for one in self.accounts.values() if not one.is_file]
