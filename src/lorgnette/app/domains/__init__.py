"""The domains that the hub serves, one file each: a function from the hub to what the domain brings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from lorgnette.app.domains.reminders import reminders
from lorgnette.app.served import Served

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub

DOMAINS: Final[tuple[Callable[["Hub"], Served], ...]] = (reminders,)
"""In the order in which they start."""
