"""The weather as a skill sees it. Temperatures are in degrees Celsius, rain in millimetres."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Protocol

import msgspec

Sky = Literal[
    "clear",
    "fair",
    "cloudy",
    "overcast",
    "fog",
    "drizzle",
    "rain",
    "downpour",
    "showers",
    "freezing",
    "snow",
    "thunder",
    "hail",
    "unknown",
]
"""fair: mostly sunny · cloudy: sun and clouds · freezing: rain that turns to ice."""

WET: frozenset[Sky] = frozenset(
    {"drizzle", "rain", "downpour", "showers", "freezing", "snow", "thunder", "hail"}
)


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place on the map. `name`: as it is called in the language that was asked in; empty: here."""

    name: str = ""
    latitude: float
    longitude: float
    country: str = ""


class Hour(msgspec.Struct, frozen=True, kw_only=True):
    """From `at` (aware, local to the spot) for an hour. `chance`: percent, None: not known."""

    at: datetime
    temperature: float
    sky: Sky = "unknown"
    chance: int | None = None
    rain: float = 0.0

    @property
    def wet(self) -> bool:
        """Whether rain, snow or hail is rather likely."""
        return self.chance >= 50 if self.chance is not None else self.rain >= 0.2 or self.sky in WET


class DayWeather(msgspec.Struct, frozen=True, kw_only=True):
    """A day at the spot."""

    day: date
    sky: Sky
    low: float
    high: float
    chance: int | None = None
    rain: float = 0.0


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What it is like, and what comes. `feels`: the temperature that it feels like; `by`: whose data."""

    spot: Spot
    at: datetime
    temperature: float
    feels: float
    sky: Sky
    dark: bool = False
    days: Sequence[DayWeather] = ()
    hours: Sequence[Hour] = ()
    by: str = ""

    def on(self, day: date) -> DayWeather | None:
        """A day; None where it is not among those that are known."""
        return next((one for one in self.days if one.day == day), None)

    def left_of(self, day: date) -> Sequence[Hour]:
        """The hours of a day that aren't over."""
        now = self.at.replace(minute=0, second=0, microsecond=0)
        return [hour for hour in self.hours if hour.at.date() == day and hour.at >= now]


class Weather(Protocol):
    """Bound to one wearer. Each may raise `SkillError` where the weather isn't switched on."""

    @property
    def home(self) -> str:
        """The name of the place that the settings call home; empty: none."""
        ...

    def ready(self) -> None:
        """Raises that error where it would come."""
        ...

    async def find(self, name: str, language: str) -> Spot:
        """A place by its name; `NotFound` if nobody knows it."""
        ...

    async def outlook(self, spot: Spot) -> Outlook:
        """Now, the next days and their hours. The spot is told to about a kilometre."""
        ...
