"""A way by which messages come and go: one account at one server."""

from collections.abc import AsyncGenerator
from typing import Protocol

import msgspec

from lorgnette.sdk import Priority, Recipient


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """Something that came, as its sender says it. `key`: its own name there; the same again replaces it."""

    key: str
    channel: str
    kind: str = "notification"
    sender: str = ""
    title: str = ""
    text: str = ""
    address: str = ""
    priority: Priority = "normal"
    at: float = 0.0


class Batch(msgspec.Struct, frozen=True):
    """What came since the last one, and the mark from which to go on."""

    mark: str
    items: tuple[Incoming, ...] = ()


class Way(Protocol):
    """One account. What goes wrong is a `LorgnetteError`; `EngineError.retryable`: later may help."""

    @property
    def name(self) -> str:
        """Also the scheme of its addresses: "matrix"."""
        ...

    @property
    def repeatable(self) -> bool:
        """Whether the server knows a message by its key: handing it over again sends nothing twice."""
        ...

    async def send(self, address: str, text: str, key: str) -> None: ...

    async def find(self, who: str) -> list[Recipient]:
        """Whom this account knows by that name."""
        ...

    def listen(self, mark: str) -> AsyncGenerator[Batch]:
        """What comes in from `mark` on (empty: from now on), until it is closed. Raises when it breaks."""
        ...

    async def close(self) -> None: ...
