"""The household by HTTP: the owner's `/v1/people`, everybody's `/v1/me`, and `/v1/shared` for shared devices.

    GET    /v1/me                       one's own settings; `shared`: asked from a shared device
    PATCH  /v1/me                       any of: name, language, zone, volume 0–1, rate 0.5–2, pause 0.5–3,
                                        text_size 0.8–3, output (both, captions, speech), formal,
                                        quiet ({"from": "22:00", "until": "07:00", "days": ["MO", …]} or
                                        null), shareable, pin (4–8 digits, "" for none)
    GET    /v1/people                   owner: everybody, with `online` and `devices` (a number)
    POST   /v1/people                   owner: name; role, language, zone where they aren't the owner's
    GET    /v1/people/{id}              owner
    PATCH  /v1/people/{id}              owner: any of name, role, language, zone
    DELETE /v1/people/{id}              owner: this person and everything of theirs, for good
    GET    /v1/people/{id}/devices      owner: names and times, no content
    DELETE /v1/people/{id}/devices/{device}   owner: takes its token back
    GET    /v1/shared                   shared devices: id, name, online, worn: "" | "me" | "other"
    POST   /v1/shared/{id}/wear         take it, with one's own token: it is one's own until it is given back
    DELETE /v1/shared/{id}/wear         give it back (the one who wears it, or an owner)

Whoever isn't allowed to something at all gets 403, whatever they name; what is another's is 404 as if it
weren't there. A pairing code for somebody else: `POST /v1/pairing` with `wearer`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

import msgspec
from msgspec import UNSET, Meta, UnsetType
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lorgnette import __version__
from lorgnette.api.access import Caller
from lorgnette.api.body import MAX_NAME, body, named
from lorgnette.config.system import is_zone
from lorgnette.core.errors import Denied, NotFound
from lorgnette.core.events import Language
from lorgnette.core.people import SHARED, Device, Output, Role, Wearer
from lorgnette.core.quiet import QuietHours
from lorgnette.sdk.language import languages, primary
from lorgnette.store import Devices, People

type Known = Callable[[Callable[[Request, Caller], Awaitable[Any]]], Callable[[Request], Awaitable[Response]]]

Name = Annotated[str, Meta(max_length=MAX_NAME)]
Zone = Annotated[str, Meta(max_length=64)]


class Household(Protocol):
    """The running hub, as far as people are concerned."""

    def present(self, wearer: str) -> bool:
        """Whether a device of theirs is on."""
        ...

    def online(self, device: str) -> bool: ...

    def worn(self, device: str) -> str:
        """Who has taken a shared device; empty for nobody."""
        ...

    async def change(self, wearer: str, **settings: Any) -> Wearer:
        """In the store and in the running conversation."""
        ...

    async def set_pin(self, wearer: str, pin: str) -> Wearer: ...

    async def remove(self, wearer: str) -> None:
        """Hang up on them and delete everything of theirs."""
        ...

    async def take(self, device: str, wearer: str) -> None:
        """The shared device is this wearer's now. `NotFound` if it isn't on."""
        ...

    async def give_back(self, device: str) -> None: ...


@dataclass(frozen=True, slots=True)
class PeopleRoutes:
    """`known`: finds out who asks, and makes JSON of the answer."""

    people: People
    devices: Devices
    household: Household
    known: Known

    def routes(self) -> list[Route]:
        """For `Api.app`."""
        return [
            Route("/v1/me", self.known(self._me)),
            Route("/v1/me", self.known(self._change_me), methods=["PATCH"]),
            Route("/v1/people", self.known(self._list)),
            Route("/v1/people", self.known(self._add), methods=["POST"]),
            Route("/v1/people/{id}", self.known(self._one)),
            Route("/v1/people/{id}", self.known(self._change), methods=["PATCH"]),
            Route("/v1/people/{id}", self.known(self._remove), methods=["DELETE"]),
            Route("/v1/people/{id}/devices", self.known(self._devices)),
            Route("/v1/people/{id}/devices/{device}", self.known(self._revoke), methods=["DELETE"]),
            Route("/v1/shared", self.known(self._shared)),
            Route("/v1/shared/{id}/wear", self.known(self._wear), methods=["POST"]),
            Route("/v1/shared/{id}/wear", self.known(self._give_back), methods=["DELETE"]),
        ]

    # ── oneself ────────────────────────────────────────────────────────────────────────────────────────

    async def _me(self, request: Request, who: Caller) -> Any:
        del request
        return self._myself(await self.people.wearer(who.wearer), who)

    async def _change_me(self, request: Request, who: Caller) -> Any:
        wanted = await body(request, _Me)
        values = _values(wanted)
        pin = values.pop("pin", None)
        role = who.role
        if who.wearer.startswith(SHARED) and not {"name", "shareable"}.isdisjoint(values):
            raise Denied("a shared device has no name of its own here; rename the device")
        if role == "guest" and (pin or values.get("shareable")):
            raise Denied("a guest isn't taken on shared devices")
        wearer = await self.household.change(who.wearer, **values)
        if pin is not None:
            wearer = await self.household.set_pin(who.wearer, pin)
        return self._myself(wearer, who)

    @staticmethod
    def _myself(wearer: Wearer, who: Caller) -> dict[str, Any]:
        about = {"device": who.device, "shared": wearer.nobody, "version": __version__}
        return {**msgspec.to_builtins(wearer), **about}

    # ── everybody, for the owner ───────────────────────────────────────────────────────────────────────

    async def _list(self, request: Request, who: Caller) -> Any:
        del request
        who.require_owner()
        return [await self._told(one) for one in await self.people.household()]

    async def _add(self, request: Request, who: Caller) -> Any:
        who.require_owner()
        wanted = await body(request, _New)
        owner = await self.people.wearer(who.wearer)
        values = _values(wanted)
        values = {"language": owner.language, "zone": owner.zone} | values
        return await self._told(await self.people.add(values.pop("name"), **values))

    async def _one(self, request: Request, who: Caller) -> Any:
        return await self._told(await self._named(request, who))

    async def _change(self, request: Request, who: Caller) -> Any:
        person = await self._named(request, who)
        return await self._told(
            await self.household.change(person.id, **_values(await body(request, _Other)))
        )

    async def _remove(self, request: Request, who: Caller) -> Any:
        person = await self._named(request, who)
        await self.household.remove(person.id)
        return {"removed": person.id}

    async def _devices(self, request: Request, who: Caller) -> Any:
        person = await self._named(request, who)
        return [self._device(one) for one in await self.devices.devices(person.id)]

    async def _revoke(self, request: Request, who: Caller) -> Any:
        person = await self._named(request, who)
        return self._device(await self.devices.revoke(person.id, request.path_params["device"]))

    async def _named(self, request: Request, who: Caller) -> Wearer:
        """The person of the path, if an owner asks."""
        who.require_owner()
        for one in await self.people.household():
            if one.id == request.path_params["id"]:
                return one
        raise NotFound("no such person")

    async def _told(self, one: Wearer) -> dict[str, Any]:
        """What an owner sees of somebody: who they are, not how they like it."""
        told = {key: getattr(one, key) for key in ("id", "name", "role", "language", "zone", "shareable")}
        devices = len(await self.devices.devices(one.id))
        return told | {"online": self.household.present(one.id), "devices": devices}

    def _device(self, one: Device) -> dict[str, Any]:
        return {**msgspec.to_builtins(one), "online": self.household.online(one.id)}

    # ── shared devices ─────────────────────────────────────────────────────────────────────────────────

    async def _shared(self, request: Request, who: Caller) -> Any:
        del request
        self._person(who)
        found = []
        for one in await self._every_shared():
            worn = self.household.worn(one.id)
            by = "" if not worn else "me" if worn == who.wearer else "other"
            on = self.household.online(one.id)
            found.append({"id": one.id, "name": one.name, "online": on, "worn": by})
        return found

    async def _wear(self, request: Request, who: Caller) -> Any:
        """Whoever shows a token of their own needs no PIN, and need not be shareable."""
        self._person(who)
        device = await self._one_shared(request)
        wanted = await body(request, _Wear)
        wearer = who.wearer
        if wanted.wearer and wanted.wearer != wearer:
            who.require_owner()
            other = await self.people.wearer(wanted.wearer)
            if not other.shareable:
                raise Denied("they don't want to be taken on shared devices")
            if other.pin and not who.local:
                raise Denied("they have a PIN, which is asked for at the device itself")
            wearer = other.id
        await self.household.take(device.id, wearer)
        return {"id": device.id, "worn": "me" if wearer == who.wearer else "other"}

    async def _give_back(self, request: Request, who: Caller) -> Any:
        self._person(who)
        device = await self._one_shared(request)
        if self.household.worn(device.id) not in ("", who.wearer):
            who.require_owner()
        await self.household.give_back(device.id)
        return {"id": device.id, "worn": ""}

    @staticmethod
    def _person(who: Caller) -> None:
        if who.role == "guest":
            raise Denied("a guest takes no shared device")

    async def _every_shared(self) -> list[Device]:
        nobodies = [one for one in await self.people.all() if one.nobody]
        return [device for one in nobodies for device in await self.devices.devices(one.id)]

    async def _one_shared(self, request: Request) -> Device:
        for one in await self._every_shared():
            if one.id == request.path_params["id"]:
                return one
        raise NotFound("no such shared device")


class _Other(msgspec.Struct, forbid_unknown_fields=True):
    name: Name | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    zone: Zone | UnsetType = UNSET


class _New(msgspec.Struct, forbid_unknown_fields=True):
    name: Name
    role: Role | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    zone: Zone | UnsetType = UNSET


class _Me(msgspec.Struct, forbid_unknown_fields=True):
    name: Name | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    zone: Zone | UnsetType = UNSET
    volume: Annotated[float, Meta(ge=0, le=1)] | UnsetType = UNSET
    rate: Annotated[float, Meta(ge=0.5, le=2)] | UnsetType = UNSET
    pause: Annotated[float, Meta(ge=0.5, le=3)] | UnsetType = UNSET
    text_size: Annotated[float, Meta(ge=0.8, le=3)] | UnsetType = UNSET
    output: Output | UnsetType = UNSET
    formal: bool | UnsetType = UNSET
    quiet: QuietHours | UnsetType | None = UNSET
    shareable: bool | UnsetType = UNSET
    pin: Annotated[str, Meta(pattern=r"^([0-9]{4,8})?$")] | UnsetType = UNSET


class _Wear(msgspec.Struct, forbid_unknown_fields=True):
    wearer: Annotated[str, Meta(max_length=64)] = ""


def _values(wanted: msgspec.Struct) -> dict[str, Any]:
    """What was named, checked further than a struct can."""
    values = {key: value for key, value in msgspec.structs.asdict(wanted).items() if value is not UNSET}
    if "name" in values:
        values["name"] = named(values["name"])
    if "language" in values and primary(values["language"]) not in languages():
        raise HTTPException(
            400, f"no language {values['language']}; there are: {', '.join(sorted(languages()))}"
        )
    if "zone" in values and not is_zone(values["zone"]):
        raise HTTPException(400, f"no time zone {values['zone']}; names look like Europe/Berlin")
    return values
