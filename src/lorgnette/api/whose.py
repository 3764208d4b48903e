"""Whose things a request is about: the caller's, and anybody's for whoever sits at the machine."""

from starlette.requests import Request

from lorgnette.api.access import Caller
from lorgnette.core.errors import Denied


def whose(request: Request, who: Caller) -> str:
    """The wearer's id; `?wearer=` is for the commands' private socket alone."""
    wanted = request.query_params.get("wearer", "")
    if wanted and wanted != who.wearer and not who.local:
        raise Denied("what is kept of somebody is theirs alone")
    return wanted or who.wearer
