"""The conversation itself as skills may steer it: volume, rate, stop, undo."""

from typing import Protocol

from lorgnette.core.people import Wearer
from lorgnette.core.quiet import QuietHours
from lorgnette.core.scenes import Scene
from lorgnette.session.attachment import Attachment
from lorgnette.session.ringing import Ringing
from lorgnette.session.speaking import Speaking
from lorgnette.session.turns import Turns
from lorgnette.session.wiring import Wiring


class Controlled(Protocol):
    """The session."""

    wearer: Wearer

    @property
    def attachments(self) -> dict[str, Attachment]: ...

    async def update(self, **changes: object) -> None: ...

    def show(self, id: str, scene: Scene | None) -> None: ...


class SessionControl:
    """`sdk.Control` over one session."""

    def __init__(
        self, session: Controlled, speaking: Speaking, turns: Turns, ringing: Ringing, wiring: Wiring
    ) -> None:
        self._session = session
        self._speaking = speaking
        self._turns = turns
        self._ringing = ringing
        self._wiring = wiring

    @property
    def volume(self) -> float:
        return self._session.wearer.volume

    @property
    def rate(self) -> float:
        return self._session.wearer.rate

    @property
    def batteries(self) -> tuple[tuple[str, float, bool], ...]:
        return tuple(
            (one.device.name, one.battery.level, one.battery.charging)
            for one in self._session.attachments.values()
            if one.battery is not None
        )

    @property
    def last_reply(self) -> str:
        return self._turns.last_reply

    async def set_volume(self, level: float) -> None:
        await self._session.update(volume=round(min(1.0, max(0.0, level)), 2))

    async def set_rate(self, rate: float) -> None:
        await self._session.update(rate=round(min(2.0, max(0.5, rate)), 2))

    async def set_quiet(self, hours: QuietHours | None) -> None:
        await self._session.update(quiet=hours)

    async def stop(self) -> bool:
        rang = self._ringing.dismiss()
        return self._speaking.stop() or rang

    async def undo(self) -> bool:
        said = await self._wiring.mind.undo(self._session.wearer.id)
        if said is None:
            return False
        for display in said.displays:
            self._session.show(display.id, display.scene)
        self._turns.say_also(said.text)
        return True
