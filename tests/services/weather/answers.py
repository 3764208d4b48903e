"""Open-Meteo's answers in the shape of its documentation, for a Thursday afternoon in Berlin."""

from datetime import UTC, datetime, timedelta
from typing import Any

BERLIN = {
    "results": [
        {
            "id": 2950159,
            "name": "Berlin",
            "latitude": 52.52437,
            "longitude": 13.41053,
            "elevation": 74.0,
            "feature_code": "PPLC",
            "country_code": "DE",
            "admin1_id": 2950157,
            "timezone": "Europe/Berlin",
            "population": 3426354,
            "postcodes": ["10967", "13347"],
            "country_id": 2921044,
            "country": "Deutschland",
            "admin1": "Land Berlin",
        }
    ],
    "generationtime_ms": 0.28419495,
}
"""As https://open-meteo.com/en/docs/geocoding-api shows it."""
NOWHERE = {"generationtime_ms": 0.5}


def forecast(
    *,
    code: int = 2,
    wet: dict[int, list[int]] | None = None,
    temperature: float = 9.4,
    feels: float | None = 8.1,
    days: int = 16,
) -> dict[str, Any]:
    """Sixteen days from 2026-11-05, asked at 15:00. `wet`: day → hours in which it rains, 80 %."""
    start, wet = datetime(2026, 11, 5, tzinfo=UTC), wet or {}
    hours = [start + timedelta(hours=at) for at in range(24 * days)]
    rains = [at.hour in wet.get((at - start).days, []) for at in hours]
    dates = [(start + timedelta(days=at)).date().isoformat() for at in range(days)]
    return {
        "latitude": 52.52,
        "longitude": 13.419998,
        "generationtime_ms": 0.0779628,
        "utc_offset_seconds": 3600,
        "timezone": "Europe/Berlin",
        "timezone_abbreviation": "GMT+1",
        "elevation": 38.0,
        "current_units": {"time": "iso8601", "interval": "seconds", "temperature_2m": "°C"},
        "current": {
            "time": "2026-11-05T15:00",
            "interval": 900,
            "temperature_2m": temperature,
            "apparent_temperature": feels,
            "weather_code": code,
            "is_day": 1,
        },
        "hourly_units": {"time": "iso8601", "temperature_2m": "°C", "precipitation_probability": "%"},
        "hourly": {
            "time": [f"{at:%Y-%m-%dT%H:%M}" for at in hours],
            "temperature_2m": [7.0 + at.hour / 4 for at in hours],
            "weather_code": [61 if rain else 3 for rain in rains],
            "precipitation_probability": [80 if rain else 10 for rain in rains],
            "precipitation": [1.2 if rain else 0.0 for rain in rains],
        },
        "daily_units": {"time": "iso8601", "temperature_2m_max": "°C", "precipitation_sum": "mm"},
        "daily": {
            "time": dates,
            "weather_code": [61 if at in wet else 2 for at in range(days)],
            "temperature_2m_max": [12.2 + at for at in range(days)],
            "temperature_2m_min": [-2.6 + at for at in range(days)],
            "precipitation_probability_max": [80 if at in wet else 10 for at in range(days)],
            "precipitation_sum": [4.0 if at in wet else 0.0 for at in range(days)],
        },
    }
