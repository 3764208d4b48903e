"""What the hub says about itself at one moment, and that as metrics: numbers only, nobody's name or words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from lorgnette import __version__
from lorgnette.api.exposition import Family, Sample, buckets, counter, gauge
from lorgnette.session.meter import BOUNDS, Histogram, Meter


class EngineHealth(Protocol):
    """One engine's health, counted since the hub's start."""

    @property
    def engine(self) -> str: ...
    @property
    def queued(self) -> int: ...
    @property
    def running(self) -> int: ...
    @property
    def workers(self) -> int: ...
    @property
    def done(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def skipped(self) -> int: ...
    @property
    def refused(self) -> int: ...
    @property
    def restarts(self) -> int: ...


class EngineStanding(Protocol):
    """What an engine is for and how it is."""

    @property
    def kind(self) -> str: ...
    @property
    def well(self) -> bool: ...
    @property
    def health(self) -> EngineHealth: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Lag in milliseconds; counts since the hub's start."""

    ready: bool
    sessions: int
    sessions_refused: int
    connections: int
    links: int
    tasks: int
    lag: float
    lag_worst: float
    writes_failed: int
    writes_dropped: int
    engines: Sequence[EngineStanding] = ()
    engines_off: int = 0
    skills_off: int = 0
    meter: Meter = field(default_factory=Meter)


def hub_families(now: Reading) -> list[Family]:
    """Every metric of the hub itself."""
    meter = now.meter
    return [
        gauge("lorgnette_build_info", "The version that runs.", Sample(1, {"version": __version__})),
        gauge("lorgnette_ready", "1 when /readyz says so.", int(now.ready)),
        gauge("lorgnette_sessions", "Wearers with a live session.", now.sessions),
        counter("lorgnette_sessions_refused", "Wearers who were told: busy.", now.sessions_refused),
        gauge("lorgnette_connections", "Open connections of devices.", now.connections),
        gauge("lorgnette_links", "Devices that are connected or may resume.", now.links),
        gauge("lorgnette_tasks", "Tasks on the event loop.", now.tasks),
        gauge("lorgnette_loop_lag_seconds", "How late the event loop is, lately.", now.lag / 1000),
        gauge(
            "lorgnette_loop_lag_worst_seconds",
            "The latest it was since the last warning in the log.",
            now.lag_worst / 1000,
        ),
        counter(
            "lorgnette_turns",
            "Turns that are over, by outcome.",
            *(Sample(count, {"outcome": outcome}) for outcome, count in meter.turns.items()),
        ),
        _histograms(
            "lorgnette_turn_stage_seconds",
            "Stages of turns: how long each took, or when it came if it is a moment.",
            "stage",
            meter.stages,
        ),
        _histograms(
            "lorgnette_reply_delay_seconds",
            "From the end of speech, or a typed text, to the first sound of the reply.",
            "input",
            meter.replies,
        ),
        counter("lorgnette_store_writes_failed", "Queued writes that failed.", now.writes_failed),
        counter("lorgnette_store_writes_dropped", "Writes that found the queue full.", now.writes_dropped),
        gauge("lorgnette_engines_off", "Engines that could not be made.", now.engines_off),
        gauge("lorgnette_skills_off", "Skills that are broken and switched off.", now.skills_off),
        *_engines(now.engines),
    ]


def _histograms(name: str, help: str, label: str, found: dict[str, Histogram]) -> Family:
    samples = [
        sample
        for value, histogram in found.items()
        for sample in buckets(BOUNDS, histogram.cumulative, round(histogram.sum, 6), {label: value})
    ]
    return Family(name, "histogram", help, samples)


def _engines(standings: Sequence[EngineStanding]) -> list[Family]:
    found = [(one, one.health, {"kind": one.kind, "engine": one.health.engine}) for one in standings]
    return [
        gauge(
            "lorgnette_engine_up", "1 when it can take work.", *(Sample(int(s.well), n) for s, _, n in found)
        ),
        gauge("lorgnette_engine_queued", "Requests that wait.", *(Sample(h.queued, n) for _, h, n in found)),
        gauge("lorgnette_engine_running", "Requests in work.", *(Sample(h.running, n) for _, h, n in found)),
        gauge("lorgnette_engine_workers", "Workers alive.", *(Sample(h.workers, n) for _, h, n in found)),
        counter("lorgnette_engine_done", "Requests answered.", *(Sample(h.done, n) for _, h, n in found)),
        counter(
            "lorgnette_engine_failed", "Requests that failed.", *(Sample(h.failed, n) for _, h, n in found)
        ),
        counter(
            "lorgnette_engine_skipped",
            "Requests that nobody wanted any more when their turn came.",
            *(Sample(h.skipped, n) for _, h, n in found),
        ),
        counter(
            "lorgnette_engine_refused",
            "Requests that found the queue full.",
            *(Sample(h.refused, n) for _, h, n in found),
        ),
        counter(
            "lorgnette_engine_restarts", "Workers replaced.", *(Sample(h.restarts, n) for _, h, n in found)
        ),
    ]
