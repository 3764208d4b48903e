"""Home Assistant's REST API: what there is, and services called on it."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from lorgnette.core.errors import LorgnetteError, SkillError
from lorgnette.core.lines import one_line
from lorgnette.sdk.home import Device, Thing
from lorgnette.services.web import Got, Refused, WebClient

_KINDS: Final[Mapping[str, Device]] = {
    "light": "light",
    "switch": "switch",
    "input_boolean": "switch",
    "fan": "fan",
    "cover": "cover",
    "climate": "climate",
    "media_player": "media",
    "scene": "scene",
    "sensor": "sensor",
    "binary_sensor": "sensor",
    "lock": "guarded",
    "alarm_control_panel": "guarded",
}
_GATES: Final = frozenset({"garage", "gate", "door"})
"""Device classes of covers that let somebody in."""
_AREAS: Final = (
    "[{% for s in states %}{{ [s.entity_id, area_name(s.entity_id) or ''] | to_json }}"
    "{{ ',' if not loop.last }}{% endfor %}]"
)
MOST: Final = 2_000
_ID: Final = re.compile(r"[a-z_]+\.[a-z0-9_]+")


class _State(msgspec.Struct):
    entity_id: str
    state: str = ""
    attributes: dict[str, Any] = {}


class HomeAssistant:
    """`things` and `call`. Raises `SkillError` with what to say."""

    def __init__(self, url: str, token: str) -> None:
        self._base = url.rstrip("/") + "/api"
        self._web = WebClient(what="inquiry", longest=8_000_000, headers={"authorization": f"Bearer {token}"})

    async def things(self) -> list[Thing]:
        """Everything that one may speak of, with its room."""
        states = (await self._ask("GET", "/states")).json(list[_State])
        areas: dict[str, str] = {}
        try:
            got = await self._ask("POST", "/template", {"template": _AREAS})
            areas = dict(got.json(list[tuple[str, str]]))
        except LorgnetteError:
            pass  # a token without that right: names alone will do
        found = [_thing(state, areas.get(state.entity_id, "")) for state in states[:MOST]]
        return [thing for thing in found if thing is not None]

    async def call(self, service: str, thing: Thing, **data: Any) -> None:
        """`service` is of the thing's own domain."""
        domain = thing.id.partition(".")[0]
        body = {"entity_id": thing.id, **data}
        await self._ask("POST", f"/services/{domain}/{service}", body, again=False)

    async def aclose(self) -> None:
        await self._web.aclose()

    async def _ask(self, method: str, path: str, content: object = None, *, again: bool = True) -> Got:
        try:
            return await self._web.ask(method, self._base + path, json=content, again=again)
        except Refused as refused:
            key = "error-home-token" if refused.status in {401, 403} else "error-home-refused"
            raise SkillError(refused.detail, phrase=key) from None
        except LorgnetteError as error:
            raise SkillError(error.detail, phrase="error-home-away") from None


def _thing(state: _State, area: str) -> Thing | None:
    domain = state.entity_id.partition(".")[0]
    kind = _KINDS.get(domain)
    if kind is None or _ID.fullmatch(state.entity_id) is None or state.attributes.get("hidden"):
        return None
    has = state.attributes
    if kind == "cover" and has.get("device_class") in _GATES:
        kind = "guarded"
    brightness = _number(has.get("brightness"))
    level = None if brightness is None else float(round(brightness / 2.55))
    return Thing(
        id=state.entity_id,
        name=_words(has.get("friendly_name")) or state.entity_id.partition(".")[2].replace("_", " "),
        kind=kind,
        area=_words(area),
        state=_words(state.state),
        level=_number(has.get("temperature")) if kind == "climate" else level,
        measured=_number(has.get("current_temperature")),
        unit=_words(has.get("unit_of_measurement")),
    )


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _words(value: Any) -> str:
    return one_line(value)[:80] if isinstance(value, str) else ""
