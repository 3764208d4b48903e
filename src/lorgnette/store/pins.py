"""PINs of wearers: kept as salted scrypt hashes, tried a few times only."""

import asyncio
import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import Callable
from typing import Final

from lorgnette.core.errors import Busy
from lorgnette.core.people import Wearer
from lorgnette.store.people import People

WRONG: Final = 5
"""Wrong PINs of one wearer within `WINDOW_SECONDS`; then nobody may try for the rest of it."""
WINDOW_SECONDS: Final = 300.0
LONGEST: Final = 8


class Pins:
    """Four to eight digits. Wrong ones are counted in memory: who can restart the hub needs no PIN."""

    def __init__(self, people: People, steady: Callable[[], float]) -> None:
        self._people = people
        self._steady = steady
        self._wrong: dict[str, deque[float]] = {}

    async def set(self, wearer: str, pin: str) -> Wearer:
        """Another one; empty for none."""
        kept = await asyncio.to_thread(_hashed, pin, secrets.token_bytes(16)) if pin else ""
        self._wrong.pop(wearer, None)
        return await self._people.set_pin_hash(wearer, kept)

    async def fits(self, wearer: str, pin: str) -> bool:
        """Whether this is the wearer's, who has one. `Busy` after too many wrong ones."""
        wrong = self._wrong.setdefault(wearer, deque(maxlen=WRONG))
        if len(wrong) == WRONG and self._steady() - wrong[0] < WINDOW_SECONDS:
            raise Busy("too many wrong PINs; try again in five minutes")
        wrong.append(self._steady())  # before it is looked at: many tries at once count as many
        kept = await self._people.pin_hash(wearer)
        if not kept or not 0 < len(pin) <= LONGEST:
            return False
        salt = bytes.fromhex(kept.partition("$")[0])
        right = hmac.compare_digest(await asyncio.to_thread(_hashed, pin, salt), kept)
        if right:
            self._wrong.pop(wearer, None)
        return right

    def forget(self, wearer: str) -> None:
        """They are no more."""
        self._wrong.pop(wearer, None)


def _hashed(pin: str, salt: bytes) -> str:
    return f"{salt.hex()}${hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1).hex()}"
