"""What can be measured: an engine with its settings, perhaps a pulled model's, on one chip."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import EntryPoint, PackageNotFoundError, version
from typing import Any

import msgspec

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.egress import UNSET, declared
from lorgnette.engines.registry import EngineSetup, Kind, installed
from lorgnette.engines.traits import Traits, traits_of
from lorgnette.gauge.figure import Figure

SECRETS = frozenset({"key", "token", "password"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """`changes`: section.key → text, what `models use` would write. `why`: it can't be measured.

    `absent`: it can't because this machine or the configuration lacks something, which is no fault.
    """

    kind: Kind
    engine: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    model: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    provider: str = "cpu"
    leaves: bool = False
    pretends: bool = False
    why: str = ""
    absent: bool = False

    @property
    def name(self) -> str:
        """As a person calls it."""
        return f"{self.kind} {self.engine}" + (f" {self.model}" if self.model else "")

    @property
    def print(self) -> str:
        """The same for the same settings; no secret and no chip is in it."""
        open_ = {name: value for name, value in self.settings.items() if name not in {*SECRETS, "provider"}}
        return hashlib.sha256(msgspec.json.encode(open_, order="deterministic", enc_hook=str)).hexdigest()[
            :12
        ]

    @property
    def versions(self) -> dict[str, str]:
        """Of the packages on which its speed depends."""
        point = installed(self.kind).get(self.engine)
        names = [point.dist.name] if point is not None and point.dist is not None else []
        library = _traits(point).library
        return {name: _version(name) for name in dict.fromkeys([*names, *([library] if library else [])])}

    def figure(self) -> Figure:
        """Nothing measured yet."""
        return Figure(
            kind=self.kind,
            engine=self.engine,
            provider=self.provider,
            model=self.model,
            why=self.why,
            absent=self.absent,
            print=self.print,
            versions=self.versions,
        )


def candidates(
    bases: Iterable[Candidate],
    *,
    remote: bool = False,
    adapters: Callable[[Kind], Mapping[str, EntryPoint]] = installed,
) -> Iterator[Candidate]:
    """Each on every chip that its engine knows; those that would send something away only with `remote`."""
    for base in bases:
        point = adapters(base.kind).get(base.engine)
        try:
            factory: Any = point.load() if point is not None else None
        except Exception as error:  # noqa: BLE001 - a broken adapter is a row, and the others are measured
            yield replace(base, why=f"{type(error).__name__}: {error}"[:200])
            continue
        if base.why:
            yield base
            continue
        told = declared(factory, base.settings)
        if told is not None and told.host == UNSET:
            yield replace(base, why="no address is set", absent=True)
            continue
        leaves = told is None or (bool(told.sends) and told.reach != "machine")
        traits = traits_of(factory)
        one = replace(base, leaves=leaves, pretends=traits.pretends)
        if leaves and not remote:
            where = told.host if told is not None else "it doesn't say where"
            yield replace(one, why=f"leaves this machine ({where}): --remote measures it", absent=True)
            continue
        bare = {**base.settings, "provider": "cpu"} if traits.chips is not None else base.settings
        lacks = _lacks(factory, bare)  # apart from the chip, which is asked below
        if lacks:
            yield replace(one, why=lacks, absent=True)
            continue
        yield from _on_chips(one, traits)


def _lacks(factory: Callable[[EngineSetup], Any], settings: Mapping[str, Any]) -> str:
    """What an engine that isn't set up says of that when it is made; it isn't started."""
    try:
        factory(EngineSetup(settings))
    except (ConfigError, EngineError) as error:
        return error.detail
    except Exception:  # noqa: BLE001 - whatever else is wrong is for its measurement to tell
        return ""
    return ""


def _on_chips(one: Candidate, traits: Traits) -> Iterator[Candidate]:
    if traits.chips is None:
        yield one
        return
    for name, here in traits.chips().items():
        chip = replace(one, provider=name, settings={**one.settings, "provider": name})
        yield chip if here else replace(chip, why=f"no {name} here", absent=True)


def _traits(point: EntryPoint | None) -> Traits:
    try:
        return traits_of(point.load()) if point is not None else Traits()
    except Exception:  # noqa: BLE001 - see above
        return Traits()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
