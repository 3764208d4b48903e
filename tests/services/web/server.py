"""A web server on a real port: pages by path, and what was asked."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from tests.engines.server import Scripted


class Web(Scripted):
    """Scripts answer in turn, whatever is asked; `pages` (path → body, type) come first."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, tuple[str, bytes, str]] = {}

    def page(self, path: str, body: str | bytes, type: str = "text/html; charset=utf-8") -> None:
        """Whenever this path is asked for."""
        self.pages[path] = (path, body.encode() if isinstance(body, str) else body, type)

    @property
    def root(self) -> str:
        """Without /v1."""
        return self.url.removesuffix("/v1")

    @property
    def paths(self) -> list[str]:
        return [asked["path"] for asked in self.requests]

    def then(self, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        """Names of headers are written with _ for -."""

        async def script() -> Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return Response(body, status, named)

        self.scripts.append(script)

    def routes(self) -> list[BaseRoute]:
        return [Route("/{path:path}", self._asked)]

    async def _asked(self, request: Request) -> Response:
        asked = {"path": request.url.path, "query": dict(request.query_params)}
        if request.url.path in self.pages:
            self.requests.append(asked)
            self.headers.append(dict(request.headers))
            _, body, type = self.pages[request.url.path]
            return Response(body, 200, {"content-type": type})
        return await self.answer(request, asked)
