"""Which device takes a picture, who is shown that a camera is on, and every way in which it can fail."""

import asyncio
from typing import Any

import pytest
from tests.session.stage import Glasses, Stage, until

from lorgnette.core import events
from lorgnette.core.errors import LorgnetteError, MediaError
from lorgnette.core.forms import Camera, Capabilities, Display, Speaker
from lorgnette.sdk.camera import Shot
from lorgnette.session.attachment import Attachment, Chunk
from lorgnette.session.camera import SessionCamera
from lorgnette.session.ports import Limits

FRAME = Capabilities(form="ar", camera=Camera(), display=Display(), speaker=Speaker())
PHONE = Capabilities(form="phone", camera=Camera(), speaker=Speaker())
BUDS = Capabilities(form="audio", speaker=Speaker())


class Reel:
    def __init__(self, album: "MemoryAlbum") -> None:
        self.album = album
        self.data = bytearray()
        self.full = False

    async def write(self, data: bytes) -> None:
        if self.album.broken:
            raise MediaError("the disk failed")
        self.data += data
        self.full = len(self.data) >= self.album.limits.film_bytes

    async def poster(self, data: bytes) -> None:
        self.album.posters.append(data)

    async def finish(self) -> Shot | None:
        if self.album.lost:
            raise FileNotFoundError("the film's file")
        return self.album.kept("film", bytes(self.data)) if self.data else None

    async def drop(self) -> None:
        self.album.dropped += 1


class MemoryAlbum:
    """`Album` in a list."""

    def __init__(self) -> None:
        self.limits = Limits(photo_bytes=1000, film_bytes=5000, film_seconds=60)
        self.shots: list[tuple[str, bytes]] = []
        self.posters: list[bytes] = []
        self.places: list[Any] = []
        self.dropped = 0
        self.broken = False
        self.lost = False

    def kept(self, kind: Any, data: bytes) -> Shot:
        self.shots.append((kind, data))
        return Shot(id=f"g{len(self.shots)}", kind=kind, mime="image/jpeg", bytes=len(data))

    async def add(self, wearer: str, data: bytes, device: str, place: Any) -> Shot:
        self.places.append(place)
        return self.kept("photo", data)

    async def film(self, wearer: str, device: str, place: Any) -> Reel:
        await asyncio.sleep(0)  # as the store's answer comes later
        return Reel(self)


class Scene:
    """A stage with cameras, which answer as they are told."""

    def __init__(self) -> None:
        self.album = MemoryAlbum()
        self.stage = Stage()
        object.__setattr__(self.stage.wiring, "album", self.album)
        self.devices: dict[str, tuple[Glasses, Attachment]] = {}

    async def add(self, name: str, capabilities: Capabilities) -> Glasses:
        self.devices[name] = await self.stage.attach(capabilities, id=name)
        return self.devices[name][0]

    @property
    def camera(self) -> SessionCamera:
        session = self.stage.sessions.of("w1")
        assert session is not None
        return session.camera

    async def asked(self, name: str) -> events.Capture:
        glasses, _ = self.devices[name]
        await until(lambda: glasses.of(events.Capture))
        return glasses.of(events.Capture)[-1]

    def says(self, name: str, id: str, state: Any) -> None:
        self.devices[name][1].event(events.Capturing(id, state))

    def sends(self, name: str, id: str, number: int, data: bytes, *, last: bool = False) -> None:
        self.devices[name][1].chunk(Chunk(id, number, data, last))

    def lights(self, name: str) -> list[bool]:
        return [event.on for event in self.devices[name][0].of(events.CaptureLight)]


def run(work: Any) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(20):
            scene = Scene()
            await work(scene)
            await scene.stage.sessions.close()

    asyncio.run(bounded())


