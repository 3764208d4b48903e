"""What the loop needs of a tool, and what a call gives back."""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Result:
    """What a call gave: `content` for the model, anything else in `extra` for the caller of the loop."""

    content: str
    ok: bool = True
    extra: Any = None


class AgentTool(Protocol):
    """A tool as a model sees it."""

    @property
    def name(self) -> str: ...

    @property
    def schema(self) -> dict[str, Any]:
        """OpenAI's function object."""
        ...

    @property
    def parallel(self) -> bool:
        """Only reads, so that several may run at once."""
        ...

    async def call(self, arguments: str) -> Result:
        """Run with the model's JSON text. Bad arguments give a `Result` that says so, never an exception."""
        ...
