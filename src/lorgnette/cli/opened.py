"""The store without a hub, for commands that only look or change one thing."""

import contextlib
from collections.abc import AsyncIterator

from lorgnette.cli.settings import Loaded
from lorgnette.store import Devices, Journal, People, Store


@contextlib.asynccontextmanager
async def opened(loaded: Loaded) -> AsyncIterator[tuple[People, Devices, Journal]]:
    """Open it under its lock, so that no hub starts meanwhile."""
    from lorgnette.core.clock import SystemClock

    store = await Store.open(loaded.settings.store, SystemClock())
    try:
        yield People(store), Devices(store), Journal(store)
    finally:
        await store.close()