def test_the_glasses_take_it_and_every_device_shows_the_light_a_mark_and_a_sound() -> None:
    async def work(scene: Scene) -> None:
        phone = await scene.add("phone", PHONE)
        buds = await scene.add("buds", BUDS)
        frame = await scene.add("frame", FRAME)
        photo = asyncio.create_task(scene.camera.photo())
        asked = await scene.asked("frame")
        assert not phone.of(events.Capture)
        assert scene.lights("frame") == []  # nothing is taken yet
        scene.says("frame", asked.id, "on")
        await until(lambda: scene.lights("buds"))
        assert [scene.lights(name) for name in ("frame", "phone", "buds")] == [[True]] * 3
        shown = frame.of(events.Show)[-1]
        assert (shown.id, shown.scene.tone) == ("recording", "alert")
        assert buds.of(events.Earcon)[-1].name == "capture"
        scene.sends("frame", asked.id, 1, b"abc")
        scene.sends("frame", asked.id, 2, b"def", last=True)
        scene.says("frame", asked.id, "off")
        shot = await photo
        assert scene.album.shots == [("photo", b"abcdef")]
        assert [scene.lights(name) for name in ("frame", "phone", "buds")] == [[True, False]] * 3
        assert frame.of(events.Hide)[-1].id == "recording"
        assert frame.of(events.CaptureGot)[-1] == events.CaptureGot(asked.id, 2, over=True)
        assert phone.of(events.GalleryChanged) == [events.GalleryChanged(shot.id)]

    run(work)


def test_a_shutter_pressed_twice_at_once_makes_one_film() -> None:
    async def work(scene: Scene) -> None:
        await scene.add("frame", FRAME)
        first, second = (asyncio.create_task(scene.camera.film()) for _ in range(2))
        asked = await scene.asked("frame")
        scene.says("frame", asked.id, "on")
        await first
        with pytest.raises(LorgnetteError):
            await second
        assert len(scene.devices["frame"][0].of(events.Capture)) == 1
        assert scene.album.dropped == 1
        scene.sends("frame", asked.id, 1, b"film", last=True)
        await until(lambda: scene.album.shots == [("film", b"film")])
        await until(lambda: scene.lights("frame") == [True, False])

    run(work)


def test_no_light_stays_on_whatever_keeping_the_film_raises() -> None:
    async def work(scene: Scene) -> None:
        await scene.add("frame", FRAME)
        scene.album.lost = True
        filming = asyncio.create_task(scene.camera.film())
        asked = await scene.asked("frame")
        scene.says("frame", asked.id, "on")
        await filming
        scene.sends("frame", asked.id, 1, b"film", last=True)
        await until(lambda: scene.lights("frame") == [True, False])
        assert not scene.camera.filming

    run(work)


def test_a_look_is_shown_in_the_same_way_and_not_kept() -> None:
    async def work(scene: Scene) -> None:
        await scene.add("frame", FRAME)
        look = asyncio.create_task(scene.camera.look())
        asked = await scene.asked("frame")
        scene.says("frame", asked.id, "on")
        scene.sends("frame", asked.id, 1, b"seen", last=True)
        assert await look == b"seen"
        assert scene.album.shots == []
        assert scene.lights("frame") == [True, False]

    run(work)


@pytest.mark.parametrize("state", ["denied", "absent", "failed", "off"])
def test_where_one_camera_may_not_the_next_is_asked_and_the_first_reason_is_said(state: str) -> None:
    async def work(scene: Scene) -> None:
        await scene.add("phone", PHONE)
        await scene.add("frame", FRAME)
        photo = asyncio.create_task(scene.camera.photo())
        scene.says("frame", (await scene.asked("frame")).id, state)
        scene.says("phone", (await scene.asked("phone")).id, "absent")
        with pytest.raises(LorgnetteError) as refused:
            await photo
        reason = "failed" if state == "off" else state
        assert refused.value.phrase == f"error-camera-{reason}"
        assert scene.lights("phone") == []
        assert scene.album.shots == []

    run(work)


def test_without_any_camera_that_is_said() -> None:
    async def work(scene: Scene) -> None:
        await scene.add("buds", BUDS)
        for ask in (scene.camera.photo(), scene.camera.look(), scene.camera.film()):
            with pytest.raises(LorgnetteError) as refused:
                await ask
            assert refused.value.phrase == "error-camera-absent"

    run(work)


