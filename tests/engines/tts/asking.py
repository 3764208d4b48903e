"""What every voice elsewhere is asked, whatever its wire."""

import time
from contextlib import aclosing

import pytest

from lorgnette.core.errors import EngineError


async def waited(voice) -> tuple[float, float]:
    """Seconds to the first sound of a sentence and to its end; the voice is closed."""
    begin, first = time.monotonic(), 0.0
    async with aclosing(voice.speak("x", "en")) as chunks:
        async for _ in chunks:
            first = first or time.monotonic() - begin
    await voice.aclose()
    return first, time.monotonic() - begin


async def refused(make) -> EngineError:
    """What a voice says whose server isn't there; `make` is called on the loop."""
    voice = make()
    try:
        with pytest.raises(EngineError) as caught:
            async for _ in voice.speak("x", "en"):
                pass
    finally:
        await voice.aclose()
    return caught.value
