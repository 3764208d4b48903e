"""What one room sees of another, where neither may know the other."""

from collections.abc import Iterator, Mapping
from typing import Final

from lorgnette.engines.registry import Sentence
from lorgnette.mind.reflexes import Reflexes
from lorgnette.sdk import Shot
from lorgnette.sdk.language import languages
from lorgnette.sdk.schedule import Item
from lorgnette.services.gallery import GalleryService
from lorgnette.services.schedule import ScheduleService
from lorgnette.session.ports import Limits, Reel
from lorgnette.store import People

MB: Final = 1024 * 1024


class KeptPictures:
    """The session's view of the galleries."""

    def __init__(self, gallery: GalleryService, people: People) -> None:
        self._gallery = gallery
        self._people = people
        settings = gallery.settings
        self.limits = Limits(
            photo_bytes=int(settings.photo_mb * MB),
            film_bytes=int(settings.film_mb * MB),
            film_seconds=settings.film_minutes * 60,
            sound=settings.sound,
        )

    async def add(self, wearer: str, data: bytes, device: str, place: tuple[float, float] | None) -> Shot:
        zone = (await self._people.wearer(wearer)).zone
        return await self._gallery.add(wearer, data, device, place, zone=zone)

    async def film(self, wearer: str, device: str, place: tuple[float, float] | None) -> Reel:
        return await self._gallery.film(wearer, device, place)


class WearersAlarms:
    """The session's view of everybody's schedule."""

    def __init__(self, schedule: ScheduleService) -> None:
        self._schedule = schedule

    async def items(self, wearer: str) -> list[Item]:
        return await self._schedule.for_wearer(wearer).items()

    async def dismiss(self, wearer: str) -> bool:
        return bool(await self._schedule.for_wearer(wearer).dismiss())


class Understood(Mapping[str, list[Sentence]]):
    """What the skills understand, by language; compiled when an engine asks for it."""

    def __init__(self, reflexes: Reflexes) -> None:
        self._reflexes = reflexes

    def __getitem__(self, language: str) -> list[Sentence]:
        if language not in languages():
            raise KeyError(language)
        return [Sentence(template, slots) for template, slots in self._reflexes.sentences(language)]

    def __iter__(self) -> Iterator[str]:
        return iter(languages())

    def __len__(self) -> int:
        return len(languages())
