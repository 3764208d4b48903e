"""One server's live connection: opened when it is needed, closed when idle, begun anew after a fall."""

import asyncio
import contextlib
import logging
import random
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, Final, Literal

from lorgnette import __version__
from lorgnette.core.errors import Busy, ConfigError, LorgnetteError
from lorgnette.core.outgoing import leaving
from lorgnette.sdk.outside import OutsideAnswer
from lorgnette.services.mcp.library import loaded
from lorgnette.services.mcp.login import NotLoggedIn
from lorgnette.services.mcp.pinned import MOST_TOOLS, Definition, Unusable, definition
from lorgnette.services.mcp.results import answer
from lorgnette.services.mcp.stdio import Signs

log = logging.getLogger(__name__)

OPEN_SECONDS: Final = 20.0
"""For starting and the handshake: `npx` may first have to fetch."""
LIST_SECONDS: Final = 15.0
MOST_CALLS: Final = 8
"""At once; one more is `Busy`."""
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
PATIENCE: Final = 2.0
"""A pause that isn't longer is waited out by whoever calls."""
MOST_PAGES: Final = 8

State = Literal["closed", "opening", "open", "failed"]
Wire = Callable[[Signs], AbstractAsyncContextManager[tuple[Any, Any]]]
"""Opens a transport."""


class Unreached(LorgnetteError):
    """The server isn't there, broke off, or was silent for too long."""

    phrase = "error-outside-unreached"


class Faulty(LorgnetteError):
    """The server refused the call, or answered with something that is no answer."""

    phrase = "error-outside-faulty"


