"""The loop guard: sees that a model goes round in circles, by its calls and by what they gave."""

import json
from collections import deque
from hashlib import sha256
from typing import Final

SAME: Final = 5
"""The same call with the same result so often is a circle."""
PAIRS: Final = 3
"""Two calls in turns, A-B-A-B, so often are one, too."""
_LONGEST: Final = 4_096


def canonical(arguments: str) -> str:
    """The model's arguments without what doesn't matter: order and blanks. What is no JSON stays as it is."""
    try:
        return json.dumps(json.loads(arguments or "{}"), sort_keys=True, ensure_ascii=False)
    except (ValueError, RecursionError):
        return arguments


class LoopGuard:
    """`saw` each call in order; then `stuck` says whether it leads nowhere.

    A call whose result has changed is another one: whoever waits for something isn't stuck. A write that
    worked changes the world, so that what was seen before it counts no more, but for the write itself.
    """

    def __init__(self) -> None:
        self._seen: deque[bytes] = deque(maxlen=_LONGEST)

    def saw(self, name: str, arguments: str, result: str, *, wrote: bool = False) -> None:
        """A call is over. `wrote`: it changed something, and that worked."""
        mark = sha256("\0".join((name, canonical(arguments), result)).encode()).digest()
        if wrote:
            self._seen = deque((one for one in self._seen if one == mark), maxlen=_LONGEST)
        self._seen.append(mark)

    @property
    def stuck(self) -> bool:
        if not self._seen:
            return False
        last = self._seen[-1]
        if sum(one == last for one in self._seen) >= SAME:
            return True
        turns = list(self._seen)[-2 * PAIRS :]
        first, second = set(turns[::2]), set(turns[1::2])
        return len(turns) == 2 * PAIRS and len(first) == len(second) == 1 and first != second
