"""Errands by HTTP: which there are, ending one, and taking that back. Each wearer their own."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.api.app import Known
from lorgnette.core.errors import Denied
from lorgnette.services.errands import WearerErrands


class ErrandsApi:
    """Whoever sits at the hub's machine may look for anybody, by `?wearer=`."""

    def __init__(self, of: Callable[[str], WearerErrands]) -> None:
        self._of = of

    def routes(self, known: Known) -> Sequence[BaseRoute]:
        return (
            Route("/v1/errands", known(self._list)),
            Route("/v1/errands/{id}", known(self._cancel), methods=["DELETE"]),
            Route("/v1/errands/{id}/restore", known(self._restore), methods=["POST"]),
        )

    async def _list(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(await self._whose(request, who).live())

    async def _cancel(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(await self._whose(request, who).cancel(request.path_params["id"]))

    async def _restore(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(await self._whose(request, who).restore(request.path_params["id"]))

    def _whose(self, request: Request, who: Caller) -> WearerErrands:
        wearer = request.query_params.get("wearer", "") or who.wearer
        if wearer != who.wearer and not who.local:
            raise Denied("somebody's errands are theirs alone")
        return self._of(wearer)
