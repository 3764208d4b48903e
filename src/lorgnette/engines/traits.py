"""What else a factory says of its engine, beside who hears what (`egress`): read without making it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_ATTRIBUTE = "lorgnette_traits"

type Chips = Callable[[], Mapping[str, bool]]
"""Names that the engine's setting `provider` takes → whether this machine has them."""


@dataclass(frozen=True, slots=True)
class Traits:
    """`library`: the package whose version its speed depends on; `pretends`: for load tests only."""

    library: str = ""
    chips: Chips | None = None
    pretends: bool = False


def described[F: Callable[..., Any]](
    library: str = "", *, chips: Chips | None = None, pretends: bool = False
) -> Callable[[F], F]:
    """For a factory."""

    def mark(factory: F) -> F:
        setattr(factory, _ATTRIBUTE, Traits(library, chips, pretends))
        return factory

    return mark


def traits_of(factory: Any) -> Traits:
    """What it says, or that it says nothing."""
    found = getattr(factory, _ATTRIBUTE, None)
    return found if isinstance(found, Traits) else Traits()
