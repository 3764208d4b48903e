"""Outside tools of all wearers: servers added, looked at, approved, offered and called."""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

import msgspec

from lorgnette.core.errors import ConfigError, LorgnetteError, NotFound
from lorgnette.core.outgoing import leaving
from lorgnette.sdk.outside import OutsideAnswer, OutsideTool
from lorgnette.sdk.registry import Installed
from lorgnette.sdk.skill import Effect
from lorgnette.services.mcp.arguments import check, plain
from lorgnette.services.mcp.catalog import Catalog, Pinned, Server, usable
from lorgnette.services.mcp.connection import Connection, State
from lorgnette.services.mcp.http import address
from lorgnette.services.mcp.library import loaded
from lorgnette.services.mcp.login import Kept, NotLoggedIn, provider
from lorgnette.services.mcp.offered import OutsideRegistered, offered
from lorgnette.services.mcp.pinned import Definition, Unusable, difference
from lorgnette.services.mcp.place import Place
from lorgnette.services.mcp.sandbox import boxed
from lorgnette.services.mcp.section import McpSection
from lorgnette.services.mcp.stdio import Signs, program
from lorgnette.services.mcp.uses import How, Uses
from lorgnette.store import Store

log = logging.getLogger(__name__)

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,23}")


class ToolView(msgspec.Struct, frozen=True, kw_only=True):
    """A tool as it is looked at. `state`: new, on, off, changed, gone; `difference`: of a changed one."""

    name: str
    state: str
    effect: Effect
    description: str
    words: str = ""
    theirs: bool = False
    parameters: tuple[str, ...] = ()
    difference: tuple[str, ...] = ()
    used: float = 0.0


class ServerView(msgspec.Struct, frozen=True, kw_only=True):
    """A server as somebody looks at it. `state`: off, or the connection's; `why`: what went wrong last."""

    id: str
    name: str
    place: str
    kind: str
    everyone: bool
    mine: bool
    state: str
    why: str
    tools: tuple[ToolView, ...]
    warnings: tuple[str, ...] = ()


