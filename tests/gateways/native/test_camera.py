"""The camera's channel over a real socket: malformed, too large or too much is refused, nothing half kept."""

import asyncio
from typing import Any

import pytest
from picows import WSMsgType
from tests.hubs import Running, running
from tests.services.gallery.pictures import WEBM, picture

from lorgnette.core import events
from lorgnette.core.forms import Camera, Capabilities, Speaker
from lorgnette.gateways.native.frames import CAMERA, LAST, pack
from lorgnette.gateways.native.link import MAX_CHUNK
from lorgnette.gateways.native.softdevice import SoftDevice

GLASSES = Capabilities(form="everyday", camera=Camera(), speaker=Speaker())


async def until(condition: Any, seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


class Shooter:
    """A device with a camera in a test's hand."""

    def __init__(self, here: Running) -> None:
        self.here = here
        self.seen: list[Any] = []
        self.device: SoftDevice

    async def connect(self, capabilities: Capabilities = GLASSES) -> "Shooter":
        self.device = await self.here.device(capabilities=capabilities, on_event=self.seen.append)
        await self.device.connect(self.here.url)
        return self

    def of(self, kind: Any) -> list[Any]:
        return [event for event in self.seen if isinstance(event, kind)]

    async def asked(self, mode: str = "photo") -> str:
        """The shutter was pressed, the hub asks, the camera is on."""
        before = len(self.of(events.Capture))
        self.device.event(events.Shutter(mode))
        await until(lambda: len(self.of(events.Capture)) > before)
        id = self.of(events.Capture)[-1].id
        self.device.event(events.Capturing(id, "on"))
        return id

    def chunk(self, id: str | bytes, number: int, data: bytes, *, last: bool = False) -> None:
        name = id.encode() if isinstance(id, str) else id
        body = bytes([len(name)]) + name + data
        self.device.raw(WSMsgType.BINARY, pack(CAMERA, number, 0, body, LAST if last else 0))

    async def kept(self) -> list[Any]:
        owner = await self.here.hub.people.owner()
        return await self.here.hub.gallery.of(owner.id).recent()


def test_a_picture_in_chunks_is_kept(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            one = await Shooter(here).connect()
            id, data = await one.asked(), picture(size=(1200, 900))
            third = len(data) // 3
            one.chunk(id, 1, data[:third])
            one.chunk(id, 2, data[third : 2 * third])
            one.chunk(id, 3, data[2 * third :], last=True)
            one.device.event(events.Capturing(id, "off"))
            await until(lambda: one.of(events.GalleryChanged))
            (shot,) = await one.kept()
            assert (shot.bytes, shot.width) == (len(data), 1200)
            await one.device.close()

    loop_run(work())


def test_a_film_goes_on_over_a_lost_line_from_the_last_safe_chunk(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            one = await Shooter(here).connect()
            id = await one.asked("film")
            one.chunk(id, 1, WEBM[:5000])
            await until(lambda: one.of(events.CaptureGot))
            one.chunk(id, 2, WEBM[5000:])
            one.device.drop()
            await one.device.closed.wait()
            assert (await one.device.connect(here.url)).resumed
            one.chunk(id, 1, WEBM[:5000])
            one.chunk(id, 2, WEBM[5000:])
            one.chunk(id, 3, b"", last=True)
            await until(lambda: one.of(events.GalleryChanged))
            (shot,) = await one.kept()
            assert (shot.kind, shot.bytes) == ("film", len(WEBM))
            assert [light.on for light in one.of(events.CaptureLight)] == [True, False]
            await one.device.close()

    loop_run(work())


@pytest.mark.parametrize(
    ("id", "size", "last"),
    [
        (b"", 10, True),
        (b"x" * 65, 10, True),
        (b"\xc3\xa9", 10, True),
        (b"fine", MAX_CHUNK + 1, True),
        (b"fine", 0, False),
    ],
)
def test_a_malformed_chunk_closes_the_channel_and_nothing_else(
    loop_run, id: bytes, size: int, last: bool
) -> None:
    async def work() -> None:
        async with running() as here:
            one = await Shooter(here).connect()
            one.chunk(id, 1, bytes(size), last=last)
            await until(lambda: one.device.problem)
            assert one.device.problem is not None
            assert (one.device.problem.code, one.device.problem.channel) == ("bad_media", CAMERA)
            one.device.event(events.Typed("what time is it"))
            await until(lambda: one.of(events.TurnDone))
            assert await one.kept() == []
            await one.device.close()

    loop_run(work())


def test_a_device_without_a_camera_sends_no_pictures(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            one = await Shooter(here).connect(Capabilities(form="everyday", speaker=Speaker()))
            one.chunk("mine", 1, picture(), last=True)
            one.device.event(events.Photo("mine"))
            await until(lambda: one.device.problem)
            assert await one.kept() == []
            await one.device.close()

    loop_run(work())


def test_more_than_a_picture_may_have_is_dropped_whole_and_the_next_one_works(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            here.hub.sessions._wiring.album.limits = type(here.hub.sessions._wiring.album.limits)(
                photo_bytes=300_000
            )
            one = await Shooter(here).connect()
            id = await one.asked()
            for number in range(1, 4):
                one.chunk(id, number, bytes(150_000))
            await until(lambda: [light.on for light in one.of(events.CaptureLight)] == [True, False])
            assert await one.kept() == []
            id = await one.asked()
            one.chunk(id, 1, picture(), last=True)
            await until(lambda: one.of(events.GalleryChanged))
            assert len(await one.kept()) == 1
            await one.device.close()

    loop_run(work())


def test_bytes_that_are_no_picture_are_said_to_be_none_and_not_kept(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            one = await Shooter(here).connect()
            id = await one.asked()
            one.chunk(id, 1, b"<svg onload=alert(1)>" * 50, last=True)
            await until(lambda: one.of(events.Sentence))
            assert one.of(events.Sentence)[0].text.startswith("I can't read that picture")
            assert await one.kept() == []
            await one.device.close()

    loop_run(work())


def test_a_flood_of_chunks_that_nobody_asked_for_is_answered_once(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            one = await Shooter(here).connect()
            for number in range(2, 300):
                one.chunk("flood", number, b"x")
            one.device.event(events.Typed("what time is it"))
            await until(lambda: one.of(events.TurnDone))
            assert len(one.of(events.CaptureStop)) == 1
            await one.device.close()

    loop_run(work())


def test_a_film_that_is_cut_by_the_hubs_end_is_there_after_the_next_start(loop_run, tmp_path) -> None:
    from tests.hubs import CANNED

    from lorgnette.app import HubSettings

    settings = HubSettings(store=f"sqlite:///{tmp_path}/store.db", engines=CANNED)

    async def work() -> None:
        async with running(settings) as here:
            one = await Shooter(here).connect()
            id = await one.asked("film")
            one.chunk(id, 1, WEBM)
            await until(lambda: one.of(events.CaptureGot))
            await one.device.close()
        async with running(settings) as here:
            owner = await here.hub.people.owner()
            (shot,) = await here.hub.gallery.of(owner.id).recent()
            assert shot.bytes == len(WEBM)

    loop_run(work())
