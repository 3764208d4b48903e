"""Whether a sentence that fits is believed: by what it explains, what its tool does, what the parser sees."""

from dataclasses import dataclass
from typing import Final

from lorgnette.mind.match import Match
from lorgnette.sdk.skill import Effect

WHOLE: Final = 1.0
"""Share of an utterance that a sentence explains word by word, if all of it."""
MOSTLY: Final = 0.8
"""Share from which a sentence is believed if its tool is also what the parser thinks likeliest."""
BROAD: Final = ("cancel_all_", "clear_", "delete_", "forget_")
"""What the names of tools begin with that take away much, or what somebody wrote."""
ORDERS: Final = {"do_regularly": 0.0, "do_later": 0.0, "watch_for": 0.25}
"""Tools whose free text is itself a request, which the parser sees instead; and what is enough for them."""
CLOCKS: Final = frozenset(("set_alarm", "set_timer", "wake_in", "remind_me"))
"""What has a time of its own: where it is likely, a sentence of `ORDERS` is not."""
FOREIGN: Final = "~"
"""What a label begins with for which no tool is meant."""
ENOUGH: Final[dict[Effect, float]] = {"read": 0.4}
"""What the parser gives a tool whose sentence fits with free text, so that it is believed; by effect …"""
ENOUGH_OTHERWISE: Final = 0.75
ENOUGH_LEADING: Final = 0.5
"""… at least this where the utterance begins with the free text …"""
ENOUGH_BROAD: Final = 0.8
ENOUGH_BROAD_WHOLE: Final = 0.7
"""… and of tools that take away much, these: with free text, and without."""
OPEN: Final = 0.3
"""Where nothing else gets this much, the parser has no opinion, and the sentence is believed unless it is
for the web."""
LEAST: Final = 0.1
AGAINST: Final = 0.8
"""A sentence without free text is only doubted where its tool gets less than `LEAST`, and more than this
says that it is for no tool."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the parser gives a tool, before calibration, and the likeliest other label."""

    share: float
    rival: str
    against: float


def believed(match: Match, effect: Effect, opinion: Opinion, *, leads: bool) -> bool:
    """`leads`: whether the utterance begins with free text of the call."""
    broad = match.tool.startswith(BROAD)
    foreign = opinion.rival.startswith(FOREIGN) and opinion.against >= AGAINST
    if match.confidence >= WHOLE:
        return opinion.share >= (ENOUGH_BROAD_WHOLE if broad else LEAST) or not (broad or foreign)
    if broad:
        return opinion.share >= ENOUGH_BROAD
    if match.tool in ORDERS:
        likely = opinion.share >= ORDERS[match.tool] and not foreign
        return likely and (opinion.share >= opinion.against or opinion.rival not in CLOCKS)
    enough = ENOUGH.get(effect, ENOUGH_OTHERWISE)
    if match.confidence >= MOSTLY and opinion.share > opinion.against and effect != "query":
        return True
    if leads:
        return opinion.share >= max(enough, ENOUGH_LEADING)
    return opinion.share >= enough or (opinion.against < OPEN and effect != "query")
