"""The wearer's cameras: which device takes it, that everyone sees it, and where the bytes go."""

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from functools import cache
from typing import Any, Final, Literal, Protocol

from lorgnette.core import events
from lorgnette.core.errors import LorgnetteError, MediaError, NotFound, SkillError
from lorgnette.core.ids import new_id
from lorgnette.core.people import Wearer
from lorgnette.core.scenes import Head, Label, Scene
from lorgnette.media.earcons import earcon
from lorgnette.mind.mind import hub_phrases
from lorgnette.sdk.camera import Shot
from lorgnette.sdk.phrases import Phrases
from lorgnette.session.attachment import Attachment, Chunk
from lorgnette.session.ports import Album
from lorgnette.session.said import Said
from lorgnette.session.speaking import Speaking
from lorgnette.session.speech import Kind, Speech
from lorgnette.session.takes import Film, Photo, Take
from lorgnette.session.wiring import Wiring

log = logging.getLogger(__name__)

MARK: Final = "recording"
"""The scene that every display shows while a camera is on."""
START_SECONDS: Final = 20.0
"""A browser may first have to ask the wearer."""
PHOTO_SECONDS: Final = 30.0
STOP_SECONDS: Final = 8.0
"""After `camera.stop` a device sends the rest within this."""
PLACE_SECONDS: Final = 300.0
"""A position older than this says nothing about where a picture was taken."""
_FIRST: Final = {"ar": 0, "text-hud": 1, "everyday": 2, "phone": 3, "audio": 4}
_WHY: Final = {
    "denied": "error-camera-denied",
    "absent": "error-camera-absent",
    "failed": "error-camera-failed",
    "": "error-camera-absent",
}


class Room(Protocol):
    """The session around it."""

    wearer: Wearer

    @property
    def attachments(self) -> dict[str, Attachment]: ...

    def broadcast(self, event: events.ToDevice) -> None: ...

    def show(self, id: str, scene: Scene | None) -> None: ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> object: ...

    def speech(self, said: Said, kind: Kind) -> Speech: ...

    def state_changed(self) -> None: ...