class OutsideService:
    """`sandbox` and bounds are the settings'. A server is opened when it is first needed."""

    def __init__(self, store: Store, settings: McpSection) -> None:
        self._store = store
        self._settings = settings
        self.catalog = Catalog(store)
        self.uses = Uses(store)
        self._connections: dict[str, Connection] = {}
        self._listed: dict[str, list[Definition]] = {}
        self._known: dict[str, tuple[Server, list[Pinned]]] = {}
        self._offers: dict[str, tuple[OutsideRegistered, ...]] = {}

    # ── life ───────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Learn what was approved; nothing is opened yet."""
        self._known = {one.id: (one, await self.catalog.tools(one)) for one in await self.catalog.every()}
        self._offers.clear()

    async def warm(self) -> None:
        """Load now what the first call would wait for, where there is anything to call."""
        if any(pinned for _, pinned in self._known.values()):
            try:
                await loaded()
            except ConfigError as error:
                log.warning("%s", error.detail)

    async def close(self) -> None:
        await asyncio.gather(*(one.close() for one in self._connections.values()))
        self._connections.clear()

    async def prune(self) -> None:
        await self.uses.prune()
        await self.start()  # somebody may have gone, with their servers

    # ── for the mind ───────────────────────────────────────────────────────────────────────────────────

    def of(self, wearer: str) -> "WearersOutside":
        """What skills of this wearer get as `sdk.Outside`."""
        return WearersOutside(self, wearer)

    def offered(self, wearer: str, front: Installed) -> Sequence[OutsideRegistered]:
        """What a model may call for this wearer; at once, from memory."""
        if wearer not in self._offers:
            found: list[OutsideRegistered] = []
            for server, pinned in self._known.values():
                if not server.working or not (server.everyone or server.wearer == wearer):
                    continue
                for one in usable(pinned):
                    try:
                        found.append(offered(front, server, one))
                    except Unusable as error:
                        log.warning("%s.%s isn't offered: %s", server.name, one.definition.name, error.detail)
            self._offers[wearer] = tuple(found)
        return self._offers[wearer]

    def listeners(self, wearer: str = "") -> list[tuple[str, str]]:
        """(name, URL) of each server elsewhere that is on: who would hear what its tools are asked."""
        return [
            (server.name, server.place.url)
            for server, _ in self._known.values()
            if server.working and server.place.url and (not wearer or _sees(server, wearer))
        ]

    async def call(self, wearer: str, name: str, tool: str, arguments: Mapping[str, Any]) -> OutsideAnswer:
        """See `sdk.Outside.call`."""
        server = await self.catalog.server(wearer, name)
        pinned = await self._usable(server, tool)
        await loaded()
        check(plain(pinned.definition.schema), arguments)
        connection = self._connection(server)
        how: How = "failed"
        try:
            await connection.open()  # what it is now is compared before anything is sent
            await self._usable(server, tool)
            if server.place.host:
                size = len(msgspec.json.encode(arguments))
                with leaving(server.place.host, "question", size):
                    found = await connection.call(tool, arguments)
            else:
                found = await connection.call(tool, arguments)
            how = "ok" if found.ok else "refused"
        except asyncio.CancelledError:
            how = "stopped"
            raise
        finally:
            self.uses.note(wearer, "out", server.name, tool, how)
        self.catalog.used(server, tool)
        return found

    async def _usable(self, server: Server, tool: str) -> Pinned:
        known = self._known.get(server.id)
        found = next((one for one in known[1] if one.definition.name == tool), None) if known else None
        if found is None or not server.working:
            raise NotFound(f"{server.name}.{tool[:40]} isn't approved here", phrase="error-outside-off")
        if found.changed is not None:
            raise LorgnetteError(
                f"{server.name} says something else of {tool} than what was approved: "
                f"lorgnette mcp approve {server.name}",
                phrase="error-outside-changed",
            )
        if not found.working:
            raise NotFound(f"{server.name}.{tool} is off", phrase="error-outside-off")
        return found

    # ── for whoever keeps them ─────────────────────────────────────────────────────────────────────────

    async def add(self, wearer: str, name: str, place: Place, *, everyone: bool) -> ServerView:
        """Open it and see what it has; nothing of it is offered yet.

        One that can't be opened isn't kept, unless it wants a login first.
        """
        if not _NAME.fullmatch(name):
            raise ConfigError("a server's name has lower case letters, digits and -, at most 24")
        server = await self.catalog.add(wearer, name, place.checked(), everyone=everyone)
        await self.start()
        try:
            await self._connection(server).open()
        except NotLoggedIn:
            log.info("%s wants a login", name)
        except BaseException:
            await self.remove(wearer, name)
            raise
        return await self.view(wearer, name)

    async def remove(self, wearer: str, name: str) -> None:
        """With everything that is known of it."""
        server = await self.catalog.server(wearer, name)
        await self._shut(server)
        await self.catalog.remove(server)
        await self.start()

    async def switch(self, wearer: str, name: str, *, working: bool, tool: str = "") -> None:
        """A server, or one tool of it, on or off."""
        server = await self.catalog.server(wearer, name)
        if tool:
            await self.catalog.switch_tool(server, tool, working=working)
        else:
            await self.catalog.switch(server, working=working)
            if not working:
                await self._shut(server)
        await self.start()

    async def approve(
        self,
        wearer: str,
        name: str,
        effects: Mapping[str, Effect],
        words: Mapping[str, str] | None = None,
        *,
        theirs: bool = False,
        digests: Mapping[str, str] | None = None,
    ) -> ServerView:
        """From now on these tools are offered, with these effects, as they are described now.

        `digests`: what the approver saw; `Unusable` where the server has said something else since.
        """
        server = await self.catalog.server(wearer, name)
        await self._connection(server).open()
        there = {one.name: one for one in self._listed.get(server.id, ())}
        for tool in effects:
            if tool not in there:
                raise NotFound(f"{name} has no tool {tool[:40]!r}; it has {', '.join(there) or 'none'}")
            plain(there[tool].schema)
            if digests and digests.get(tool, there[tool].digest) != there[tool].digest:
                raise Unusable(f"{name} says something else of {tool} than a moment ago")
        for tool, effect in effects.items():
            said = (words or {}).get(tool, "")
            await self.catalog.approve(server, there[tool], effect, said, theirs=theirs)
        await self.start()
        return await self.view(wearer, name)

    async def test(self, wearer: str, name: str) -> ServerView:
        """Open it anew, and see."""
        server = await self.catalog.server(wearer, name)
        await self._shut(server)
        await self._connection(server).open()
        return await self.view(wearer, name)

    async def view(self, wearer: str, name: str) -> ServerView:
        """One server, as this wearer sees it."""
        server = await self.catalog.server(wearer, name)
        return self._view(server, wearer, await self.catalog.tools(server))

    async def views(self, wearer: str) -> list[ServerView]:
        """Every server that this wearer sees."""
        found = await self.catalog.servers(wearer)
        return [self._view(one, wearer, await self.catalog.tools(one)) for one in found]

    async def digests(self, wearer: str, name: str) -> dict[str, str]:
        """Of what the server says now."""
        server = await self.catalog.server(wearer, name)
        return {one.name: one.digest for one in self._listed.get(server.id, ())}

    async def login(self, wearer: str, name: str, redirect: Any, show: Callable[[str], Any]) -> None:
        """Open the server while somebody is there to log in; its tokens are kept."""
        server = await self.catalog.server(wearer, name)
        if not server.place.url:
            raise ConfigError(f"{name} is a program here: nobody logs in")
        await self._shut(server)
        await loaded()
        kept = Kept(self._store, server.id, server.wearer)
        await kept.forget()
        auth = provider(server.place.url, kept, redirect, show)

        def wire(_: Signs) -> AbstractAsyncContextManager[tuple[Any, Any]]:
            return address(server.place.url, server.place.sent(), auth)

        async def listed(_: list[Definition]) -> None:
            """Seen when it is opened in earnest."""

        once = Connection(name, wire, listed, id=server.id, host=server.place.host, opening=330.0)
        try:
            await once.open()
        finally:
            await once.close()

    # ── connections ────────────────────────────────────────────────────────────────────────────────────

    def _connection(self, server: Server) -> Connection:
        if not server.working:
            raise NotFound(f"{server.name} is switched off", phrase="error-outside-off")
        if server.id not in self._connections:
            settings = self._settings

            async def listed(found: list[Definition]) -> None:
                await self._compare(server, found)

            self._connections[server.id] = Connection(
                server.name,
                lambda signs: self._wire(server, signs),
                listed,
                id=server.id,
                host=server.place.host,
                seconds=settings.seconds,
                longest=settings.longest_seconds,
                idle=settings.idle_minutes * 60,
            )
        return self._connections[server.id]

    def _wire(self, server: Server, signs: Signs) -> AbstractAsyncContextManager[tuple[Any, Any]]:
        place = server.place
        if place.command:
            command = boxed(place, self._settings.sandbox)
            return program(server.name, command, place.variables(), signs)
        login = None
        if place.login:
            login = provider(place.url, Kept(self._store, server.id, server.wearer))
        return address(place.url, place.sent(), login)

    async def _shut(self, server: Server) -> None:
        connection = self._connections.pop(server.id, None)
        if connection is not None:
            await connection.close()

    async def _compare(self, server: Server, found: list[Definition]) -> None:
        """What the server says now, beside what was approved: another word, and the tool is off."""
        self._listed[server.id] = found
        there = {one.name: one for one in found}
        changed = False
        for one in await self.catalog.tools(server):
            now = there.get(one.definition.name)
            other = now if now is not None and now.digest != one.digest else None
            if (other and other.digest) != (one.changed and one.changed.digest):
                log.warning("%s says something else of %s: it is off", server.name, one.definition.name)
                await self.catalog.changed(server, one.definition.name, other)
                changed = True
        if changed:
            await self.start()

    def _view(self, server: Server, wearer: str, pinned: list[Pinned]) -> ServerView:
        connection = self._connections.get(server.id)
        state: State = connection.state if connection is not None else "closed"
        listed = self._listed.get(server.id)
        there = {one.name: one for one in listed or ()}
        tools = [_tool(one, gone=listed is not None and one.definition.name not in there) for one in pinned]
        known = {one.definition.name for one in pinned}
        tools += [_new(one) for one in there.values() if one.name not in known]
        return ServerView(
            id=server.id,
            name=server.name,
            place=server.place.shown,
            kind="program" if server.place.command else "address",
            everyone=server.everyone,
            mine=server.wearer == wearer,
            state=state if server.working else "off",
            why=connection.why if connection is not None else "",
            tools=tuple(tools),
            warnings=tuple(f"{one} holds a secret itself; write env:NAME" for one in server.place.literal),
        )


