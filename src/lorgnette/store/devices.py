"""The devices and their tokens: paired once, revocable, known by a hash only."""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, select, update

from lorgnette.core.errors import NotFound
from lorgnette.core.ids import new_id
from lorgnette.core.people import Device
from lorgnette.store.store import Store
from lorgnette.store.tables import devices

CACHED = 4096
"""Tokens whose device is known without a look into the database."""

SEEN_EVERY = 60.0
"""Seconds between two writes of a device's `last_seen`."""

TOKEN_LENGTH = 200


class Devices:
    """`on_revoked` is called on the loop with each device that lost its token, to cut live connections."""

    def __init__(self, store: Store, on_revoked: Callable[[Device], None] | None = None) -> None:
        self._store = store
        self._on_revoked = on_revoked
        self._cache: OrderedDict[str, Device] = OrderedDict()
        self._seen: dict[str, float] = {}
        self._changes = 0
        store.on_forgotten(self._forget)

    async def pair(
        self, wearer: str, name: str, form: str = "everyday", *, shared: bool = False
    ) -> tuple[Device, str]:
        """A new device and its token (256 bits), which is shown this once and kept as a hash."""
        now = self._store.clock.now().timestamp()
        token = secrets.token_urlsafe(32)
        device = Device(
            id=new_id("d-"), name=name, wearer=wearer, form=form, shared=shared, created=now, last_seen=now
        )
        values = {key: getattr(device, key) for key in _COLUMNS} | {"token_hash": _hash(token)}
        await self._store.write(lambda connection: connection.execute(devices.insert().values(values)))
        return device, token

    async def verify(self, token: str) -> Device | None:
        """Whose token this is; None if unknown or revoked.

        The lookup is by the hash of 256 random bits: its timing tells nothing of the token.
        """
        if not token or len(token) > TOKEN_LENGTH:
            return None
        digest = _hash(token)
        if (known := self._cache.get(digest)) is not None:
            self._cache.move_to_end(digest)
            return known
        query = select(devices).where(devices.c.token_hash == digest, devices.c.revoked.is_(False))
        changes = -1
        row: Row[Any] | None = None
        while changes != self._changes:  # one who was revoked during the look must not come into the cache
            changes = self._changes
            row = await self._store.read(lambda connection: connection.execute(query).first())
        if row is None:
            return None
        device = _device(row)
        self._cache[digest] = device
        if len(self._cache) > CACHED:
            self._cache.popitem(last=False)
        return device

    async def devices(self, wearer: str, *, revoked: bool = False) -> list[Device]:
        """The wearer's, oldest first."""
        query = select(devices).where(devices.c.wearer == wearer).order_by(devices.c.created, devices.c.id)
        if not revoked:
            query = query.where(devices.c.revoked.is_(False))
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        return [_device(row) for row in rows]

    async def rename(self, wearer: str, id: str, name: str) -> Device:
        """`NotFound` unless it is this wearer's."""
        return await self._change(wearer, id, {"name": name})

    async def revoke(self, wearer: str, id: str) -> Device:
        """Make its token worthless, now and for good."""
        device = await self._change(wearer, id, {"revoked": True})
        if self._on_revoked is not None:
            self._on_revoked(device)
        return device

    async def hand_over(self, wearer: str, id: str, to: str) -> Device:
        """It is another's from now on."""
        return await self._change(wearer, id, {"wearer": to})

    def touch(self, wearer: str, id: str) -> None:
        """It was seen now; written at most once a minute, not waited for."""
        steady = self._store.clock.steady()
        if steady - self._seen.get(id, -SEEN_EVERY) < SEEN_EVERY:
            return
        if len(self._seen) > CACHED:
            self._seen.clear()
        self._seen[id] = steady
        now = self._store.clock.now().timestamp()
        change = update(devices).where(devices.c.wearer == wearer, devices.c.id == id).values(last_seen=now)
        self._store.post(lambda connection: connection.execute(change))

    async def _change(self, wearer: str, id: str, values: dict[str, Any]) -> Device:
        def work(connection: Connection) -> Device:
            mine = (devices.c.wearer == wearer) & (devices.c.id == id)
            row = connection.execute(update(devices).where(mine).values(values).returning(devices)).first()
            if row is None:
                raise NotFound(f"no device {id}")
            return _device(row)

        device = await self._store.write(work)
        self._drop(lambda known: known.id == id)
        return device

    def _forget(self, wearer: str) -> None:
        self._drop(lambda known: known.wearer == wearer)

    def _drop(self, goes: Callable[[Device], bool]) -> None:
        self._changes += 1
        self._cache = OrderedDict((key, known) for key, known in self._cache.items() if not goes(known))


_COLUMNS = ("id", "name", "wearer", "form", "shared", "created", "last_seen", "revoked")


def _device(row: Row[Any]) -> Device:
    values = {key: getattr(row, key) for key in _COLUMNS}
    for key in ("created", "last_seen"):  # SQLite gives whole numbers back as int after RETURNING
        values[key] = float(values[key])
    return Device(**values)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
