"""Who is who: hub ▸ wearer ▸ device ▸ connection."""

from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from lorgnette.core.quiet import QuietHours

Role = Literal["owner", "wearer", "guest"]
"""owner: keeps the hub · wearer: own data and devices · guest: speaks, but sends and spends nothing."""

Output = Literal["both", "captions", "speech"]
"""What the hub's words come as: sound and sight, sight alone, sound alone."""

SHARED: Final = "w-shared-"
"""What the ids of wearers begin with who are nobody: each is a shared device while no one has taken it."""


class Wearer(msgspec.Struct, frozen=True, kw_only=True):
    """A person. `language`: BCP 47, `zone`: IANA; `rate`: speech rate, 1 = normal.

    `pause`: how much longer than usual a silence must be to end a sentence; `text_size`: 1 = as designed;
    `formal`: Sie, 您; `shareable`: may be taken by name on shared devices; `pin`: whether that asks for one.
    """

    id: str
    name: str
    role: Role = "wearer"
    language: str = "en"
    zone: str = "UTC"
    volume: float = 0.7
    rate: float = 1.0
    pause: float = 1.0
    text_size: float = 1.0
    output: Output = "both"
    formal: bool = False
    quiet: QuietHours | None = None
    shareable: bool = False
    pin: bool = False

    @property
    def nobody(self) -> bool:
        """A shared device that no one has taken."""
        return self.id.startswith(SHARED)

    def quiet_until(self, now: datetime) -> datetime | None:
        """When the quiet hours end (UTC) if `now` (aware) is within them."""
        return None if self.quiet is None else self.quiet.until(now.astimezone(ZoneInfo(self.zone)))


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A thing with a token. `wearer`: whose it is; `form`: as paired; `shared`: several may take it."""

    id: str
    name: str
    wearer: str
    form: str = ""
    shared: bool = False
    created: float = 0.0
    last_seen: float = 0.0
    revoked: bool = False