class Connection:
    """`listed` is told what tools there are, each time that the server is opened or says they changed."""

    def __init__(
        self,
        name: str,
        wire: Wire,
        listed: Callable[[list[Definition]], Any],
        *,
        id: str = "",
        host: str = "",
        seconds: float = 30.0,
        longest: float = 120.0,
        idle: float = 600.0,
        opening: float = OPEN_SECONDS,
    ) -> None:
        self.name = name
        self.id = id or "an outside server"
        """What the log calls it: its name is somebody's word."""
        self.state: State = "closed"
        self.why = ""
        """What went wrong last."""
        self._wire = wire
        self._listed = listed
        self._host = host
        self._seconds = seconds
        self._longest = longest
        self._idle = idle
        self._opening = opening
        self._client: Any = None
        self._life: asyncio.Task[None] | None = None
        self._ready: asyncio.Future[None] | None = None
        self._stir = asyncio.Event()
        self._ending = False
        self._gone = False
        self._calls = 0
        self._pause = 0.0
        self._not_before = 0.0
        self._last = 0.0
        self._relist = False

    async def call(self, tool: str, arguments: Mapping[str, Any]) -> OutsideAnswer:
        """One call. A server's news of progress begin its time anew, up to `longest`."""
        if self._calls >= MOST_CALLS:
            raise Busy(f"{self.name} works on {MOST_CALLS} calls already")
        self._calls += 1
        try:
            await self.open()
            return await self._call(tool, arguments)
        finally:
            self._calls -= 1
            self._last = asyncio.get_running_loop().time()

    async def open(self) -> None:
        """It can be asked on return. `Unreached` or `NotLoggedIn` if not; then not again for a moment."""
        loop = asyncio.get_running_loop()
        if self._gone and self._life is not None and not self._life.done():
            await asyncio.wait({self._life})  # it is ending: the next one begins after it
        if self._life is None or self._life.done():
            wait = self._not_before - loop.time()
            if wait > PATIENCE:
                raise Unreached(f"{self.name} failed a moment ago: {self.why}")
            if wait > 0:
                await asyncio.sleep(wait)
                return await self.open()
            self._stir.clear()
            self._ending = self._gone = self._relist = False
            self.state, self._last = "opening", loop.time()
            self._ready = loop.create_future()
            self._ready.add_done_callback(lambda ready: ready.cancelled() or ready.exception())
            self._life = asyncio.create_task(self._live(self._ready), name=f"mcp {self.name}")
        assert self._ready is not None
        return await asyncio.shield(self._ready)

    async def close(self) -> None:
        """End it."""
        self._ending = True
        self._stir.set()
        if self._life is not None:
            await asyncio.wait({self._life}, timeout=12.0)
            self._life.cancel()
            await asyncio.gather(self._life, return_exceptions=True)
        self.state = "closed"

    # ── its life ───────────────────────────────────────────────────────────────────────────────────────

    async def _live(self, ready: "asyncio.Future[None]") -> None:
        """Opened and closed in one task, as the library wants it."""
        signs = Signs(self._has_gone)
        try:
            async with AsyncExitStack() as stack:
                try:
                    await loaded()
                    async with asyncio.timeout(self._opening):
                        self._client = await stack.enter_async_context(_client(self._wire(signs), self._news))
                    await self._list()
                except Exception as error:
                    raise self._understood(error, signs) from error
                self.state, self.why, self._pause = "open", "", 0.0
                ready.set_result(None)
                await self._rest()
        except LorgnetteError as error:
            self._failed(error, ready)
        except asyncio.CancelledError:
            self._failed(Unreached(f"{self.name} was closed"), ready)
            raise
        except BaseException as error:  # noqa: BLE001 — a library's group of errors ends this connection alone
            self._failed(self._understood(error, signs), ready)
        else:
            self.state = "closed"
        finally:
            self._client = None

    async def _rest(self) -> None:
        """Until nobody needs it any more, or it has died."""
        loop = asyncio.get_running_loop()
        while not self._ending:
            if self._gone:
                raise Unreached(f"{self.name} has ended")
            if self._relist:
                self._relist = False
                await self._list()
            left = self._last + self._idle - loop.time()
            if left <= 0 and not self._calls:
                log.info("%s wasn't used and is closed", self.id)
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(left, 1.0)):
                    await self._stir.wait()
            self._stir.clear()

    def _has_gone(self) -> None:
        self._gone = True
        self._stir.set()

    def _failed(self, error: LorgnetteError, ready: "asyncio.Future[None]") -> None:
        loop = asyncio.get_running_loop()
        self._pause = min(self._pause * 2 or FIRST_PAUSE, LONGEST_PAUSE)
        self._not_before = loop.time() + self._pause * random.uniform(0.75, 1.0)  # noqa: S311
        self.state, self.why = "failed", error.detail
        log.warning("%s", error.detail.replace(self.name, self.id))
        if not ready.done():
            ready.set_exception(error)

    def _understood(self, error: BaseException, signs: Signs) -> LorgnetteError:
        for one in _leaves(error):
            if isinstance(one, NotLoggedIn | ConfigError | Unusable | Unreached):
                return one
            if type(one).__module__.startswith("mcp.client.auth"):
                return NotLoggedIn(f"{self.name}: {one}"[:300])
        last = next(iter(_leaves(error)), error)
        words = f"; it said: {signs.said[-1]}" if signs.said else ""
        what = (
            "was silent for too long" if isinstance(last, TimeoutError) else f"{type(last).__name__}: {last}"
        )
        return Unreached(f"{self.name} can't be opened ({what[:200]}){words}")

    # ── what it is asked ───────────────────────────────────────────────────────────────────────────────

    async def _list(self) -> None:
        from mcp.types import PaginatedRequestParams

        found: list[Definition] = []
        cursor: str | None = None
        with leaving(self._host, "inquiry") if self._host else contextlib.nullcontext():
            async with asyncio.timeout(LIST_SECONDS):
                for _ in range(MOST_PAGES):
                    page = await self._client.session.list_tools(params=PaginatedRequestParams(cursor=cursor))
                    for tool in page.tools:
                        if len(found) >= MOST_TOOLS:
                            log.warning(
                                "%s has more than %d tools; the rest is left out", self.id, MOST_TOOLS
                            )
                            break
                        try:
                            hints = tool.annotations
                            said = hints.model_dump(by_alias=True, exclude_none=True) if hints else {}
                            found.append(definition(tool.name, tool.description, tool.input_schema, said))
                        except Unusable as error:
                            log.warning("%s: %s; it is left out", self.id, error.detail)
                    cursor = page.next_cursor
                    if cursor is None or len(found) >= MOST_TOOLS:
                        break
        names = [one.name for one in found]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            log.warning("%s has %d tools that share their names; they are left out", self.id, len(twice))
        await self._listed([one for one in found if one.name not in twice])

    async def _call(self, tool: str, arguments: Mapping[str, Any]) -> OutsideAnswer:
        from mcp import MCPError
        from mcp.types import CONNECTION_CLOSED
        from pydantic import ValidationError

        loop = asyncio.get_running_loop()
        end = loop.time() + self._longest
        client = self._client
        if client is None:
            raise Unreached(f"{self.name} has ended")
        try:
            async with asyncio.timeout(self._seconds) as limit:

                async def progress(_now: float, _all: float | None, _words: str | None) -> None:
                    if not limit.expired():
                        limit.reschedule(min(loop.time() + self._seconds, end))

                result = await client.call_tool(tool, dict(arguments), progress_callback=progress)
        except TimeoutError:
            raise Unreached(f"{self.name} didn't answer {tool} in time") from None
        except MCPError as error:
            if error.error.code == CONNECTION_CLOSED:
                self._has_gone()
                raise Unreached(f"{self.name} ended while it worked on {tool}") from None
            raise Faulty(f"{self.name} refused {tool}: {str(error)[:300]}") from error
        except (ValidationError, RuntimeError, ValueError) as error:
            raise Faulty(f"{self.name} answered {tool} with no answer: {type(error).__name__}") from error
        except Exception as error:
            raise self._understood(error, Signs(lambda: None)) from error
        return answer(self.name, result)

    async def _news(self, message: Any) -> None:
        """What the server sends on its own."""
        if getattr(getattr(message, "root", message), "method", "") == "notifications/tools/list_changed":
            self._relist = True
            self._stir.set()


@asynccontextmanager
async def _client(
    wire: AbstractAsyncContextManager[tuple[Any, Any]], news: Callable[[Any], Coroutine[Any, Any, None]]
) -> AsyncIterator[Any]:
    """Nothing but tools is offered to a server: no sampling, no elicitation, no roots, no log."""
    from mcp import Client
    from mcp.types import Implementation

    client = Client(
        wire,
        client_info=Implementation(name="lorgnette", version=__version__),
        message_handler=news,  # type: ignore[arg-type]
        cache=None,
        input_required_max_rounds=1,
    )
    async with client:
        # Results are read by `results`; the server's own output schema could keep this loop busy for hours.
        object.__setattr__(client.session, "validate_tool_result", _unchecked)
        yield client


async def _unchecked(_name: str, _result: Any) -> None:
    """See above."""


def _leaves(error: BaseException) -> list[BaseException]:
    """The errors in a group of groups, and their causes."""
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    found = [error]
    while (cause := found[-1].__cause__) is not None and len(found) < 8:
        found.append(cause)
    return found
