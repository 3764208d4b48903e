"""Outside tools and outside agents: offered to the mind, shown on the page, let in at /mcp."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lorgnette.api.agents import AgentsDoor
from lorgnette.api.mcp import McpApi
from lorgnette.api.visits import Visits
from lorgnette.app.served import Served
from lorgnette.mind.request import Request
from lorgnette.sdk.outside import Outside
from lorgnette.sdk.registry import RegisteredTool
from lorgnette.services.mcp import Agents, McpSection, OutsideService, Pace

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub

FRONT = "outside"


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
        return [*chosen, *service.offered(request.wearer.id, front)]

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
