"""The hub's process: how Python's own housekeeping behaves in it."""

import gc
import sys
from typing import Final

SWITCH_SECONDS: Final = 0.001
"""How long another thread may keep the interpreter while the loop waits for it; Python's own is 5 ms."""
YOUNG: Final = 5_000
"""Objects made until the youngest are looked through; Python's own 700 are made many times a second here.
What waits for it is mostly SQLAlchemy's: at 20,000 it let the process grow by a megabyte a minute."""


def prepare() -> None:
    """Once everything is loaded, before the first device comes."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()  # what lives as long as the process is never looked through again
    gc.set_threshold(YOUNG, 10, 10)
