"""The calendar: the wearer's own here, and those of their accounts on CalDAV servers and in files."""

from lorgnette.services.calendar.bound import WearerCalendar
from lorgnette.services.calendar.section import CalendarSection
from lorgnette.services.calendar.service import AccountStatus, CalendarService
from lorgnette.services.calendar.tables import DOMAIN

__all__ = ["DOMAIN", "AccountStatus", "CalendarSection", "CalendarService", "WearerCalendar"]
