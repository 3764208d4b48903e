"""Devices: a token is shown once, known by its hash, and worthless once revoked."""

import asyncio
import threading

import pytest
from sqlalchemy import text
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import NotFound, StoreError
from lorgnette.core.people import Device
from lorgnette.store import Devices, People, Store


def test_a_token_opens_for_its_device_only(place: Place) -> None:
    async def work(store: Store) -> None:
        wearer = (await People(store).owner()).id
        devices = Devices(store)
        glasses, token = await devices.pair(wearer, "Glasses", "ar")
        phone, other = await devices.pair(wearer, "Phone", "phone", shared=True)
        assert token != other
        assert len(token) >= 43
        assert await devices.verify(token) == glasses
        assert await devices.verify(other) == phone
        assert await devices.verify(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
        for nonsense in ("", "x" * 10_000, "\ud800", "' or 1=1 --", "\0"):
            assert await devices.verify(nonsense) is None
        assert {device.name for device in await devices.devices(wearer)} == {"Glasses", "Phone"}

    place.run(work)


def test_the_token_itself_is_nowhere_in_the_store(sqlite_place: Place) -> None:
    async def work(store: Store) -> str:
        wearer = (await People(store).owner()).id
        return (await Devices(store).pair(wearer, "Glasses"))[1]

    token = sqlite_place.run(work)
    for file in sqlite_place.folder.rglob("*"):
        assert not file.is_file() or token.encode() not in file.read_bytes()


def test_a_revoked_token_is_worthless_at_once_and_after_a_restart(place: Place) -> None:
    cut: list[str] = []

    async def work(store: Store) -> str:
        wearer = (await People(store).owner()).id
        devices = Devices(store, lambda device: cut.append(device.id))
        device, token = await devices.pair(wearer, "Glasses")
        assert await devices.verify(token)
        revoked = await devices.revoke(wearer, device.id)
        assert revoked.revoked
        assert cut == [device.id]
        assert await devices.verify(token) is None
        assert await devices.devices(wearer) == []
        assert [gone.id for gone in await devices.devices(wearer, revoked=True)] == [device.id]
        return token

    token = place.run(work)
    assert place.run(lambda store: Devices(store).verify(token)) is None


def test_revoking_while_the_token_is_being_looked_up_does_not_leave_it_in_the_cache(
    sqlite_place: Place,
) -> None:
    class SlowStore:
        """The real store, whose reads wait once for the test."""

        def __init__(self, store: Store) -> None:
            self.clock = store.clock
            self.on_forgotten = store.on_forgotten
            self.write = store.write
            self.post = store.post
            self._store = store
            self.read_done = asyncio.Event()
            self.go_on = asyncio.Event()

        async def read(self, work):
            found = await self._store.read(work)
            self.read_done.set()
            await self.go_on.wait()
            return found

    async def work(store: Store) -> None:
        wearer = (await People(store).owner()).id
        slow = SlowStore(store)
        devices = Devices(slow)  # type: ignore[arg-type]
        device, token = await devices.pair(wearer, "Glasses")
        looking = asyncio.ensure_future(devices.verify(token))
        await slow.read_done.wait()
        await devices.revoke(wearer, device.id)
        slow.go_on.set()
        assert await looking is None
        assert await devices.verify(token) is None

    sqlite_place.run(work)


def test_another_wearers_device_does_not_exist(place: Place) -> None:
    async def work(store: Store) -> None:
        people, devices = People(store), Devices(store)
        owner, other = await people.owner(), await people.add("Other")
        device, token = await devices.pair(owner.id, "Glasses")
        assert await devices.devices(other.id) == []
        with pytest.raises(NotFound):
            await devices.revoke(other.id, device.id)
        with pytest.raises(NotFound):
            await devices.rename(other.id, device.id, "Mine")
        assert (await devices.rename(owner.id, device.id, "Sunglasses")).name == "Sunglasses"
        found = await devices.verify(token)
        assert found is not None
        assert found.name == "Sunglasses"

    place.run(work)


def test_a_device_needs_a_wearer(place: Place) -> None:
    async def work(store: Store) -> None:
        with pytest.raises(StoreError):
            await Devices(store).pair("w-nobody", "Glasses")

    place.run(work)


def test_being_seen_is_written_once_a_minute(place: Place) -> None:
    clock = ManualClock()

    async def seen(store: Store, wearer: str) -> float:
        await store.write(lambda connection: None)
        return (await Devices(store).devices(wearer))[0].last_seen

    async def work(store: Store) -> None:
        wearer = (await People(store).owner()).id
        devices = Devices(store)
        device, _ = await devices.pair(wearer, "Glasses")
        clock.advance(100)
        devices.touch(wearer, device.id)
        first = await seen(store, wearer)
        assert first == clock.now().timestamp()
        clock.advance(30)
        devices.touch(wearer, device.id)
        assert await seen(store, wearer) == first
        clock.advance(30)
        devices.touch(wearer, device.id)
        assert await seen(store, wearer) == first + 60

    place.run(work, clock)


def test_a_known_token_costs_no_look_into_the_database(place: Place) -> None:
    async def work(store: Store) -> None:
        wearer = (await People(store).owner()).id
        devices = Devices(store)
        _, token = await devices.pair(wearer, "Glasses")
        known = await devices.verify(token)
        gate = threading.Event()
        blocked = [asyncio.ensure_future(store.read(lambda connection: gate.wait(10))) for _ in range(2)]
        try:
            async with asyncio.timeout(5):
                assert await devices.verify(token) == known
        finally:
            gate.set()
        await asyncio.gather(*blocked)

    place.run(work)


def test_hashes_are_unique_per_device(place: Place) -> None:
    async def work(store: Store) -> int:
        wearer = (await People(store).owner()).id
        devices = Devices(store)
        for number in range(20):
            paired: tuple[Device, str] = await devices.pair(wearer, f"{number}")
            assert paired[0].id.startswith("d-")
        return await store.read(
            lambda connection: connection.execute(
                text("select count(distinct token_hash) from devices")
            ).scalar_one()
        )

    assert place.run(work) == 20
