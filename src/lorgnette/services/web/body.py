"""The body of an answer, read up to a size, also when it comes packed."""

import asyncio
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


async def read(response: "httpx.Response", until: float, longest: int) -> bytes:
    """The whole body by `until` (loop time). ValueError beyond `longest` bytes, unpacked ones.

    A server that was asked not to pack and packs with gzip or deflate is understood, others are a ValueError.
    """
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        raise ValueError(f"packed with {packed}")
    unpack = zlib.decompressobj(47) if packed not in {"identity", ""} else None
    body = bytearray()
    async with asyncio.timeout_at(until):
        async for chunk in response.aiter_raw():
            if unpack is None:
                body += chunk
            else:
                try:
                    body += unpack.decompress(chunk, longest + 1 - len(body))
                except zlib.error as error:
                    raise ValueError(f"packed badly: {error}") from None
            if len(body) > longest:
                raise ValueError(f"more than {longest} bytes")
    if unpack is not None and not unpack.eof:
        raise ValueError("packed, and cut off")
    return bytes(body)
