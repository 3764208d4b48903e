"""One wearer's places: what a skill gets."""

from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, update

from lorgnette.core.errors import NotFound, SkillError
from lorgnette.core.ids import new_id
from lorgnette.sdk.places import Place, Whereabouts
from lorgnette.services.notes.folding import fold
from lorgnette.services.places.geofence import Circle, Fix, distance
from lorgnette.services.places.tables import places, whereabouts
from lorgnette.store import Store, clean

FRESH_S = 600.0
"""A position older than this doesn't say where somebody is."""

VAGUE_M = 300.0
"""A position less accurate than this can't be given a name."""

RADIUS_M = 100.0
NAME = 60
MOST = 100
LIKE_ENOUGH = 82.0


class Following(Protocol):
    """Who keeps the fences in step with the table."""

    def renew(self, wearer: str) -> None: ...

    def newest(self, wearer: str) -> Fix | None:
        """What a device said last, before it is written anywhere."""
        ...


class WearerPlaces:
    """Implements `sdk.Places`."""

    def __init__(self, store: Store, wearer: str, following: Following) -> None:
        self._store = store
        self._wearer = wearer
        self._following = following

    async def here(self) -> Whereabouts:
        """Of the last minutes."""
        fix = self._following.newest(self._wearer)
        if fix is not None and fix.at >= self._now() - FRESH_S:
            return Whereabouts(
                latitude=fix.latitude, longitude=fix.longitude, accuracy=fix.accuracy, at=fix.at
            )
        mine = whereabouts.c.wearer == self._wearer
        query = select(whereabouts).where(mine).order_by(whereabouts.c.at.desc()).limit(1)
        row = await self._store.read(lambda connection: connection.execute(query).first())
        if row is None or row.at < self._now() - FRESH_S:
            raise SkillError("no device has said where it is", phrase="place-unknown-here")
        return Whereabouts(
            latitude=row.latitude, longitude=row.longitude, accuracy=row.accuracy, at=float(row.at)
        )

    async def save(self, name: str) -> Place:
        """The wearer is inside, of course."""
        here = await self.here()
        if here.accuracy > VAGUE_M:
            raise SkillError(
                f"known to {here.accuracy:.0f} m", phrase="place-vague-here", metres=round(here.accuracy, -2)
            )
        radius = max(RADIUS_M, 1.5 * here.accuracy)
        return await self.add(name, here.latitude, here.longitude, radius)

    async def add(self, name: str, latitude: float, longitude: float, radius: float = RADIUS_M) -> Place:
        """At these degrees; the place that had the name is replaced. Whether they are there is looked up."""
        name = clean(name).strip()[:NAME]
        if not fold(name):
            raise SkillError("a place needs a name", phrase="place-name")
        inside = await self._is_inside(Circle(latitude, longitude, radius))

        values: dict[str, Any] = {
            "name": name,
            "key": fold(name),
            "latitude": latitude,
            "longitude": longitude,
            "radius": radius,
            "inside": inside,
        }

        def work(connection: Connection) -> Place:
            same = update(places).where(
                self._kept(), places.c.key == fold(name)
            )  # what waits for it waits on
            row = connection.execute(same.values(values).returning(places)).first()
            if row is not None:
                return _place(row)
            if connection.execute(select(func.count()).where(self._kept())).scalar_one() >= MOST:
                raise SkillError(f"{MOST} places", phrase="place-full", limit=MOST)
            new = values | {"id": new_id("p-"), "wearer": self._wearer, "created": self._now()}
            return _place(connection.execute(places.insert().values(new).returning(places)).one())

        found = await self._store.write(work)
        self._following.renew(self._wearer)
        return found

    async def all(self) -> list[Place]:
        """By name."""
        query = select(places).where(self._kept()).order_by(places.c.key)
        rows = await self._store.read(lambda connection: connection.execute(query).all())
        return [_place(row) for row in rows]

    async def named(self, name: str) -> Place:
        """The very name first, then what sounds like it."""
        from rapidfuzz import fuzz, process

        found, wanted = await self.all(), fold(name)
        keys = {place.id: fold(place.name) for place in found}
        for place in found:
            if keys[place.id] == wanted:
                return place
        best = process.extractOne(wanted, keys, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
        if best is None:
            raise NotFound(
                f"no place {name!r}",
                phrase="place-none-such",
                place=name,
                places=[place.name for place in found],
            )
        return next(place for place in found if place.id == best[2])

    async def remove(self, id: str) -> Place:
        """Until retention takes it, it can come back."""
        return await self._change(and_(self._kept(), places.c.id == id), deleted=self._now())

    async def move(self, id: str, latitude: float, longitude: float, radius: float) -> Place:
        """To where it was before."""
        mine = and_(self._kept(), places.c.id == id)
        return await self._change(mine, latitude=latitude, longitude=longitude, radius=radius, inside=None)

    async def restore(self, id: str) -> Place:
        """One that wasn't removed stays as it is."""
        return await self._change(and_(places.c.wearer == self._wearer, places.c.id == id), deleted=None)

    async def _is_inside(self, circle: Circle) -> bool | None:
        try:
            here = await self.here()
        except SkillError:
            return None
        return distance(circle, Fix(here.at, here.latitude, here.longitude)) <= circle.radius

    async def _change(self, condition: ColumnElement[bool], **values: Any) -> Place:
        def work(connection: Connection) -> Place:
            row = connection.execute(update(places).where(condition).values(values).returning(places)).first()
            if row is None:
                raise NotFound("no such place")
            return _place(row)

        found = await self._store.write(work)
        self._following.renew(self._wearer)
        return found

    def _kept(self) -> ColumnElement[bool]:
        return and_(places.c.wearer == self._wearer, places.c.deleted.is_(None))

    def _now(self) -> float:
        return self._store.clock.now().timestamp()


def _place(row: Row[Any]) -> Place:
    return Place(
        id=row.id,
        name=row.name,
        latitude=float(row.latitude),
        longitude=float(row.longitude),
        radius=float(row.radius),
        inside=None if row.inside is None else bool(row.inside),
    )
