"""Outside tools and agents by HTTP, for page and commands: listed, added, approved, switched, removed."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from lorgnette.api.access import Caller
from lorgnette.api.body import body
from lorgnette.core.errors import Busy, Denied, NotFound
from lorgnette.sdk.skill import Effect
from lorgnette.services.mcp import Agents, OutsideService, ServerView
from lorgnette.services.mcp.agents import Scope
from lorgnette.services.mcp.login import Redirect
from lorgnette.services.mcp.place import Place

if TYPE_CHECKING:
    from lorgnette.api.app import Known

MOST_LOGINS: Final = 4
URL_SECONDS: Final = 30.0

Word = Annotated[str, Meta(max_length=64)]


class _New(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Word
    place: Place
    everyone: bool = True
    wearer: Word = ""


class _Approved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tools: Annotated[dict[Word, Effect], Meta(max_length=128, min_length=1)]
    words: dict[Word, Annotated[str, Meta(max_length=300)]] = {}
    digests: dict[Word, Word] = {}
    theirs: bool = False


class _Switch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    on: bool


class _NewAgent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    scopes: Annotated[list[Scope], Meta(min_length=1, max_length=5)]
    days: Annotated[float, Meta(ge=0, le=3660)] = 0.0
    wearer: Word = ""


class _Allowed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    allowed: Annotated[list[Scope], Meta(max_length=5)]


class McpApi:
    """`door`: the application behind `/mcp`, which lets agents in by their own tokens."""

    def __init__(self, service: OutsideService, agents: Agents, door: ASGIApp | None = None) -> None:
        self._service = service
        self._agents = agents
        self._door = door
        self._logins: dict[str, asyncio.Task[None]] = {}

    def routes(self, known: "Known") -> Sequence[BaseRoute]:
        """For the application."""
        server, tool = "/v1/mcp/servers/{id}", "/v1/mcp/servers/{id}/tools/{tool}"
        found: list[BaseRoute] = [
            Route("/v1/mcp/servers", known(self._list)),
            Route("/v1/mcp/servers", known(self._add), methods=["POST"]),
            Route(server, known(self._one)),
            Route(server, known(self._switch), methods=["PATCH"]),
            Route(server, known(self._remove), methods=["DELETE"]),
            Route(f"{server}/approve", known(self._approve), methods=["POST"]),
            Route(f"{server}/test", known(self._test), methods=["POST"]),
            Route(f"{server}/login", known(self._login), methods=["POST"]),
            Route(tool, known(self._switch_tool), methods=["PATCH"]),
            Route("/v1/mcp/agents", known(self._agents_of)),
            Route("/v1/mcp/agents", known(self._new_agent), methods=["POST"]),
            Route("/v1/mcp/agents/{id}", known(self._allow), methods=["PATCH"]),
            Route("/v1/mcp/agents/{id}", known(self._revoke), methods=["DELETE"]),
            Route("/v1/mcp/uses", known(self._uses)),
        ]
        if self._door is not None:
            found.append(Route("/mcp", self._door, methods=["GET", "POST", "DELETE"]))
        return found

    # ── servers ────────────────────────────────────────────────────────────────────────────────────────

    async def _list(self, request: Request, who: Caller) -> Any:
        return await self._service.views(_whose(request, who))

    async def _one(self, request: Request, who: Caller) -> Any:
        whose = _whose(request, who)
        view = await self._service.view(whose, request.path_params["id"])
        return msgspec.to_builtins(view) | {"digests": await self._service.digests(whose, view.id)}

    async def _add(self, request: Request, who: Caller) -> Any:
        """An owner alone: a program runs on the hub's machine, and an address is asked from it."""
        who.require_owner()
        wanted = await body(request, _New)
        wearer = wanted.wearer or who.wearer
        return await self._service.add(wearer, wanted.name, wanted.place, everyone=wanted.everyone)

    async def _switch(self, request: Request, who: Caller) -> Any:
        wanted = await body(request, _Switch)
        view = await self._mine(request, who)
        await self._service.switch(_whose(request, who), view.id, working=wanted.on)
        return await self._service.view(_whose(request, who), view.id)

    async def _remove(self, request: Request, who: Caller) -> Any:
        view = await self._mine(request, who)
        await self._service.remove(_whose(request, who), view.id)
        return view

    async def _approve(self, request: Request, who: Caller) -> Any:
        wanted = await body(request, _Approved)
        view = await self._mine(request, who)
        return await self._service.approve(
            _whose(request, who),
            view.id,
            wanted.tools,
            wanted.words,
            theirs=wanted.theirs,
            digests=wanted.digests,
        )

    async def _test(self, request: Request, who: Caller) -> Any:
        view = await self._mine(request, who)
        return await self._service.test(_whose(request, who), view.id)

    async def _switch_tool(self, request: Request, who: Caller) -> Any:
        wanted = await body(request, _Switch)
        view = await self._mine(request, who)
        tool = request.path_params["tool"]
        await self._service.switch(_whose(request, who), view.id, working=wanted.on, tool=tool)
        return await self._service.view(_whose(request, who), view.id)

    async def _login(self, request: Request, who: Caller) -> Any:
        """The address at which somebody logs in, in a browser on the hub's machine; it waits meanwhile."""
        view = await self._mine(request, who)
        self._logins = {id: task for id, task in self._logins.items() if not task.done()}
        before = self._logins.pop(view.id, None)
        if before is not None:
            before.cancel()
        if len(self._logins) >= MOST_LOGINS:
            raise Busy("several logins wait already")
        redirect = Redirect()
        await redirect.open()
        url: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        async def show(address: str) -> None:
            if not url.done():
                url.set_result(address)

        async def work() -> None:
            try:
                await self._service.login(_whose(request, who), view.id, redirect, show)
                if not url.done():
                    url.set_result("")  # it asks nobody
            except Exception as error:
                if not url.done():
                    url.set_exception(error)
                raise
            finally:
                await redirect.close()

        task = asyncio.create_task(work(), name="mcp login")
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        self._logins[view.id] = task
        async with asyncio.timeout(URL_SECONDS):
            return {"url": await url}

    async def close(self) -> None:
        """End logins that nobody ended."""
        for task in self._logins.values():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task

    async def _mine(self, request: Request, who: Caller) -> ServerView:
        """The server of the path, if this caller may change it: its wearer, or an owner."""
        view = await self._service.view(_whose(request, who), request.path_params["id"])
        if not view.mine and who.role != "owner":
            raise Denied("only the owner of this hub may do this")
        if who.role == "guest":
            raise Denied("a guest changes no outside tools")
        return view

    # ── agents ─────────────────────────────────────────────────────────────────────────────────────────

    async def _agents_of(self, request: Request, who: Caller) -> Any:
        return await self._agents.of(_whose(request, who))

    async def _new_agent(self, request: Request, who: Caller) -> Any:
        wanted = await body(request, _NewAgent)
        wearer = wanted.wearer or who.wearer
        if wearer != who.wearer and not who.local:
            raise Denied("an agent comes to whoever let it in")
        if who.role == "guest":
            raise Denied("a guest lets nobody in")
        agent, token = await self._agents.new(wearer, wanted.name, wanted.scopes, wanted.days)
        return msgspec.to_builtins(agent) | {"token": token}

    async def _allow(self, request: Request, who: Caller) -> Any:
        wanted = await body(request, _Allowed)
        if who.role == "guest":
            raise Denied("a guest lets nobody in")
        return await self._agents.allow(_whose(request, who), request.path_params["id"], wanted.allowed)

    async def _revoke(self, request: Request, who: Caller) -> Any:
        return await self._agents.revoke(_whose(request, who), request.path_params["id"])

    async def _uses(self, request: Request, who: Caller) -> Any:
        try:
            limit = int(request.query_params.get("limit", "50"))
        except ValueError:
            raise NotFound("limit is a number") from None
        return await self._service.uses.of(_whose(request, who), limit)


def _whose(request: Request, who: Caller) -> str:
    """Theirs; whoever sits at the machine may name somebody else."""
    named = request.query_params.get("wearer", "") or who.wearer
    if named != who.wearer and not who.local:
        raise Denied("somebody's outside tools and agents are theirs alone")
    return named
