"""How a device gets its token: a one-time code or the token in the address that `up` prints."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lorgnette.core.errors import Busy, Denied

CODE_SECONDS: Final = 300.0
FIRST_SECONDS: Final = 3600.0
MAX_CODES: Final = 8
MAX_WRONG: Final = 10
"""Wrong codes within a minute; then nobody may try for the rest of it: 8 digits stay 8 digits."""


@dataclass(frozen=True, slots=True)
class _Offer:
    secret: str
    wearer: str
    until: float
    shared: bool


class PairingDesk:
    """Codes live in memory only, for minutes, and work once."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._offers: list[_Offer] = []
        self._wrong: list[float] = []

    def code(self, wearer: str, *, shared: bool = False) -> str:
        """Eight digits for a person to type; good for five minutes."""
        secret = f"{secrets.randbelow(10**8):08d}"
        self._offer(_Offer(secret, wearer, self._steady() + CODE_SECONDS, shared))
        return secret

    def first(self, wearer: str) -> str:
        """A long token for the printed address; good for an hour."""
        secret = secrets.token_urlsafe(24)
        self._offer(_Offer(secret, wearer, self._steady() + FIRST_SECONDS, shared=False))
        return secret

    def forget(self, wearer: str) -> None:
        """Codes for somebody who is gone are worth nothing."""
        self._offers = [offer for offer in self._offers if offer.wearer != wearer]

    def redeem(self, secret: str) -> tuple[str, bool]:
        """The wearer behind a code, and whether the device is shared; the code is used up."""
        now = self._steady()
        self._wrong = [at for at in self._wrong if at > now - 60]
        if len(self._wrong) >= MAX_WRONG:
            raise Busy("too many wrong codes; try again in a minute")
        tried = {secret.encode(), secret.replace(" ", "").replace("-", "").encode()}
        for offer in self._offers:
            if offer.until > now and any(hmac.compare_digest(offer.secret.encode(), one) for one in tried):
                self._offers.remove(offer)
                return offer.wearer, offer.shared
        self._wrong.append(now)
        raise Denied("this code is wrong, used or too old; get a new one with: lorgnette pair")

    def _offer(self, offer: _Offer) -> None:
        now = self._steady()
        self._offers = [old for old in self._offers if old.until > now][-(MAX_CODES - 1) :]
        self._offers.append(offer)
