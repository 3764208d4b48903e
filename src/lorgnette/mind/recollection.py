"""What a wearer's memory gives to a prompt, and what it is told of conversations."""

from dataclasses import dataclass
from typing import Protocol

from lorgnette.core.taint import CLEAN, Taint
from lorgnette.mind.request import Request


@dataclass(frozen=True, slots=True)
class Recollected:
    """A few lines for the model, empty for none; `taint`: whose words are in them beside the wearer's."""

    text: str = ""
    taint: Taint = CLEAN


class Recollection(Protocol):
    """The memory of all wearers, as the mind asks it."""

    async def for_prompt(self, wearer: str, request: Request) -> Recollected:
        """What may help to answer, bounded and soon; nothing private, nothing where it is switched off."""
        ...

    def heard(self, request: Request, taint: Taint) -> None:
        """A request was answered; `taint`: whose words are in the conversation with it. Returns at once."""
        ...
