"""Which effects may happen, by whom they are asked for. Consent grows with the effect (DESIGN §6)."""

from typing import Final, Literal

from lorgnette.sdk.skill import Effect

Asker = Literal["reflex", "model"]

_ALLOWED: Final[frozenset[tuple[Effect, Asker]]] = frozenset(
    {
        ("read", "reflex"),
        ("read", "model"),
        ("act", "reflex"),
        ("act", "model"),
    }
)
"""What needs no question. Everything else waits for the consent that isn't built yet, so it is refused."""

_GUESTS: Final[frozenset[Effect]] = frozenset({"read", "query", "act"})
"""What a guest may have done, and anybody on a device that others use too: nothing is sent or spent there."""


def allowed(effect: Effect, asker: Asker, *, guest: bool = False) -> bool:
    """Whether a tool with this effect runs when a reflex or a model asks for it."""
    return (effect, asker) in _ALLOWED and (not guest or effect in _GUESTS)