def test_a_picture_too_large_or_with_a_hole_is_dropped_whole() -> None:
    async def work(scene: Scene) -> None:
        frame = await scene.add("frame", FRAME)
        for chunks in ([(1, 600), (2, 600)], [(1, 10), (3, 10)]):
            frame.events.clear()
            photo = asyncio.create_task(scene.camera.photo())
            asked = await scene.asked("frame")
            scene.says("frame", asked.id, "on")
            for number, size in chunks:
                scene.sends("frame", asked.id, number, bytes(size), last=number == 3)
            with pytest.raises(MediaError):
                await photo
            assert scene.lights("frame")[-1] is False
        assert scene.album.shots == []

    run(work)


def test_chunks_that_come_again_after_a_lost_line_count_once() -> None:
    async def work(scene: Scene) -> None:
        frame = await scene.add("frame", FRAME)
        photo = asyncio.create_task(scene.camera.photo())
        asked = await scene.asked("frame")
        scene.says("frame", asked.id, "on")
        scene.sends("frame", asked.id, 1, b"a")
        scene.devices["frame"][1].suspend()
        scene.devices["frame"][1].resume()
        scene.sends("frame", asked.id, 1, b"a")
        scene.sends("frame", asked.id, 2, b"b", last=True)
        await photo
        assert scene.album.shots == [("photo", b"ab")]
        assert events.CaptureGot(asked.id, 1) in frame.of(events.CaptureGot)

    run(work)


def test_a_device_that_goes_away_in_the_middle_leaves_nothing_of_a_picture() -> None:
    async def work(scene: Scene) -> None:
        await scene.add("buds", BUDS)
        await scene.add("frame", FRAME)
        photo = asyncio.create_task(scene.camera.photo())
        asked = await scene.asked("frame")
        scene.says("frame", asked.id, "on")
        scene.sends("frame", asked.id, 1, b"half")
        scene.devices["frame"][1].detach()
        with pytest.raises(LorgnetteError):
            await photo
        assert scene.album.shots == []
        assert scene.lights("buds") == [True, False]

    run(work)


async def filming(scene: Scene) -> str:
    film = asyncio.create_task(scene.camera.film())
    asked = await scene.asked("frame")
    assert (asked.mode, asked.seconds) == ("film", 60)
    scene.says("frame", asked.id, "on")
    await film
    return asked.id


def test_a_film_is_written_while_it_comes_and_ends_when_it_is_asked_to() -> None:
    async def work(scene: Scene) -> None:
        frame = await scene.add("frame", FRAME)
        id = await filming(scene)
        assert scene.camera.filming
        assert frame.of(events.State)[-1].state in {"recording", "speaking"}
        scene.sends("frame", id, 0, b"poster")
        scene.sends("frame", id, 1, b"one ")
        await until(lambda: events.CaptureGot(id, 1) in frame.of(events.CaptureGot))
        late, _ = await scene.stage.attach(BUDS, id="late")
        assert [light.on for light in late.of(events.CaptureLight)] == [True]
        stop = asyncio.create_task(scene.camera.stop())
        await until(lambda: frame.of(events.CaptureStop))
        scene.sends("frame", id, 2, b"two")
        scene.sends("frame", id, 3, b"", last=True)
        shot = await stop
        assert shot.kind == "film"
        assert scene.album.shots == [("film", b"one two")]
        assert scene.album.posters == [b"poster"]
        assert not scene.camera.filming
        assert scene.lights("frame") == [True, False]
        with pytest.raises(LorgnetteError) as refused:
            await scene.camera.stop()
        assert refused.value.phrase == "error-camera-no-film"

    run(work)


@pytest.mark.parametrize("end", ["device", "gone", "hole", "hub", "size"])
def test_however_a_film_ends_what_came_is_kept(end: str) -> None:
    async def work(scene: Scene) -> None:
        frame = await scene.add("frame", FRAME)
        await scene.add("buds", BUDS)
        id = await filming(scene)
        scene.sends("frame", id, 1, b"x" * 100)
        await until(lambda: events.CaptureGot(id, 1) in frame.of(events.CaptureGot))
        if end == "device":
            scene.sends("frame", id, 2, b"", last=True)
        elif end == "gone":
            scene.devices["frame"][1].detach()
        elif end == "hole":
            scene.sends("frame", id, 7, b"x")
        elif end == "hub":
            await scene.stage.sessions.close()
        else:
            scene.sends("frame", id, 2, bytes(5000))
            await until(lambda: frame.of(events.CaptureStop))
            scene.sends("frame", id, 3, b"", last=True)
        await until(lambda: scene.album.shots)
        kind, data = scene.album.shots[0]
        assert kind == "film"
        assert data.startswith(b"x" * 100)
        if end != "hub":
            await until(lambda: scene.lights("buds") == [True, False])

    run(work)


