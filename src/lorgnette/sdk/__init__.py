"""What a skill or a provider is written against."""

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.lines import one_line
from lorgnette.core.money import Money
from lorgnette.core.quiet import DAYS, QuietHours
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
from lorgnette.core.taint import Source, Taint
from lorgnette.sdk.camera import Camera, Gallery, Shot
from lorgnette.sdk.consent import Consent, Consents, Offer, Rule
from lorgnette.sdk.context import Context, Control
from lorgnette.sdk.facts import Fact, Facts, Recalled, Remembered
from lorgnette.sdk.kinds import (
    ONCE,
    BarePercent,
    Currency,
    Expression,
    Figure,
    FreeName,
    FreeText,
    FullDate,
    HalfDay,
    OneOf,
    Ordinal,
    Percent,
    PersonName,
    PlaceName,
    Quantity,
    Recurrence,
    Unit,
)
from lorgnette.sdk.local_model import FoundModel, LocalModel
from lorgnette.sdk.memory import Held, Memory
from lorgnette.sdk.messages import Messages, Priority, Received, Recipient
from lorgnette.sdk.notes import ListItem, Lists, Note, Notes
from lorgnette.sdk.reply import Choice, Phrase, Reply, Spoken, Undo
from lorgnette.sdk.saying import short_date, split_list
from lorgnette.sdk.schedule import Item, Schedule
from lorgnette.sdk.skill import Effect, Parameter, Skill, Tool, tool

__all__ = [
    "DAYS",
    "ONCE",
    "Arrow",
    "BarePercent",
    "Camera",
    "Caption",
    "Card",
    "Choice",
    "Consent",
    "Consents",
    "Context",
    "Control",
    "Currency",
    "Effect",
    "Expression",
    "Fact",
    "Facts",
    "Figure",
    "FoundModel",
    "FreeName",
    "FreeText",
    "FullDate",
    "Gallery",
    "HalfDay",
    "Held",
    "Item",
    "Label",
    "ListItem",
    "ListScene",
    "Lists",
    "LocalModel",
    "Memory",
    "Messages",
    "Money",
    "NotFound",
    "Note",
    "Notes",
    "Offer",
    "OneOf",
    "Ordinal",
    "Parameter",
    "Percent",
    "PersonName",
    "Phrase",
    "Picture",
    "PlaceName",
    "Priority",
    "Progress",
    "QRCode",
    "Quantity",
    "QuietHours",
    "Recalled",
    "Received",
    "Recipient",
    "Recurrence",
    "Remembered",
    "Reply",
    "Rule",
    "Scene",
    "Schedule",
    "Shot",
    "Skill",
    "SkillError",
    "Source",
    "Spoken",
    "Taint",
    "Tool",
    "Undo",
    "Unit",
    "one_line",
    "short_date",
    "split_list",
    "tool",
]
