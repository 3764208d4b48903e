"""What the loop needs of a tool, and what a call gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from lorgnette.engines.protocols import ToolRequest


@dataclass(frozen=True, slots=True)
class Result:
    """What a call gave: `content` for the model, anything else in `extra` for the caller of the loop.

    `images`: pictures that the model is to see, as parts of a message (`engines.llm.pictures.part`).
    """

    content: str
    ok: bool = True
    extra: Any = None
    images: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Called:
    """A tool ran. `again`: it didn't, since the same call was made before; the result is the earlier one."""

    request: ToolRequest
    result: Result
    again: bool = False


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

    @property
    def cancel(self) -> Literal["safe", "finish"]:
        """What an end of the run does to a call in flight: it is cancelled, or goes on and is reported."""
        ...

    @property
    def once(self) -> bool:
        """What was done can't be taken back (it is sent, paid): the same call twice is done once a run."""
        ...

    async def call(self, arguments: str, key: str) -> Result:
        """Run with the model's JSON text. Bad arguments give a `Result` that says so, never an exception.

        `key`: the same whenever this very call is tried again, so that nothing is sent twice.
        """
        ...
