"""What is kept of a wearer, for commands: through the running hub, else in the store itself."""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from typing import IO, TYPE_CHECKING, Any, Protocol

from lorgnette.cli.local import RunningHub

if TYPE_CHECKING:
    from lorgnette.cli.settings import Loaded
    from lorgnette.core.people import Wearer
    from lorgnette.services.privacy import PrivacyService
    from lorgnette.store import People

type Tell = Callable[[int, int], None]
"""(bytes that came now, bytes in all)."""


class Records(Protocol):
    """Of every wearer: whoever is at the machine may look. `wearer`: an id; empty: the owner."""

    async def wearers(self) -> list[dict[str, Any]]: ...

    async def kept(self, wearer: str, what: Sequence[str], since: float) -> list[dict[str, Any]]: ...

    async def forget(self, wearer: str, what: Sequence[str], since: float) -> list[dict[str, Any]]: ...

    async def egress(self, wearer: str, since: float, limit: int) -> dict[str, Any]: ...

    async def export(self, wearer: str, target: IO[bytes], tell: Tell) -> None: ...

    async def copies(self) -> int:
        """Copies of the store from before upgrades."""
        ...


@contextlib.asynccontextmanager
async def records(loaded: "Loaded") -> AsyncIterator[Records]:
    """Whichever way there is."""
    running = RunningHub(loaded.socket)
    if running.present():
        yield _Running(running)
        return
    from lorgnette.core.clock import SystemClock
    from lorgnette.services.privacy import PrivacyService
    from lorgnette.store import Journal, People, Store

    store = await Store.open(loaded.settings.store, SystemClock())
    try:
        keep = loaded.settings.retention
        limits = {"conversations": keep.transcripts, "timings": keep.traces, "outgoing": keep.outgoing}
        yield _Alone(PrivacyService(store, Journal(store), limits), People(store))
    finally:
        await store.close()


class _Running:
    """By the private socket."""

    def __init__(self, hub: RunningHub) -> None:
        self._hub = hub

    async def wearers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self._hub.ask("GET", "/v1/people")
        return found

    async def kept(self, wearer: str, what: Sequence[str], since: float) -> list[dict[str, Any]]:
        return await self._post("preview", wearer, what, since, "kept")

    async def forget(self, wearer: str, what: Sequence[str], since: float) -> list[dict[str, Any]]:
        return await self._post("forget", wearer, what, since, "forgotten")

    async def egress(self, wearer: str, since: float, limit: int) -> dict[str, Any]:
        path = f"/v1/egress?wearer={wearer}&since={since}&limit={limit}"
        found: dict[str, Any] = await self._hub.ask("GET", path)
        return found

    async def export(self, wearer: str, target: IO[bytes], tell: Tell) -> None:
        await self._hub.download("POST", f"/v1/privacy/export?wearer={wearer}", target, tell)

    async def copies(self) -> int:
        return int((await self._hub.ask("GET", "/v1/privacy"))["copies"])

    async def _post(
        self, act: str, wearer: str, what: Sequence[str], since: float, key: str
    ) -> list[dict[str, Any]]:
        import msgspec

        body = msgspec.json.encode({"what": what, "since": since})
        answer = await self._hub.ask("POST", f"/v1/privacy/{act}?wearer={wearer}", body)
        found: list[dict[str, Any]] = answer[key]
        return found


class _Alone:
    """In the store, under its lock."""

    def __init__(self, privacy: "PrivacyService", people: "People") -> None:
        self._privacy = privacy
        self._people = people

    async def wearers(self) -> list[dict[str, Any]]:
        import msgspec

        return [msgspec.to_builtins(one) for one in await self._people.all()]

    async def kept(self, wearer: str, what: Sequence[str], since: float) -> list[dict[str, Any]]:
        estate = self._privacy.estate
        return _plain(await estate.kept((await self._of(wearer)).id, estate.named(what), _span(since)))

    async def forget(self, wearer: str, what: Sequence[str], since: float) -> list[dict[str, Any]]:
        return _plain(await self._privacy.estate.forget((await self._of(wearer)).id, what, _span(since)))

    async def egress(self, wearer: str, since: float, limit: int) -> dict[str, Any]:
        log, one = self._privacy.log, await self._of(wearer)
        own = one.role == "owner"
        return {
            "totals": _plain(await log.totals(one.id, own=own, since=since)),
            "entries": _plain(await log.entries(one.id, own=own, since=since, limit=limit)),
        }

    async def export(self, wearer: str, target: IO[bytes], tell: Tell) -> None:
        from lorgnette.services.privacy import CHUNK

        bundle = await self._privacy.estate.export(await self._of(wearer))
        with bundle.file:
            while chunk := bundle.file.read(CHUNK):
                target.write(chunk)
                tell(len(chunk), bundle.size)

    async def copies(self) -> int:
        return self._privacy.copies

    async def _of(self, wearer: str) -> "Wearer":
        return await (self._people.wearer(wearer) if wearer else self._people.owner())


def _plain(found: Sequence[Any]) -> list[dict[str, Any]]:
    import msgspec

    return [msgspec.to_builtins(one) for one in found]


def _span(since: float) -> Any:
    from lorgnette.store import EVER, Span

    return Span(since=since) if since else EVER


async def named(records: Records, person: str) -> dict[str, Any]:
    """The wearer with this id or name; empty: the owner. `NotFound` names those there are."""
    from lorgnette.core.errors import NotFound

    found = await records.wearers()
    for one in found:
        is_it = person.casefold() in (one["id"].casefold(), one["name"].casefold())
        if is_it if person else one["role"] == "owner":
            return one
    if not person:
        return {"id": "", "name": "the owner"}  # a store without a hub yet
    names = ", ".join(one["name"] or one["id"] for one in found) or "nobody yet"
    raise NotFound(f"nobody is called {person!r}; there are: {names}")
