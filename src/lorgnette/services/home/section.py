"""The section `home` of `lorgnette.toml`."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from lorgnette.config import Secret, Section


class HomeSection(Section, frozen=True, kw_only=True):
    """The smart home, by Home Assistant's REST API. Guests have no hand in it."""

    url: Annotated[str, Meta(description="Home Assistant, as http://homeassistant.local:8123.")] = ""
    token: Annotated[Secret, Meta(description="A long-lived access token, made on its profile page.")] = (
        Secret()
    )

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Home Assistant."""
        return ((self.url, ("inquiry",)),) if self.url else ()