class WearersOutside:
    """Implements `sdk.Outside`."""

    def __init__(self, service: OutsideService, wearer: str) -> None:
        self._service = service
        self._wearer = wearer

    async def tools(self) -> Sequence[OutsideTool]:
        return [
            OutsideTool(server=server.name, tool=one.name, effect=one.effect)
            for server in await self._service.views(self._wearer)
            for one in server.tools
            if one.state == "on" and server.state != "off"
        ]

    async def call(self, server: str, tool: str, arguments: Mapping[str, Any]) -> OutsideAnswer:
        return await self._service.call(self._wearer, server, tool, arguments)


def _sees(server: Server, wearer: str) -> bool:
    return server.everyone or server.wearer == wearer


def _tool(one: Pinned, *, gone: bool) -> ToolView:
    state = "changed" if one.changed else "off" if not one.working else "gone" if gone else "on"
    return ToolView(
        name=one.definition.name,
        state=state,
        effect=one.effect,
        description=one.definition.description,
        words=one.words,
        theirs=one.theirs,
        parameters=_parameters(one.definition),
        difference=tuple(difference(one.definition, one.changed)) if one.changed else (),
        used=one.used,
    )


def _new(one: Definition) -> ToolView:
    return ToolView(
        name=one.name,
        state="new",
        effect=one.proposed,
        description=one.description,
        parameters=_parameters(one),
    )


def _parameters(one: Definition) -> tuple[str, ...]:
    found = one.schema.get("properties")
    return tuple(str(name)[:48] for name in list(found)[:32]) if isinstance(found, Mapping) else ()
