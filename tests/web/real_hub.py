"""A whole hub on a loop of its own, for pages that ask it more than the fake one knows."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self

from sqlalchemy import select
from tests.hubs import CANNED, Running, running

from lorgnette.app import HubSettings
from lorgnette.core.clock import Clock
from lorgnette.services.places.tables import whereabouts


class RealHub:
    """`with RealHub() as hub:` serves at `hub.url`; `hub.call(work)` runs a coroutine beside it."""

    def __init__(self, language: str = "en", clock: Clock | None = None) -> None:
        """With a clock that a hand moves, nothing waits for its sound to be over."""
        self._settings = HubSettings(language=language, engines=CANNED, realtime=clock is None)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._context = running(self._settings, clock)
        self.here: Running
        self.owner = ""

    def __enter__(self) -> Self:
        self._thread.start()
        self.here = self.call(self._context.__aenter__())
        self.owner = self.call(self.here.hub.people.owner()).id
        return self

    def __exit__(self, *_: object) -> None:
        self.call(self._context.__aexit__(None, None, None))
        self.call(asyncio.sleep(0.05))  # what was hung up on is closed before the loop is
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def call[T](self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.here.port}/"

    @property
    def gallery(self) -> Any:
        """The owner's."""
        return self.here.hub.gallery.of(self.owner)

    def first(self) -> str:
        """The fragment of an address that pairs a page."""
        return f"#first={self.here.hub.desk.first(self.owner)}"

    def latitudes(self) -> list[float]:
        """Where the owner was said to be."""
        store = self.here.hub.store
        query = (
            select(whereabouts.c.latitude)
            .where(whereabouts.c.wearer == self.owner)
            .order_by(whereabouts.c.at)
        )
        return list(self.call(store.read(lambda connection: connection.execute(query).scalars().all())))
