"""The tool loop over a chat model; it knows nothing of wearers or speech."""

from lorgnette.agent.loop import Budget, Called, Ended, Event, Loop, Message, Text
from lorgnette.agent.tools import AgentTool, Result

__all__ = ["AgentTool", "Budget", "Called", "Ended", "Event", "Loop", "Message", "Result", "Text"]
