"""Reminders by time and by place."""

from lorgnette.services.reminders.bound import WearerReminders
from lorgnette.services.reminders.service import ReminderService
from lorgnette.services.reminders.tables import DOMAIN

__all__ = ["DOMAIN", "ReminderService", "WearerReminders"]
