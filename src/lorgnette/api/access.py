"""Which wearer a request speaks for: a device's bearer token, or the owner behind the unix socket."""

from dataclasses import dataclass

from starlette.requests import Request

from lorgnette.api.doorkeeper import Doorkeeper
from lorgnette.core.errors import Denied
from lorgnette.core.people import Role
from lorgnette.store import People


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks."""

    wearer: str
    role: Role
    device: str = ""
    local: bool = False

    def require_owner(self) -> None:
        """`Denied` for anyone but the hub's owner."""
        if self.role != "owner":
            raise Denied("only the owner of this hub may do this")


async def caller(request: Request, doorkeeper: Doorkeeper, people: People) -> Caller:
    """`Denied` without a good token; nothing but pairing and health answers without one."""
    if request.scope.get("lorgnette.local"):
        owner = await people.owner()
        return Caller(owner.id, owner.role, local=True)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    device = await doorkeeper.device(token.strip()) if scheme.lower() == "bearer" else None
    if device is None:
        raise Denied("a device token is needed: Authorization: Bearer …")
    wearer = await people.wearer(device.wearer)
    return Caller(wearer.id, wearer.role, device.id)
