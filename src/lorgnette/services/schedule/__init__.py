"""Timers, alarms and reminders that survive: what is due rings once, on the right clock."""

from lorgnette.services.schedule.bound import WearerSchedule
from lorgnette.services.schedule.service import OnDue, ScheduleService
from lorgnette.services.schedule.tables import DOMAIN

__all__ = ["DOMAIN", "OnDue", "ScheduleService", "WearerSchedule"]
