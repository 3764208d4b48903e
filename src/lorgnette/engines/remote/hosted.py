"""The life of an engine that is one HTTP server elsewhere."""

from lorgnette.engines.health import Health
from lorgnette.engines.remote.endpoint import Endpoint


class Hosted:
    """What `Supervised` asks for, done by the endpoint that the engine was made with."""

    _endpoint: Endpoint

    def start(self) -> None:
        self._endpoint.start()

    async def aclose(self) -> None:
        await self._endpoint.aclose()

    def health(self) -> Health:
        return self._endpoint.ledger.health()
