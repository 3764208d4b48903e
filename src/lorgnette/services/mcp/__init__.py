"""Outside tools and outside agents, by the Model Context Protocol."""

from lorgnette.services.mcp.agents import Agent, Agents, Pace
from lorgnette.services.mcp.section import McpSection
from lorgnette.services.mcp.service import OutsideService, ServerView, ToolView, WearersOutside
from lorgnette.services.mcp.tables import DOMAIN

__all__ = [
    "DOMAIN",
    "Agent",
    "Agents",
    "McpSection",
    "OutsideService",
    "Pace",
    "ServerView",
    "ToolView",
    "WearersOutside",
]