class SessionCamera:
    """Implements `sdk.Camera`; one take at a time."""

    def __init__(self, room: Room, speaking: Speaking, wiring: Wiring) -> None:
        self._room = room
        self._speaking = speaking
        self._wiring = wiring
        self._take: Take | None = None
        self._unasked: Photo | None = None
        """What a device took on its own, until it says so."""
        self._refused = ""
        """The last id that nobody knew: said once."""
        self._lit: events.CaptureLight | None = None
        self._kept: asyncio.Future[Shot | None] | None = None

    # ── sdk.Camera ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def filming(self) -> bool:
        return self._lit is not None and self._lit.mode == "film"

    async def look(self) -> bytes:
        data, _ = await self._picture()
        return data

    async def photo(self) -> Shot:
        album = self._album
        data, attachment = await self._picture()
        return await self._keep(album, data, attachment)

    async def film(self) -> None:
        album = self._album
        self._free()
        refused = ""
        for attachment in self._cameras():
            reel = await self._reel(album, attachment)
            if self._take is not None:  # the shutter was pressed twice, or a picture came first
                await reel.drop()
                self._free()
            film = Film(new_id("k-"), attachment, reel)
            self._take = film
            limits = album.limits
            attachment.outlet.send(
                events.Capture(film.id, "film", seconds=limits.film_seconds, sound=limits.sound)
            )
            if await self._begins(film):
                self._light("film")
                loop = asyncio.get_running_loop()
                self._kept = loop.create_future()
                self._room.spawn(self._record(film, self._kept))
                # a device that doesn't end by itself is ended
                loop.call_later(limits.film_seconds + STOP_SECONDS, film.gone, "too long")
                return
            self._take = None
            await film.reel.drop()
            refused = refused or film.refused
        raise SkillError(f"no film: {refused or 'no camera'}", phrase=_WHY[refused])

    async def stop(self) -> Shot:
        film, kept = self._take, self._kept
        if not isinstance(film, Film) or kept is None:
            raise SkillError("no film runs", phrase="error-camera-no-film")
        self._end(film)
        shot = await asyncio.shield(kept)
        if shot is None:
            raise MediaError("nothing of the film came", phrase="error-camera-failed")
        return shot

    # ── what devices say ───────────────────────────────────────────────────────────────────────────────

    def arrived(self, attachment: Attachment) -> None:
        """A device that comes while a camera is on shows it too."""
        if self._lit is not None:
            attachment.outlet.send(self._lit)

    def event(self, attachment: Attachment, event: events.FromDevice) -> None:
        """The shutter, the camera's state, a picture that nobody asked for, and where all that is."""
        match event:
            case events.Location():
                attachment.place = (self._wiring.clock.steady(), event)
                if not attachment.device.shared:
                    self._wiring.located(self._room.wearer.id, attachment.device.id, event)
            case events.Shutter(mode=mode):
                self.shutter(mode)
            case events.Capturing(id=id, state=state):
                take = self._take
                if take is not None and take.id == id and take.attachment is attachment:
                    take.state(state)
            case events.Photo(image=id):
                photo, self._unasked = self._unasked, None
                if photo is not None and photo.id == id and photo.whole.done():
                    self._room.spawn(self._aloud(self._brought(photo)))
            case _:
                pass  # headings and poses belong to services that come by their own issues

    def chunk(self, attachment: Attachment, chunk: Chunk) -> None:
        """Bytes. What can't be right ends that picture or film, and nothing else."""
        take = self._take if self._take is not None and self._take.id == chunk.id else self._unasked
        if take is None or take.id != chunk.id or take.attachment is not attachment:
            take = self._unknown(attachment, chunk)
        if take is None:
            return
        try:
            if isinstance(take, Photo | Film):
                take.chunk(chunk)
        except MediaError as error:
            log.warning("%s of %s: %s", take.mode, attachment.device.id, error.detail)
            take.got(take.next - 1, over=True)
            take.gone(error.detail)

    def left(self, attachment: Attachment) -> None:
        """Its device is gone for good: a film is what came of it."""
        for take in (self._take, self._unasked):
            if take is not None and take.attachment is attachment:
                take.gone("the device is gone")
        if self._unasked is not None and self._unasked.attachment is attachment:
            self._unasked = None
        if self._lit is not None:  # it may stay on, with somebody else
            attachment.outlet.send(events.CaptureLight(on=False, mode=self._lit.mode))

    def shutter(self, mode: Literal["photo", "film"]) -> None:
        """By hand: a film that runs ends, else one begins, or a picture is taken."""
        if self.filming:
            self._room.spawn(self._aloud(self.stop()))
        else:
            self._room.spawn(self._aloud(self.photo() if mode == "photo" else self.film()))

    async def close(self) -> None:
        """The session ends: what was filmed is kept."""
        film, kept = self._take, self._kept
        if isinstance(film, Film) and kept is not None:
            film.attachment.outlet.send(events.CaptureStop(film.id))
            film.gone("the session ends")
            await asyncio.wait([kept], timeout=STOP_SECONDS)

    # ── taking ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _album(self) -> Album:
        if self._wiring.album is None:
            raise NotFound("this hub keeps no pictures", phrase="error-not-installed")
        return self._wiring.album

    def _free(self) -> None:
        if self._take is not None:
            filming = isinstance(self._take, Film)
            raise SkillError("a camera is on", phrase=f"error-camera-{'filming' if filming else 'busy'}")

    def _cameras(self) -> list[Attachment]:
        """Devices to ask, glasses first: they see what the wearer sees."""
        able = [
            one
            for one in self._room.attachments.values()
            if one.connected and one.capabilities.camera is not None
        ]
        return sorted(able, key=lambda one: _FIRST[one.capabilities.form])

    async def _picture(self) -> tuple[bytes, Attachment]:
        self._free()
        refused, limits = "", self._album.limits
        for attachment in self._cameras():
            photo = Photo(new_id("k-"), attachment, limits.photo_bytes)
            self._take = photo
            attachment.outlet.send(events.Capture(photo.id, "photo"))
            try:
                if not await self._begins(photo):
                    refused = refused or photo.refused
                    continue
                self._light("photo")
                async with asyncio.timeout(PHOTO_SECONDS):
                    return await photo.whole, attachment
            except TimeoutError:
                refused = refused or "failed"
                attachment.outlet.send(events.CaptureStop(photo.id))
            finally:
                self._dark(photo)
        raise SkillError(f"no picture: {refused or 'no camera'}", phrase=_WHY[refused])

    async def _begins(self, take: Take) -> bool:
        try:
            async with asyncio.timeout(START_SECONDS):
                return await asyncio.shield(take.began)
        except TimeoutError:
            take.refused = "failed"
        except asyncio.CancelledError:
            self._take = None
            take.attachment.outlet.send(events.CaptureStop(take.id))
            if isinstance(take, Film):
                await take.reel.drop()
            raise
        take.attachment.outlet.send(events.CaptureStop(take.id))
        return False

    async def _reel(self, album: Album, attachment: Attachment) -> Any:
        return await album.film(self._room.wearer.id, attachment.device.name, self._place(attachment))

    def _end(self, film: Film) -> None:
        film.attachment.outlet.send(events.CaptureStop(film.id))
        asyncio.get_running_loop().call_later(STOP_SECONDS, film.gone, "it didn't end")

    async def _record(self, film: Film, kept: asyncio.Future[Shot | None]) -> None:
        """Write a film to its end, whichever it is."""
        stopping = False
        shot = None
        try:
            while chunks := await film.chunks():
                for poster in (chunk for chunk in chunks if chunk.number == 0):
                    await film.reel.poster(poster.data)
                data = b"".join(chunk.data for chunk in chunks if chunk.number)
                if data:
                    await film.reel.write(data)
                last = chunks[-1]
                film.got(last.number, over=last.last)
                if last.last:
                    break
                if film.reel.full and not stopping:
                    stopping = True
                    self._end(film)
        except LorgnetteError as error:
            log.warning("a film of %s ends: %s", film.attachment.device.id, error.detail)
            film.attachment.outlet.send(events.CaptureStop(film.id))
        finally:
            film.ended = True
            try:
                shot = await film.reel.finish()
            except LorgnetteError as error:
                log.warning("a film of %s is lost: %s", film.attachment.device.id, error.detail)
            finally:  # whatever went wrong: no light stays on for a camera that is off
                self._dark(film)
                kept.set_result(shot)
        if shot is not None:
            self._room.broadcast(events.GalleryChanged(shot.id))

    # ── keeping ────────────────────────────────────────────────────────────────────────────────────────

    async def _keep(self, album: Album, data: bytes, attachment: Attachment) -> Shot:
        shot = await album.add(self._room.wearer.id, data, attachment.device.name, self._place(attachment))
        self._room.broadcast(events.GalleryChanged(shot.id))
        return shot

    async def _brought(self, photo: Photo) -> None:
        """A picture that a device took by its own shutter: the others show it for a moment."""
        data = await photo.whole
        if self._take is None:
            self._light("photo")
            self._dark(photo)
        await self._keep(self._album, data, photo.attachment)

    def _unknown(self, attachment: Attachment, chunk: Chunk) -> Photo | None:
        """An id that nobody gave out: a device's own picture begins, anything else is told to end."""
        if chunk.number == 1 and self._wiring.album is not None:
            self._unasked = Photo(chunk.id, attachment, self._wiring.album.limits.photo_bytes)
            return self._unasked
        if chunk.id != self._refused:
            self._refused = chunk.id
            attachment.outlet.send(events.CaptureStop(chunk.id))
            attachment.outlet.send(events.CaptureGot(chunk.id, chunk.number, over=True))
        return None

    def _place(self, attachment: Attachment) -> tuple[float, float] | None:
        """Where the wearer is now, by the camera's device, else by any."""
        since = self._wiring.clock.steady() - PLACE_SECONDS
        for one in (attachment, *self._room.attachments.values()):
            if one.place is not None and one.place[0] >= since:
                return one.place[1].latitude, one.place[1].longitude
        return None

    # ── that everyone sees it ──────────────────────────────────────────────────────────────────────────

    def _light(self, mode: Literal["photo", "film"]) -> None:
        now = self._wiring.clock.now().timestamp()
        self._lit = events.CaptureLight(on=True, mode=mode, since=now)
        self._room.broadcast(self._lit)
        text = "● REC" if mode == "film" else "●"
        self._room.show(MARK, Label(text=text, tone="alert", anchor=Head("top")))
        self._sound("capture" if mode == "photo" else "film")
        self._room.state_changed()

    def _dark(self, take: Take) -> None:
        if self._take is take:
            self._take = None
        lit, self._lit = self._lit, None
        if lit is None:
            return
        self._room.broadcast(events.CaptureLight(on=False, mode=lit.mode))
        self._room.show(MARK, None)
        if lit.mode == "film":
            self._kept = None
            self._sound("filmed")
        self._room.state_changed()

    def _sound(self, name: str) -> None:
        """Heard over whatever is said; who hears no more of an answer than that reads the rest."""
        self._room.broadcast(events.Earcon(name))
        sound = Said("", new_id("e-"), self._room.wearer.language, complete=True)
        speech = Speech(sound, "earcon", self._wiring.synthesizer, lead_in=earcon(name))
        self._speaking.say(speech, lambda _: None, when_busy="queue")

    async def _aloud(self, work: Awaitable[object]) -> None:
        """By hand there is no turn to answer in: what goes wrong is said by itself."""
        try:
            await work
        except LorgnetteError as error:
            log.info("the shutter: %s", error.detail)
            language = self._room.wearer.language
            phrases = _phrases()
            key = error.phrase if phrases.has(error.phrase, language) else LorgnetteError.phrase
            text = phrases.format(key, error.values, language)
            said = Said("", new_id("u-"), language, [text], complete=True)
            self._speaking.say(self._room.speech(said, "answer"), lambda _: None)


@cache
def _phrases() -> Phrases:
    return hub_phrases()
