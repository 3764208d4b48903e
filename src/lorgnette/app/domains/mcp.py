"""Outside tools and outside agents: offered to the mind, shown on the page, let in at /mcp."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lorgnette.api.agents import AgentsDoor
from lorgnette.api.mcp import McpApi
from lorgnette.api.visits import Visits
from lorgnette.app.served import Served
from lorgnette.mind.offering import words_of
from lorgnette.mind.request import Request
from lorgnette.sdk.outside import Outside
from lorgnette.sdk.registry import RegisteredTool
from lorgnette.services.mcp import Agents, McpSection, OutsideService, Pace
from lorgnette.services.mcp.offered import OutsideRegistered

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub

FRONT = "outside"
MOST = 16
"""Outside tools that a model is offered at once, beside the hub's own."""


def mcp(hub: "Hub") -> Served:
    """What a server's tool does is done through the skill `outside`; without it none is offered."""
    settings = hub.settings.section(McpSection)
    service = OutsideService(hub.store, settings)
    agents = Agents(hub.store)
    front = hub.registry.skills.get(FRONT)
    own = hub.mind.offer

    def offer(request: Request) -> Sequence[RegisteredTool]:
        chosen = own(request)
        if front is None or request.shared:
            return chosen  # at a device that others use nobody's outside tools are there
        return [*chosen, *_fitting(service.offered(request.wearer.id, front), request)]

    hub.mind.offer = offer
    visits = Visits(
        hub.sessions,
        hub.people,
        hub.words,
        agents,
        service.uses,
        Pace(settings, hub.clock.steady),
        hub.clock,
    )
    door = AgentsDoor(agents, visits, enabled=settings.agents)
    api = McpApi(service, agents, door)

    async def prune() -> None:
        await service.prune()
        await agents.prune()

    async def close() -> None:
        await api.close()
        await door.close()
        await service.close()

    return Served(
        bound={Outside: service.of},
        api=api,
        asked=lambda: [(name, url, ("question",)) for name, url in service.listeners()],
        start=service.start,
        run=service.warm,
        prune=prune,
        close=close,
    )


def _fitting(tools: Sequence[OutsideRegistered], request: Request) -> Sequence[OutsideRegistered]:
    """All where they are few, else those whose words were said, in the order in which they stand."""
    if len(tools) <= MOST:
        return tools
    said = set(words_of(request.text))
    shared = {
        one.name: len(said & set(words_of(f"{one.name.replace('_', ' ')} {one.words}"))) for one in tools
    }
    best = {one.name for one in sorted(tools, key=lambda one: -shared[one.name])[:MOST]}
    return [one for one in tools if one.name in best]
