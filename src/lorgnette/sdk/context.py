"""What a skill may know and do while it answers one request."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Wearer
from lorgnette.core.quiet import QuietHours
from lorgnette.core.scenes import Scene
from lorgnette.core.taint import Taint
from lorgnette.sdk.schedule import Schedule


class Control(Protocol):
    """The conversation itself, for skills such as *stop*, *say that again*, *slower*, *louder*."""

    @property
    def volume(self) -> float: ...

    @property
    def rate(self) -> float: ...

    @property
    def batteries(self) -> tuple[tuple[str, float, bool], ...]:
        """(device name, level 0–1, charging) of the wearer's devices that are on and say so."""
        ...

    @property
    def last_reply(self) -> str:
        """What was last said aloud, empty if nothing."""
        ...

    async def set_volume(self, level: float) -> None:
        """0–1, clamped."""
        ...

    async def set_rate(self, rate: float) -> None:
        """Speech rate, clamped to 0.5–2."""
        ...

    async def set_quiet(self, hours: QuietHours | None) -> None:
        """Other quiet hours (`Context.wearer.quiet`), or none."""
        ...

    async def stop(self) -> bool:
        """Silence what sounds now (answer, alarm, music) and cancel what runs; False if nothing did."""
        ...

    async def undo(self) -> bool:
        """Take back the last undoable act; False if there is none. Its own reply is spoken."""
        ...


class Context(Protocol):
    """One request's surroundings. Everything here is the wearer's; other wearers don't exist."""

    @property
    def wearer(self) -> Wearer: ...

    @property
    def language(self) -> str:
        """Primary language subtag of this request: en, de, zh."""
        ...

    @property
    def locale(self) -> str:
        """The whole BCP 47 tag of this request's language: de-CH, zh-Hans."""
        ...

    @property
    def settings(self) -> Any:
        """The skill's own: its `Settings` with what stands under [skill_<key>] of lorgnette.toml."""
        ...

    @property
    def zone(self) -> ZoneInfo: ...

    @property
    def now(self) -> datetime:
        """Aware, in the wearer's zone."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """Of all the wearer's devices that are on, merged."""
        ...

    @property
    def shared(self) -> bool:
        """Asked at a device that the wearer has taken for a while, and that others stand before, too."""
        ...

    @property
    def taint(self) -> Taint:
        """Whose words are behind this call beside the wearer's: what is kept of it keeps these sources."""
        ...

    @property
    def key(self) -> str:
        """Names this call: the same when it is tried again, so that what is sent or paid goes out once."""
        ...

    @property
    def control(self) -> Control: ...

    @property
    def audio(self) -> bytes | None:
        """The request's audio (PCM16 mono 16 kHz) if it was spoken, cut to the free-text slot if known."""
        ...

    @property
    def schedule(self) -> Schedule:
        """Timers, alarms and what else is due."""
        ...

    def service[T](self, kind: type[T]) -> T:
        """The service of this type, already bound to the wearer. KeyError when none is installed."""
        ...

    def text(self, key: str, **values: Any) -> str:
        """A phrase of this skill in this language, for what a scene shows."""
        ...

    def speak(self, key: str, **values: Any) -> None:
        """Say a phrase of this skill now, before the reply."""
        ...

    async def ask(self, key: str, kind: Any = str, **values: Any) -> Any:
        """Say a phrase of this skill, a question, and wait for the answer: words, or a value of `kind`.

        `kind` is any type that a parameter may have. None where nobody answers within about eight seconds,
        where what is said twice isn't of that kind, or where nobody is there to be asked. When the wearer
        says another command instead, the tool is cancelled at this point, so act only afterwards.
        """
        ...

    async def confirm(self, key: str, **values: Any) -> bool:
        """Ask for a yes, by voice, nod or text; False for a no and a silence. No consent: see `preview=`."""
        ...

    async def listen(self) -> str | None:
        """The wearer's next words, as text, without a question; None after a silence."""
        ...

    async def look(self) -> bytes:
        """A picture through the wearer's camera, not kept; what is written in it are others' words."""
        ...

    async def remember(self, text: str) -> None:
        """Keep a fact for the wearer, with this call's sources."""
        ...

    def show(self, scene: Scene, id: str = "") -> None:
        """Show a scene now, before the reply."""
        ...

    def hide(self, id: str) -> None:
        """Take a scene away."""
        ...

    def help(self) -> tuple[tuple[str, str, str], ...]:
        """(skill, what it does, one example sentence in this language) of each installed skill."""
        ...

    def keep(self, work: Awaitable[Any]) -> None:
        """Let `work` go on after the reply; the hub owns and ends it."""
        ...
