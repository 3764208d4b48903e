"""Notes and lists: words where they are known, else the sound until somebody writes it down."""

from lorgnette.services.notes.lists import WearerLists
from lorgnette.services.notes.notes import WearerNotes
from lorgnette.services.notes.service import NotesService
from lorgnette.services.notes.tables import DOMAIN

__all__ = ["DOMAIN", "NotesService", "WearerLists", "WearerNotes"]
