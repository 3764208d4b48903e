"""One microphone waits for a wake word: what passes the energy gate is heard for it, and nothing is kept.

The detector hears some windows before the gate opened and some after it shut; what lies between is left out.
The last two seconds stay in memory, so that what follows the word at once is there when the word is known.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from lorgnette.engines.protocols import Wake, WakeDetector
from lorgnette.session.endpoint import WINDOW_SECONDS

KEPT: Final = 62
LEAD: Final = 12
"""Windows before the gate opened: 0.4 s."""
TRAIL: Final = 20
"""Windows after it shut: 0.6 s, for a detector that is sure only when it has heard the end."""
TORN_SECONDS: Final = 0.5
"""After so long without a window what comes doesn't join on to what was."""

type Woken = Callable[[Wake, Sequence[tuple[bytes, float]]], None]
"""The word, and the windows behind it with their times of arrival."""


class _Kept:
    __slots__ = ("arrived", "number", "window")

    def __init__(self, window: bytes, arrived: float) -> None:
        self.window = window
        self.arrived = arrived
        self.number = 0
        """The detector's count; 0: it hasn't heard it."""


class Waking:
    """Give it every window of a microphone that waits, in order, with what the gate says."""

    __slots__ = ("_detector", "_kept", "_quiet", "_slot", "_stale", "_submitted", "_torn", "_woken")

    def __init__(self, detector: WakeDetector, woken: Woken) -> None:
        self._detector = detector
        self._slot = detector.open(self._heard)
        self._woken = woken
        self._kept: deque[_Kept] = deque(maxlen=KEPT)
        self._submitted = 0
        self._stale = 0
        """Windows up to here belong to what is over."""
        self._quiet = TRAIL
        self._torn = True

    def take(self, window: bytes, arrived: float, *, loud: bool) -> None:
        """`loud`: the energy gate let it through."""
        kept = self._kept
        if kept and arrived - kept[-1].arrived > TORN_SECONDS:
            self.forget()
        one = _Kept(window, arrived)
        kept.append(one)
        self._quiet = 0 if loud else self._quiet + 1
        if self._quiet > TRAIL:
            self._torn = True
            return
        if self._torn:
            if not loud:
                return
            self._torn = False
            self._detector.reset(self._slot)
            for before in list(kept)[-1 - LEAD : -1]:
                self._submit(before)
        self._submit(one)

    def forget(self) -> None:
        """What comes is a new stretch; no word that began before is heard of any more."""
        self._kept.clear()
        self._stale = self._submitted
        self._torn = True
        self._quiet = TRAIL

    def close(self) -> None:
        """The device is gone."""
        self._kept.clear()
        self._detector.close(self._slot)

    def _submit(self, one: _Kept) -> None:
        self._submitted += 1
        one.number = self._submitted
        self._detector.submit(self._slot, one.window)

    def _heard(self, wake: Wake) -> None:
        if wake.window <= self._stale:
            return
        kept = list(self._kept)
        end = next((at for at, one in enumerate(kept) if one.number == wake.window), -1) + 1
        begin = max(0, end - round(wake.tail / WINDOW_SECONDS))
        self.forget()
        self._woken(wake, [(one.window, one.arrived) for one in kept[begin:]])
