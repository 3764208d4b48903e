"""A skill's surroundings for one request, filled from the request and the hub's services."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lorgnette.core.audio import BYTES_PER_SECOND
from lorgnette.core.errors import NotFound
from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Wearer
from lorgnette.core.scenes import Scene
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.mind.asking import Asking
from lorgnette.mind.calling import key_of_call
from lorgnette.mind.request import Display, Piece, Request, Say
from lorgnette.sdk.camera import Camera
from lorgnette.sdk.context import Control
from lorgnette.sdk.facts import Facts
from lorgnette.sdk.language import primary
from lorgnette.sdk.registry import Installed
from lorgnette.sdk.schedule import Schedule

Services = Callable[[type[Any], str], object]
"""(kind of service, wearer's id) → the service bound to that wearer; `KeyError` where none is installed."""


class NotInstalled(NotFound, KeyError):
    """A skill needs a service that this hub hasn't got."""

    phrase = "error-not-installed"


SettingsOf = Callable[[Installed], Any]
"""A skill's settings, as its `Settings` has them; None for a skill without any."""


def default_settings(skill: Installed) -> Any:
    """Those that nobody changed."""
    kind = type(skill.skill).Settings
    return None if kind is None else kind()


class RequestContext:
    """`sdk.Context` of one tool call. `free`: the tool's free-text parameters, whose audio is cut out."""

    def __init__(
        self,
        request: Request,
        services: Services,
        skills: Iterable[Installed],
        skill: Installed,
        *,
        show: Callable[[Piece], None],
        keep: Callable[[Awaitable[Any]], None],
        free: Iterable[str] = (),
        asking: Asking | None = None,
        settings: SettingsOf = default_settings,
        taint: Taint = CLEAN,
    ) -> None:
        self._request = request
        self._services = services
        self._skills = skills
        self._skill = skill
        self._show = show
        self._keep = keep
        self._free = tuple(free)
        self._asking = asking
        self._settings = settings
        self._taint = taint

    @property
    def wearer(self) -> Wearer:
        return self._request.wearer

    @property
    def language(self) -> str:
        return primary(self._request.language)

    @property
    def locale(self) -> str:
        return self._request.language

    @property
    def settings(self) -> Any:
        return self._settings(self._skill)

    @property
    def schedule(self) -> Schedule:
        return self.service(Schedule)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self._request.wearer.zone)

    @property
    def now(self) -> datetime:
        return self._request.now.astimezone(self.zone)

    @property
    def capabilities(self) -> Capabilities:
        return self._request.capabilities

    @property
    def shared(self) -> bool:
        return self._request.shared and not self._request.wearer.nobody

    @property
    def taint(self) -> Taint:
        return self._taint

    @property
    def key(self) -> str:
        return key_of_call() or f"{self._request.turn}:{self._skill.key}"

    @property
    def control(self) -> Control:
        return self._request.control

    @property
    def audio(self) -> bytes | None:
        pcm, slots = self._request.audio, self._request.slots
        if pcm is None:
            return None
        for name in self._free:
            if name in slots:
                begin, end = (max(0, int(at * BYTES_PER_SECOND) // 2 * 2) for at in slots[name])
                return pcm[begin:end]
        return pcm

    def service[T](self, kind: type[T]) -> T:
        try:
            return self._services(kind, self.wearer.id)  # type: ignore[return-value]
        except KeyError:
            raise NotInstalled(f"no service of kind {kind.__name__}") from None

    def text(self, key: str, **values: Any) -> str:
        formal = self.wearer.formal
        text = self._skill.phrases.format(key, values, self.language, now=self.now, formal=formal)
        return text[:1].upper() + text[1:]

    def speak(self, key: str, **values: Any) -> None:
        self._show(Say(self.text(key, **values)))

    async def ask(self, key: str, kind: Any = str, **values: Any) -> Any:
        if self._asking is None:
            return None
        question = self.text(key, **values) if key else ""
        return await self._asking.ask(self._request, self._show, question, kind)

    async def confirm(self, key: str, **values: Any) -> bool:
        return await self.ask(key, bool, **values) is True

    async def listen(self) -> str | None:
        heard = await self.ask("")
        return heard if isinstance(heard, str) else None

    async def look(self) -> bytes:
        return await self.service(Camera).look()

    async def remember(self, text: str) -> None:
        facts = self.service(Facts)
        await facts.remember(text, self._request.language, taint=self._taint)

    def show(self, scene: Scene, id: str = "") -> None:
        self._show(Display(id or f"turn:{self._request.turn}", scene))

    def hide(self, id: str) -> None:
        self._show(Display(id, None))

    def help(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (
                skill.key,
                skill.phrases.format("skill-does", {}, self.language),
                skill.phrases.format("skill-example", {}, self.language),
            )
            for skill in self._skills
            if skill.phrases.has("skill-example", self.language)
        )

    def keep(self, work: Awaitable[Any]) -> None:
        self._keep(asyncio.ensure_future(work))
