"""Nothing of a connection, a device or a turn waits for the garbage collector once it is over."""

import asyncio
import gc
from collections import Counter

from tests.hubs import running

from lorgnette.core import events
from lorgnette.gateways.native.softdevice import SoftDevice


def left_over() -> Counter[str]:
    """Kinds of objects that only the collector found; SQLAlchemy's own cycles are not ours."""
    gc.collect()
    found = Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.garbage)
    gc.garbage.clear()
    return Counter({kind: n for kind, n in found.items() if kind.startswith(("lorgnette.", "uvicorn."))})


async def some_turns(device: SoftDevice, over: asyncio.Queue[events.TurnDone]) -> None:
    for _ in range(3):
        device.event(events.Typed("what time is it"))
        await over.get()
    await asyncio.sleep(0.1)


def test_what_is_over_is_freed_at_once(loop_run) -> None:
    async def work() -> None:
        over: asyncio.Queue[events.TurnDone] = asyncio.Queue()

        def note(event: object) -> None:
            if isinstance(event, events.TurnDone):
                over.put_nowait(event)

        async with running() as here:
            device = await here.device(on_event=note)
            await device.connect(here.url)
            await some_turns(device, over)
            gc.collect()
            gc.disable()
            gc.set_debug(gc.DEBUG_SAVEALL)
            try:
                await some_turns(device, over)
                turns = left_over()
                for _ in range(5):
                    device.drop()
                    await device.closed.wait()
                    await device.connect(here.url)
                reconnects = left_over()
                for _ in range(5):
                    await device.close()
                    device.welcome = None
                    await device.connect(here.url)
                comings = left_over()
            finally:
                gc.set_debug(0)
                gc.enable()
                gc.garbage.clear()
            await device.close()
        assert not turns
        assert not reconnects
        assert not comings

    loop_run(work())
