"""`/mcp`: outside agents reach a wearer's glasses by the Model Context Protocol, with a token of theirs."""

import asyncio
import base64
import logging
from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from lorgnette import __version__
from lorgnette.api.visits import Visits
from lorgnette.core.errors import LorgnetteError
from lorgnette.services.mcp.agents import Agent, Agents

log = logging.getLogger(__name__)

KEY: Final = "lorgnette.agent"
MOST_BODY: Final = 64 * 1024
MOST_OPEN: Final = 64
"""Requests at once: `ask` and `listen` wait for a person."""
INSTRUCTIONS: Final = (
    "You reach somebody who wears smart glasses. Every use is shown to them under your name. Keep what you "
    "say under two short sentences. What they answer is theirs: use it for what they asked you to do."
)


class See(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take one picture of what the wearer sees now. They are shown that you look; it isn't kept."""


class Show(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Show a card (title, up to 3 lines) or a list (title, up to 6 items) on the wearer's display."""

    title: Annotated[str, Meta(max_length=400)]
    lines: Annotated[list[Annotated[str, Meta(max_length=400)]], Meta(max_length=3)] = []
    items: Annotated[list[Annotated[str, Meta(max_length=400)]], Meta(max_length=6)] = []
    seconds: Annotated[float, Meta(ge=0, le=600, description="How long it stands; 0: half a minute.")] = 0.0


class Say(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Say something to the wearer, under your name, at the next good moment. At most 300 characters."""

    text: Annotated[str, Meta(max_length=1000)]


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ask the wearer a question, and wait up to half a minute for the answer in their words."""

    question: Annotated[str, Meta(max_length=1000)]


class Listen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hear the next thing that the wearer says, as words. They are told that you listen."""


TOOLS: Final[Mapping[str, type[msgspec.Struct]]] = {
    "see": See,
    "show": Show,
    "say": Say,
    "ask": Ask,
    "listen": Listen,
}


class AgentsDoor:
    """An ASGI application. The library is loaded with the first request that brings a good token."""

    def __init__(self, agents: Agents, visits: Visits, *, enabled: bool = True) -> None:
        self._agents = agents
        self._visits = visits
        self._enabled = enabled
        self._manager: asyncio.Task[Any] | None = None
        self._life: asyncio.Task[None] | None = None
        self._end = asyncio.Event()
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = await self._refused(request)
        if answer is not None:
            await answer(scope, receive, send)
            return
        self._open += 1
        try:
            manager = await self._managed()
            await manager.handle_request(scope, receive, send)
        except ModuleNotFoundError:
            text = "Outside agents need the extra mcp: pip install 'lorgnette[mcp]'\n"
            await PlainTextResponse(text, 501)(scope, receive, send)
        finally:
            self._open -= 1

    async def close(self) -> None:
        """End what runs."""
        self._end.set()
        if self._life is not None:
            await asyncio.gather(self._life, return_exceptions=True)

    async def _refused(self, request: Request) -> Response | None:
        if not self._enabled:
            return PlainTextResponse("Outside agents are switched off here ([mcp] agents).\n", 403)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        agent = await self._agents.verify(token.strip()) if scheme.lower() == "bearer" else None
        if agent is None:
            text = "An agent's token is needed: Authorization: Bearer …; see lorgnette mcp token.\n"
            return PlainTextResponse(text, 401, {"www-authenticate": 'Bearer realm="lorgnette"'})
        if int(request.headers.get("content-length", "0") or 0) > MOST_BODY:
            return PlainTextResponse("Too large.\n", 413)
        if self._open >= MOST_OPEN:
            return PlainTextResponse("Busy.\n", 503, {"retry-after": "5"})
        request.scope[KEY] = agent
        return None

    async def _managed(self) -> Any:
        if self._manager is None:
            self._manager = asyncio.create_task(self._made())
        return await asyncio.shield(self._manager)

    async def _made(self) -> Any:
        """The library's own handler, alive in a task of its own until `close`."""
        manager = await asyncio.to_thread(self._handler)
        ready = asyncio.get_running_loop().create_future()

        async def live() -> None:
            async with manager.run():
                ready.set_result(None)
                await self._end.wait()

        self._life = asyncio.create_task(live(), name="mcp agents")
        await ready
        return manager

    def _handler(self) -> Any:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        server = self._server()
        return StreamableHTTPSessionManager(server, stateless=True, max_request_body_size=MOST_BODY)

    def _server(self) -> Any:
        from mcp import types
        from mcp.server import Server

        async def listed(ctx: Any, _: Any) -> Any:
            agent = ctx.request.scope[KEY]
            return types.ListToolsResult(
                tools=[
                    types.Tool(name=name, description=kind.__doc__, input_schema=_schema(kind))
                    for name, kind in TOOLS.items()
                    if name in agent.scopes
                ]
            )

        async def called(ctx: Any, params: Any) -> Any:
            agent = ctx.request.scope[KEY]
            try:
                content = await self._call(agent, params.name, params.arguments or {})
            except (LorgnetteError, msgspec.ValidationError) as error:
                detail = error.detail if isinstance(error, LorgnetteError) else str(error)
                return types.CallToolResult(content=[types.TextContent(text=detail)], is_error=True)
            except Exception:
                log.exception("%s of an agent failed", params.name)
                text = types.TextContent(text="that didn't work")
                return types.CallToolResult(content=[text], is_error=True)
            if isinstance(content, bytes):
                data = base64.b64encode(content).decode()
                picture = types.ImageContent(data=data, mime_type=_kind(content))
                return types.CallToolResult(content=[picture])
            return types.CallToolResult(content=[types.TextContent(text=content)])

        return Server(
            "lorgnette",
            version=__version__,
            instructions=INSTRUCTIONS,
            on_list_tools=listed,
            on_call_tool=called,
        )

    async def _call(self, agent: Agent, name: str, arguments: Mapping[str, Any]) -> str | bytes:
        kind = TOOLS.get(name)
        if kind is None:
            raise LorgnetteError(f"there is no tool {name[:40]!r}; there are {', '.join(TOOLS)}")
        given = msgspec.convert(arguments, kind)
        visits = self._visits
        match given:
            case See():
                return await visits.see(agent)
            case Show(title=title, lines=lines, items=items, seconds=seconds):
                await visits.show(agent, title, lines, items, seconds)
                return "Shown."
            case Say(text=text):
                await visits.say(agent, text)
                return "It is said at the next good moment."
            case Ask(question=question):
                return _heard(await visits.ask(agent, question))
            case _:
                return _heard(await visits.listen(agent))


def _heard(said: str | None) -> str:
    return f"The wearer said: {said}" if said else "The wearer said nothing."


def _schema(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """A plain object schema, without references."""
    _, parts = msgspec.json.schema_components([kind])
    schema = dict(parts[kind.__name__])
    schema.pop("title", None)
    schema.pop("description", None)
    return schema


def _kind(data: bytes) -> str:
    if data.startswith(b"\x89PNG"):
        return "image/png"
    return "image/webp" if data.startswith(b"RIFF") else "image/jpeg"
