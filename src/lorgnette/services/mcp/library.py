"""The protocol's library, loaded away from the loop: it takes a second and a half."""

import asyncio
import importlib
import logging
from typing import Final

from lorgnette.core.errors import ConfigError

MISSING: Final = "outside tools need the extra mcp: pip install 'lorgnette[mcp]'"
_LOGGERS: Final = ("mcp", "client")
"""Its own: what they say of a broken message has the message in it."""
_PARTS: Final = ("jsonschema", "httpx2", "mcp", "mcp.client.streamable_http", "mcp.client.auth")


async def loaded() -> None:
    """It can be imported at once on return. `ConfigError` where it isn't installed."""
    await asyncio.to_thread(_load)


def _load() -> None:
    try:
        for part in _PARTS:
            importlib.import_module(part)
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
    except ModuleNotFoundError:
        raise ConfigError(MISSING) from None
