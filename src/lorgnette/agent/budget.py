"""What one run may use, and what it has used so far."""

from dataclasses import dataclass, field
from typing import Literal

from lorgnette.agent.context import Window
from lorgnette.engines.protocols import Usage

type Spent = Literal["steps", "tokens", "time", "money"]


@dataclass(frozen=True, slots=True)
class Budget:
    """`steps`: model calls; `seconds`: for all of it; `tokens`: read and written; 0: as many as it takes.

    `money`: millionths of the currency that prices are in, 0: no bound. `calls`: reads side by side;
    `result`: characters of one result that the model gets to see. `window`: what the model takes at once.
    `compact`: what doesn't fit any more is summed up by the model, which takes a call, instead of dropped.
    """

    steps: int = 12
    seconds: float = 60.0
    tokens: int = 0
    money: int = 0
    calls: int = 8
    result: int = 8_000
    window: Window = field(default_factory=Window)
    compact: bool = False


class Account:
    """One run's use of its budget."""

    def __init__(self, budget: Budget) -> None:
        self.used = Usage()
        self.steps = 0
        self._budget = budget

    def add(self, usage: Usage) -> None:
        """A model call is over."""
        self.used += usage

    @property
    def spent(self) -> Spent | None:
        """What is used up, before another model call."""
        budget, used = self._budget, self.used
        if self.steps >= budget.steps:
            return "steps"
        if budget.tokens and used.input + used.output >= budget.tokens:
            return "tokens"
        return "money" if budget.money and used.cost >= budget.money else None