def test_a_disk_that_fails_ends_the_film_and_the_device_is_told() -> None:
    async def work(scene: Scene) -> None:
        frame = await scene.add("frame", FRAME)
        id = await filming(scene)
        scene.album.broken = True
        scene.sends("frame", id, 1, b"x")
        await until(lambda: events.CaptureStop(id) in frame.of(events.CaptureStop))
        await until(lambda: not scene.camera.filming)
        assert scene.album.shots == []

    run(work)


def test_one_thing_at_a_time() -> None:
    async def work(scene: Scene) -> None:
        await scene.add("frame", FRAME)
        id = await filming(scene)
        for ask in (scene.camera.photo(), scene.camera.film()):
            with pytest.raises(LorgnetteError) as refused:
                await ask
            assert refused.value.phrase == "error-camera-filming"
        scene.sends("frame", id, 1, b"x", last=True)
        await until(lambda: not scene.camera.filming)

    run(work)


def test_the_shutter_takes_and_ends_by_hand_and_says_what_went_wrong() -> None:
    async def work(scene: Scene) -> None:
        frame = await scene.add("frame", FRAME)
        _, attachment = scene.devices["frame"]
        attachment.event(events.Shutter("film"))
        asked = await scene.asked("frame")
        scene.says("frame", asked.id, "on")
        await until(lambda: scene.camera.filming)
        attachment.event(events.Touch("swipe_forward"))
        await until(lambda: events.CaptureStop(asked.id) in frame.of(events.CaptureStop))
        scene.sends("frame", asked.id, 1, b"x", last=True)
        await until(lambda: not scene.camera.filming)
        frame.events.clear()
        attachment.event(events.Touch("swipe_forward"))
        asked = await scene.asked("frame")
        assert asked.mode == "photo"
        scene.says("frame", asked.id, "denied")
        await until(lambda: frame.of(events.Sentence))
        assert frame.of(events.Sentence)[-1].text.startswith("The camera isn't allowed")

    run(work)


def test_a_picture_that_a_device_took_itself_is_kept_once_it_says_so() -> None:
    async def work(scene: Scene) -> None:
        await scene.add("frame", FRAME)
        await scene.add("buds", BUDS)
        _, attachment = scene.devices["frame"]
        attachment.event(events.Location(60.17, 24.94))
        scene.sends("frame", "mine-1", 1, b"own", last=True)
        assert scene.album.shots == []
        attachment.event(events.Photo("other"))
        scene.sends("frame", "mine-2", 1, b"own", last=True)
        attachment.event(events.Photo("mine-2"))
        await until(lambda: scene.album.shots)
        assert scene.album.places == [(60.17, 24.94)]
        assert scene.lights("buds") == [True, False]
        scene.sends("frame", "who", 5, b"x")
        assert scene.devices["frame"][0].of(events.CaptureStop)[-1].id == "who"

    run(work)


def test_another_device_cannot_answer_for_the_camera() -> None:
    async def work(scene: Scene) -> None:
        await scene.add("phone", PHONE)
        await scene.add("frame", FRAME)
        photo = asyncio.create_task(scene.camera.photo())
        asked = await scene.asked("frame")
        scene.says("phone", asked.id, "on")
        scene.sends("phone", asked.id, 1, b"forged", last=True)
        await asyncio.sleep(0)
        assert scene.lights("phone") == []
        scene.says("frame", asked.id, "on")
        scene.sends("frame", asked.id, 1, b"true", last=True)
        await photo
        assert scene.album.shots == [("photo", b"true")]

    run(work)
