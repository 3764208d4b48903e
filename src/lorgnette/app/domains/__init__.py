"""The domains that the hub serves, one file each: a function from the hub to what the domain brings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from lorgnette.app.domains.calendar import calendar
from lorgnette.app.domains.consent import consent
from lorgnette.app.domains.contacts import contacts
from lorgnette.app.domains.convert import convert
from lorgnette.app.domains.errands import errands
from lorgnette.app.domains.home import home
from lorgnette.app.domains.mcp import mcp
from lorgnette.app.domains.memory import memory
from lorgnette.app.domains.messages import messages
from lorgnette.app.domains.news import news
from lorgnette.app.domains.reminders import reminders
from lorgnette.app.domains.search import search
from lorgnette.app.domains.skills import skills
from lorgnette.app.domains.usage import usage
from lorgnette.app.domains.weather import weather
from lorgnette.app.served import Served

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub

DOMAINS: Final[tuple[Callable[["Hub"], Served], ...]] = (
    consent,
    memory,
    messages,
    home,
    reminders,
    calendar,
    contacts,
    usage,
    weather,
    search,
    convert,
    news,
    mcp,
    errands,
    skills,
)
"""In the order in which they start."""
