"""What a command fetched from elsewhere comes into the log of what went out, as what the hub sends does."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from lorgnette.cli.local import RunningHub

if TYPE_CHECKING:
    from lorgnette.cli.settings import Loaded
    from lorgnette.core.outgoing import Parcel


async def told[T](loaded: "Loaded", work: Coroutine[Any, Any, T]) -> T:
    """Do the work; each server that it asked is one entry, the hub's own, however it ends."""
    from lorgnette.core.outgoing import Behalf, on

    parcels: list[Parcel] = []
    try:
        with on(Behalf("", parcels.append)):
            return await work
    finally:
        if parcels:
            await _keep(loaded, parcels)


async def _keep(loaded: "Loaded", parcels: "list[Parcel]") -> None:
    import logging

    from lorgnette.core.errors import LorgnetteError

    found = {(one.host, one.what, one.how): one for one in parcels}  # a file in pieces is one thing
    try:
        running = RunningHub(loaded.socket)
        if running.present():
            import msgspec

            await running.ask("POST", "/v1/egress", msgspec.json.encode(list(found.values())))
            return
        from lorgnette.core.clock import SystemClock
        from lorgnette.services.privacy import OutgoingLog
        from lorgnette.store import Store

        store = await Store.open(loaded.settings.store, SystemClock())
        log = OutgoingLog(store)
        for parcel in found.values():
            log.note(parcel)
        await store.close()
    except LorgnetteError as error:  # a fetch that went well doesn't fail for its entry
        logging.getLogger(__name__).warning("what was fetched isn't in the log: %s", error.detail)
