"""For trying skills: a wearer to talk as, services in memory, a clock moved by hand, dialogues as data."""

from lorgnette.kit.control import MemoryControl
from lorgnette.kit.devices import FORMS
from lorgnette.kit.dialogue import Dialogue, Turn, dialogues_of, read_dialogues
from lorgnette.kit.facts import MemoryFacts
from lorgnette.kit.gallery import MemoryGallery
from lorgnette.kit.notes import MemoryLists, MemoryNotes
from lorgnette.kit.play import Played, Stage
from lorgnette.kit.schedule import MemorySchedule
from lorgnette.kit.talk import NOON, Talk

__all__ = [
    "FORMS",
    "NOON",
    "Dialogue",
    "MemoryControl",
    "MemoryFacts",
    "MemoryGallery",
    "MemoryLists",
    "MemoryNotes",
    "MemorySchedule",
    "Played",
    "Stage",
    "Talk",
    "Turn",
    "dialogues_of",
    "read_dialogues",
]
