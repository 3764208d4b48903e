"""How a command reaches a hub: through the running one's private socket, else by opening it itself."""

import asyncio
import re
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import IO, Any, Final

from lorgnette.core.errors import LorgnetteError

SOCKET_SECONDS: Final = 300.0
BAD_STATUS: Final = 400


def run[T](work: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine, on uvloop where it is installed."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    return uvloop.run(work)


class RunningHub:
    """The hub behind its unix socket."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def present(self) -> bool:
        """Whether somebody answers there."""
        import socket

        if not self._path.exists():
            return False
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(1.0)
            try:
                probe.connect(str(self._path))
            except OSError:
                return False
        return True

    async def ask(
        self, method: str, path: str, body: bytes | None = None, seconds: float = SOCKET_SECONDS
    ) -> Any:
        """One request; its JSON, or a `LorgnetteError` with what the hub said."""
        status, value = await self._fetch(method, path, body, seconds)
        if status >= BAD_STATUS:
            raise LorgnetteError(str(value.get("error", status)))
        return value

    async def readiness(self) -> dict[str, Any]:
        """`ready` and the `reasons` why not."""
        _, value = await self._fetch("GET", "/readyz", None, 5.0)
        return {"ready": bool(value.get("ready")), "reasons": list(value.get("reasons", []))}

    async def _fetch(self, method: str, path: str, body: bytes | None, seconds: float) -> tuple[int, Any]:
        import httpx
        import msgspec

        transport = httpx.AsyncHTTPTransport(uds=str(self._path))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost", timeout=seconds
        ) as client:
            try:
                answer = await client.request(method, path, content=body)
            except httpx.HTTPError as error:
                raise LorgnetteError(f"the running hub doesn't answer: {error}") from None
        try:
            return answer.status_code, msgspec.json.decode(answer.content or b"null")
        except msgspec.DecodeError:
            return answer.status_code, {"error": answer.text[:200]}

    async def fetch(self, path: str, folder: Path, free: Callable[[Path], Path]) -> Path:
        """A file, streamed into `folder` under the name that the hub gives it, made `free`."""
        import httpx
        import msgspec

        transport = httpx.AsyncHTTPTransport(uds=str(self._path))
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60.0) as client,
            client.stream("GET", path) as answer,
        ):
            if answer.status_code >= BAD_STATUS:
                said = msgspec.json.decode(await answer.aread() or b"{}", type=dict[str, Any])
                raise LorgnetteError(str(said.get("error", answer.status_code)))
            target = free(folder / _name_in(answer.headers.get("content-disposition", "")))
            with target.open("xb") as out:
                async for part in answer.aiter_bytes():
                    out.write(part)
        return target

    async def download(
        self, method: str, path: str, target: IO[bytes], tell: Callable[[int, int], None]
    ) -> None:
        """A body as it comes into `target`; `tell(bytes now, bytes in all)`."""
        import httpx
        import msgspec

        transport = httpx.AsyncHTTPTransport(uds=str(self._path))
        client = httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=SOCKET_SECONDS)
        try:
            async with client, client.stream(method, path) as answer:
                if answer.status_code >= BAD_STATUS:
                    said = msgspec.json.decode(await answer.aread())
                    raise LorgnetteError(str(said.get("error", answer.status_code)))
                total = int(answer.headers.get("content-length", "0"))
                async for chunk in answer.aiter_bytes():
                    target.write(chunk)
                    tell(len(chunk), total)
        except (httpx.HTTPError, msgspec.DecodeError) as error:
            raise LorgnetteError(f"the running hub broke off: {error}") from None

    async def turn(self, work: Mapping[str, Any]) -> list[dict[str, Any]]:
        """A typed or recorded turn; a recording may take longer than it lasts."""
        import msgspec

        from lorgnette.core.audio import BYTES_PER_SECOND

        seconds = SOCKET_SECONDS + 3 * len(work.get("pcm", b"")) / BYTES_PER_SECOND
        body = msgspec.msgpack.encode(work)
        result: list[dict[str, Any]] = await self.ask("POST", "/v1/run", body, seconds)
        return result


def _name_in(disposition: str) -> str:
    """The file name of a Content-Disposition header, without any folder in it."""
    from urllib.parse import unquote

    found = re.search(r"filename\*=utf-8''([^;]+)|filename=\"([^\"]+)\"", disposition, re.IGNORECASE)
    name = unquote(found[1]) if found and found[1] else found[2] if found else ""
    return Path(name).name or "picture"
