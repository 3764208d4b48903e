"""Who is who: hub ▸ wearer ▸ device ▸ connection."""

from typing import Literal

import msgspec

Role = Literal["owner", "wearer", "guest"]


class Wearer(msgspec.Struct, frozen=True, kw_only=True):
    """A person. `language`: BCP 47, `zone`: IANA; `rate`: speech rate, 1 = normal."""

    id: str
    name: str
    role: Role = "wearer"
    language: str = "en"
    zone: str = "UTC"
    volume: float = 0.7
    rate: float = 1.0


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
