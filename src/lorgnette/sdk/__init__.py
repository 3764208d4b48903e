"""What a skill or a provider is written against."""

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.scenes import (
    Arrow,
    Caption,
    Card,
    Label,
    ListScene,
    Picture,
    Progress,
    QRCode,
    Scene,
)
from lorgnette.sdk.context import Context, Control
from lorgnette.sdk.kinds import FreeText, FullDate, HalfDay, OneOf, Percent, Recurrence
from lorgnette.sdk.notes import ListItem, Lists, Note, Notes
from lorgnette.sdk.reply import Reply, Spoken, Undo
from lorgnette.sdk.schedule import Item, Schedule
from lorgnette.sdk.skill import Effect, Parameter, Skill, Tool, tool

__all__ = [
    "Arrow",
    "Caption",
    "Card",
    "Context",
    "Control",
    "Effect",
    "FreeText",
    "FullDate",
    "HalfDay",
    "Item",
    "Label",
    "ListItem",
    "ListScene",
    "Lists",
    "NotFound",
    "Note",
    "Notes",
    "OneOf",
    "Parameter",
    "Percent",
    "Picture",
    "Progress",
    "QRCode",
    "Recurrence",
    "Reply",
    "Scene",
    "Schedule",
    "Skill",
    "SkillError",
    "Spoken",
    "Tool",
    "Undo",
    "tool",
]
