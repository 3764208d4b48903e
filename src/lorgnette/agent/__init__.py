"""The tool loop over a chat model; it knows nothing of wearers or speech."""

from lorgnette.agent.budget import Budget
from lorgnette.agent.context import Message, Window
from lorgnette.agent.loop import Ended, Event, Loop, Text
from lorgnette.agent.tokens import Tokens
from lorgnette.agent.tools import AgentTool, Called, Result
from lorgnette.agent.trajectory import Keeper, Trajectory

__all__ = [
    "AgentTool",
    "Budget",
    "Called",
    "Ended",
    "Event",
    "Keeper",
    "Loop",
    "Message",
    "Result",
    "Text",
    "Tokens",
    "Trajectory",
    "Window",
]
