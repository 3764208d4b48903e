"""Consents by HTTP: what one was asked and allowed, and one's standing rules. Each wearer their own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from lorgnette.api.access import Caller
from lorgnette.core.errors import Denied
from lorgnette.services.consent import ConsentService, WearerConsents

if TYPE_CHECKING:
    from lorgnette.api.app import Known

MOST: Final = 200


class ConsentApi:
    """`Domain` of consents. Rules are made by voice alone, where it is heard what they are for."""

    def __init__(self, service: ConsentService) -> None:
        self._service = service

    def routes(self, known: "Known") -> Sequence[BaseRoute]:
        """For the application."""
        return (
            Route("/v1/consents", known(self._log)),
            Route("/v1/consents/rules", known(self._rules)),
            Route("/v1/consents/rules/{id}", known(self._revoke), methods=["DELETE"]),
        )

    async def _log(self, request: Request, who: Caller) -> Any:
        try:
            limit = min(MOST, max(1, int(request.query_params.get("limit", "50"))))
        except ValueError:
            raise HTTPException(400, f"limit is a number from 1 to {MOST}") from None
        return msgspec.to_builtins(await self._of(request, who).log(limit))

    async def _rules(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(await self._of(request, who).rules())

    async def _revoke(self, request: Request, who: Caller) -> Any:
        return msgspec.to_builtins(await self._of(request, who).revoke(request.path_params["id"]))

    def _of(self, request: Request, who: Caller) -> WearerConsents:
        """Whoever sits at the hub's machine may look for any wearer; over the network each for themselves."""
        whose = request.query_params.get("wearer", "") or who.wearer
        if whose != who.wearer and not who.local:
            raise Denied("what somebody allowed is theirs alone")
        return self._service.of(whose)
