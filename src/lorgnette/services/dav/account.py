"""An account on a CalDAV or CardDAV server, or a file, as `lorgnette.toml` holds it."""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from lorgnette.config import Secret

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,39}")


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One of `[calendar.accounts.NAME]` or `[contacts.accounts.NAME]`."""

    url: Annotated[str, Meta(min_length=1, max_length=2000)]
    user: Annotated[str, Meta(max_length=200)] = ""
    password: Secret = Secret()
    person: Annotated[str, Meta(max_length=60)] = ""
    """Whose it is, by name; empty: the owner's."""
    collection: Annotated[str, Meta(max_length=200)] = ""
    """Into which of several calendars new entries go, by its name; empty: the first that can be written."""

    @property
    def is_file(self) -> bool:
        """On this machine."""
        return "://" not in self.url or self.url.startswith("file://")

    @property
    def is_feed(self) -> bool:
        """One file of a server's, that is only read."""
        return not self.is_file and urlsplit(self.url).path.lower().endswith((".ics", ".vcf"))

    @property
    def host(self) -> str:
        """Where it is; empty for a file."""
        return "" if self.is_file else urlsplit(self.url).hostname or ""


def checked(section: str, accounts: dict[str, Account]) -> None:
    """ValueError says which account can't be right."""
    for name, account in accounts.items():
        if not NAME.fullmatch(name):
            raise ValueError(f"accounts: {name!r} is no name for an account in [{section}]")
        if account.is_file:
            continue
        parts = urlsplit(account.url.replace("webcal://", "https://", 1))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(
                f"accounts.{name}: the url must begin with https://, http://, webcal:// or file://"
            )
        if parts.username or parts.password:
            raise ValueError(f"accounts.{name}: user and password have keys of their own, not the url")
