"""A model from its addresses to its folder: room first, then each file, checked before it gets its name."""

import asyncio
import errno
from collections.abc import Sequence

from lorgnette.models.entry import Model
from lorgnette.models.errors import ModelError
from lorgnette.models.fetch import Fetcher, Manners, Tell
from lorgnette.models.part import STEP, Part
from lorgnette.models.room import Space, demand, space
from lorgnette.models.shelf import Shelf


async def pull(
    models: Sequence[Model],
    shelf: Shelf,
    manners: Manners,
    tell: Tell,
    *,
    space: Space = space,
    step: int = STEP,
) -> None:
    """Fetch what is missing or damaged of each model. Interrupted at any moment, the next goes on."""
    demand(shelf.folder, sum(model.bytes - shelf.here(model) for model in models), space)
    fetcher = Fetcher(manners)
    try:
        for model in models:
            with shelf.claimed(model):
                await _pull(model, shelf, fetcher, tell, step)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "the disk is full; what is here is kept" if full else str(error)
        raise ModelError(f"{shelf.folder}: {what}") from error
    finally:
        await fetcher.aclose()


async def _pull(model: Model, shelf: Shelf, fetcher: Fetcher, tell: Tell, step: int) -> None:
    for file in model.files:
        if shelf.has(model, file) and await asyncio.to_thread(shelf.sound, model, file):
            continue
        with Part(shelf.place(model, file), file, step) as part:
            await fetcher.fetch(part, tell)
            await asyncio.to_thread(part.finish)
