"""Standard input and output on one side, the hub's `/mcp` on the other: messages handed on as they are."""

from lorgnette.core.errors import LorgnetteError

SECONDS = 120.0
"""`ask` and `listen` wait for a person."""


async def bridge(url: str, token: str) -> None:
    """Until either side ends."""
    try:
        import anyio
        import httpx2
        from mcp.client.streamable_http import streamable_http_client
        from mcp.server.stdio import stdio_server
    except ModuleNotFoundError:
        raise LorgnetteError("this needs the extra mcp: pip install 'lorgnette[mcp]'") from None

    headers = {"authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=SECONDS) as client,
        streamable_http_client(url, http_client=client) as (hub_says, to_hub),
        stdio_server() as (agent_says, to_agent),
        anyio.create_task_group() as group,
    ):

        async def answers() -> None:
            async for message in hub_says:
                if not isinstance(message, Exception):
                    await to_agent.send(message)
            group.cancel_scope.cancel()

        group.start_soon(answers)
        async for message in agent_says:
            if not isinstance(message, Exception):
                await to_hub.send(message)
        group.cancel_scope.cancel()
