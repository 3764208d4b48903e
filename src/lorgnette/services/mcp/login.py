"""Who somebody is at a server elsewhere: OAuth by the SDK, its tokens kept in the store."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import delete, select

from lorgnette.core.errors import LorgnetteError
from lorgnette.services.mcp.tables import logins
from lorgnette.store import Store
from lorgnette.store.upsert import insert_new

WAIT: Final = 300.0
"""Seconds that a person has to say yes in a browser."""
LONGEST_REQUEST: Final = 16_384
DONE: Final = "That worked; this window can be closed. / Das hat geklappt. / 好了，可以关闭此窗口。"


class NotLoggedIn(LorgnetteError):
    """Somebody has to log in at the server."""

    phrase = "error-outside-login"


class Kept:
    """The SDK's `TokenStorage`: tokens of one server, whose owner is `wearer`."""

    def __init__(self, store: Store, server: str, wearer: str) -> None:
        self._store = store
        self._server = server
        self._wearer = wearer

    async def get_tokens(self) -> Any:
        from mcp.shared.auth import OAuthToken

        said = await self._read(logins.c.tokens)
        return OAuthToken.model_validate_json(said) if said else None

    async def set_tokens(self, tokens: Any) -> None:
        await self._write(tokens=tokens.model_dump_json(exclude_none=True))

    async def get_client_info(self) -> Any:
        from mcp.shared.auth import OAuthClientInformationFull

        said = await self._read(logins.c.client)
        return OAuthClientInformationFull.model_validate_json(said) if said else None

    async def set_client_info(self, client_info: Any) -> None:
        await self._write(client=client_info.model_dump_json(exclude_none=True))

    async def forget(self) -> None:
        """Log out here."""
        await self._store.write(
            lambda connection: connection.execute(delete(logins).where(logins.c.server == self._server))
        )

    async def _read(self, column: Any) -> str:
        query = select(column).where(logins.c.server == self._server, logins.c.wearer == self._wearer)
        found = await self._store.read(lambda connection: connection.execute(query).scalar())
        return str(found or "")

    async def _write(self, **values: str) -> None:
        now = self._store.clock.now().timestamp()

        def work(connection: Any) -> None:
            row: dict[str, Any] = {"tokens": "", "client": ""}
            query = select(logins.c.tokens, logins.c.client).where(logins.c.server == self._server)
            before = connection.execute(query).mappings().first()
            row |= dict(before or {}) | values
            row |= {"server": self._server, "wearer": self._wearer, "changed": now}
            insert = insert_new(connection, logins).values(row)
            connection.execute(insert.on_conflict_do_update(index_elements=[logins.c.server], set_=row))

        await self._store.write(work)


class Redirect:
    """Waits on a free port of this machine for the browser to come back with a code."""

    def __init__(self) -> None:
        self._code: asyncio.Future[tuple[str, str | None, str | None]] | None = None
        self._server: asyncio.Server | None = None
        self.url = ""

    async def open(self) -> None:
        """It answers now, at `url`."""
        self._code = asyncio.get_running_loop().create_future()
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0, limit=LONGEST_REQUEST)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/callback"

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()

    async def code(self) -> Any:
        """What came; `NotLoggedIn` if nothing did."""
        from mcp.shared.auth import AuthorizationCodeResult

        assert self._code is not None
        try:
            async with asyncio.timeout(WAIT):
                code, state, iss = await self._code
        except TimeoutError:
            raise NotLoggedIn("nobody logged in within five minutes") from None
        return AuthorizationCodeResult(code=code, state=state, iss=iss)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(10):
                head = await reader.readuntil(b"\r\n\r\n")
            target = head.split(b" ", 2)[1].decode("ascii", "replace")
            asked = parse_qs(urlsplit(target).query)
            good = urlsplit(target).path == "/callback" and "code" in asked
            body = (DONE if good else "No.").encode()
            writer.write(
                b"HTTP/1.1 %s\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n"
                b"connection: close\r\n\r\n%s" % (b"200 OK" if good else b"404 Not Found", len(body), body)
            )
            await writer.drain()
            if good and self._code is not None and not self._code.done():
                state, iss = asked.get("state", [None])[0], asked.get("iss", [None])[0]
                self._code.set_result((asked["code"][0], state, iss))
        except (OSError, TimeoutError, ValueError, IndexError, asyncio.IncompleteReadError):
            pass
        except asyncio.LimitOverrunError:
            pass
        finally:
            writer.close()


async def _nobody(_: str = "") -> Any:
    raise NotLoggedIn("the server asks who this is; log in: lorgnette mcp login NAME")


def provider(
    url: str,
    kept: Kept,
    redirect: Redirect | None = None,
    show: Callable[[str], Awaitable[None]] | None = None,
) -> Any:
    """The SDK's OAuth provider. Without `redirect` nobody is there to log in: only what is kept is used."""
    from mcp.client.auth import OAuthClientProvider
    from mcp.shared.auth import OAuthClientMetadata

    back = redirect.url if redirect is not None else "http://127.0.0.1/callback"
    metadata = OAuthClientMetadata.model_validate(
        {
            "client_name": "Lorgnette",
            "redirect_uris": [back],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "token_endpoint_auth_method": "none",
        }
    )
    return OAuthClientProvider(
        url,
        metadata,
        kept,
        redirect_handler=show or _nobody,
        callback_handler=redirect.code if redirect is not None else _nobody,
    )
