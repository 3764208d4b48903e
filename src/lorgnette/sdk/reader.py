"""Having somebody else's text read by a model that can do nothing."""

from typing import Protocol


class Reader(Protocol):
    """Answers a question from a text of others. What it says is as tainted as the text was."""

    async def read(self, text: str, question: str) -> str:
        """A few sentences. `EngineError` where no language model is there, or it fails."""
        ...
