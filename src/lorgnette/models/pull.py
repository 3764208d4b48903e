"""A model from its addresses to its folder: room first, then each file, checked before it gets its name."""

import asyncio
import errno
import threading
from collections.abc import Sequence
from pathlib import Path

from lorgnette.models.entry import Model, ModelFile
from lorgnette.models.errors import ModelError
from lorgnette.models.fetch import Fetcher, Manners, Tell
from lorgnette.models.part import STEP, Part
from lorgnette.models.room import Space, demand, space
from lorgnette.models.shelf import Shelf
from lorgnette.models.unpack import unpack


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
    demand(shelf.folder, sum(shelf.needs(model) for model in models), space)
    fetcher = Fetcher(manners)
    try:
        for model in models:
            with shelf.claimed(model.id):
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
        place = shelf.fetched(model, file)
        if not (file.unpack and place.is_file() and place.stat().st_size == file.bytes):
            with Part(place, file, step) as part:
                await fetcher.fetch(part, tell)
                await asyncio.to_thread(part.finish)
        if file.unpack:
            await _unpacked(shelf.place(model, file), file)


async def _unpacked(place: Path, file: ModelFile) -> None:
    """In a thread, which ends soon where nobody waits for it any more."""
    stopped = threading.Event()
    try:
        await asyncio.to_thread(unpack, place, file, stopped.is_set)
    finally:
        stopped.set()
