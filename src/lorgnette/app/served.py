"""What a domain brings to the hub: services for skills, routes for pages, and work of its own."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lorgnette.api.app import Domain
from lorgnette.core.events import Location
from lorgnette.engines.egress import Content
from lorgnette.sdk.schedule import Item, Kind


@dataclass(frozen=True, slots=True)
class Served:
    """`bound`: kind of service → it, bound to a wearer's id.

    `asked`: (name, address, what it learns) of each server outside that isn't in the settings;
    `due`: told (wearer, entry, missed) when an entry of this kind in the schedule is due, instead of ringing;
    `located`: told (wearer, device, event) where a device of theirs says to be, and returns at once;
    `forgotten`: told that something that was kept of this wearer was deleted;
    `start`: once, before the first wearer is let in; `run`: the work that goes on as long as the hub lives;
    `prune`: every hour; `close`: after the sessions have ended, before the store is closed.
    """

    bound: Mapping[type[Any], Callable[[str], object]] = field(default_factory=dict)
    api: Domain | None = None
    asked: Callable[[], Iterable[tuple[str, str, tuple[Content, ...]]]] | None = None
    due: Mapping[Kind, Callable[[str, Item, bool], Awaitable[None]]] = field(default_factory=dict)
    located: Callable[[str, str, Location], None] | None = None
    forgotten: Callable[[str], None] | None = None
    start: Callable[[], Awaitable[None]] | None = None
    run: Callable[[], Coroutine[Any, Any, None]] | None = None
    prune: Callable[[], Awaitable[None]] | None = None
    close: Callable[[], Awaitable[None]] | None = None
