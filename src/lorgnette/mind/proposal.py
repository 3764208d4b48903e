"""A guess at what was meant, for "did you mean …?"."""

from collections.abc import Callable
from dataclasses import dataclass

from lorgnette.mind.match import Match
from lorgnette.mind.request import Request


@dataclass(frozen=True, slots=True)
class Proposal:
    """`sentence`: the call as a wearer would say it ("set a timer for 5 minutes")."""

    match: Match
    sentence: str


Guesser = Callable[[Request], Match | Proposal | None]
"""A match is done at once, a proposal is asked about, None: nothing is likely. Takes about a millisecond."""
