"""Where words come from that aren't the wearer's: what others say is data, never an order."""

from typing import Final, Literal

import msgspec

SourceKind = Literal[
    "picture",  # text or a code in what the camera sees
    "page",  # a web page, a search result, a feed
    "message",  # what somebody wrote to the wearer
    "notification",
    "meeting",
    "call",
    "calendar",  # an entry that somebody else may have written
    "contact",
    "memory",  # a fact that was derived from one of these
    "tool",  # the answer of a service or of an outside tool
]


class Source(msgspec.Struct, frozen=True):
    """One origin. `name`: what the wearer knows it by ("Signal", "example.org"), at most 60 characters."""

    kind: SourceKind
    name: str = ""


type Taint = frozenset[Source]
"""Every source that a text, a context or a memory is derived from; it follows whatever is made of it."""

CLEAN: Final[Taint] = frozenset()
