"""`lorgnette gallery`: the owner's pictures and films."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption

if TYPE_CHECKING:
    from lorgnette.services.gallery import WearerGallery

app = typer.Typer(help="Pictures and films: list, save, delete.", no_args_is_help=True)

Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="As `gallery list` shows them.")]


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="How many.")] = 20,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what was taken, newest first."""
    from lorgnette.cli.output import console, print_json

    found = run(_list(limit, config))
    if json_:
        for one in found:
            print_json(one)
        return
    from datetime import UTC, datetime

    from rich.filesize import decimal
    from rich.table import Table

    if not found:
        console().print("There are no pictures yet. Say to the glasses: [bold]take a picture[/]")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("id", "taken", "what", "by", "size"):
        table.add_column(
            title, style="dim" if title == "id" else "", justify="right" if title == "size" else "left"
        )
    for one in found:
        taken = datetime.fromtimestamp(one["taken"], UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        what = (
            f"film, {one['seconds']:.0f} s" if one["kind"] == "film" else f"{one['width']} × {one['height']}"
        )
        table.add_row(one["id"], taken, what, one["device"], decimal(one["bytes"]))
    console().print(table)


@app.command()
def save(
    ids: Ids,
    to: Annotated[Path, typer.Option("--to", help="Folder.", file_okay=False)] = Path(),
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Copy originals into a folder; what is there isn't overwritten."""
    from lorgnette.cli.output import print_json

    for id, path in run(_save(ids, to, config)):
        if json_:
            print_json({"id": id, "path": str(path)})
        else:
            typer.echo(path)


@app.command()
def rm(ids: Ids, json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Delete; `gallery restore` brings it back for a while (gallery.undo_hours)."""
    _changed(run(_change("delete", ids, config)), "deleted", as_json=json_)


@app.command()
def restore(ids: Ids, json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Bring back what was deleted."""
    _changed(run(_change("restore", ids, config)), "is back", as_json=json_)


def _changed(found: list[dict[str, Any]], how: str, *, as_json: bool) -> None:
    from lorgnette.cli.output import print_json

    for one in found:
        if as_json:
            print_json(one)
        else:
            typer.echo(f"{one['id']} {how}")


@asynccontextmanager
async def _opened(loaded: Any) -> AsyncIterator[tuple["WearerGallery", str]]:
    """The owner's gallery and time zone, without a hub."""
    from lorgnette.core.clock import SystemClock
    from lorgnette.services.gallery import GalleryService
    from lorgnette.store import People, Store

    store = await Store.open(loaded.settings.store, SystemClock())
    try:
        owner = await People(store).owner()
        yield GalleryService(store, loaded.settings.gallery).of(owner.id), owner.zone
    finally:
        await store.close()


async def _list(limit: int, config: Any) -> list[dict[str, Any]]:
    import msgspec

    from lorgnette.cli.settings import load

    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    if running.present():
        page = await running.ask("GET", f"/v1/gallery?limit={limit}")
        found: list[dict[str, Any]] = page["items"]
        return found
    async with _opened(loaded) as (gallery, _):
        return [msgspec.to_builtins(one) for one in await gallery.recent(limit)]


async def _change(what: str, ids: list[str], config: Any) -> list[dict[str, Any]]:
    import msgspec

    from lorgnette.cli.settings import load

    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    if running.present():
        delete = what == "delete"
        return [
            await running.ask(
                "DELETE" if delete else "POST", f"/v1/gallery/{id}" + ("" if delete else "/restore")
            )
            for id in map(_plain, ids)
        ]
    async with _opened(loaded) as (gallery, _):
        return [msgspec.to_builtins(await getattr(gallery, what)(id)) for id in ids]


async def _save(ids: list[str], to: Path, config: Any) -> list[tuple[str, Path]]:
    import asyncio

    from lorgnette.api.gallery import file_name
    from lorgnette.cli.settings import load
    from lorgnette.core.errors import ConfigError

    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    try:
        await asyncio.to_thread(to.mkdir, parents=True, exist_ok=True)
        if running.present():
            return [(id, await _fetched(running, id, to)) for id in map(_plain, ids)]
        saved = []
        async with _opened(loaded) as (gallery, zone):
            for id in ids:
                shot, source = await gallery.original(id)
                saved.append((id, await asyncio.to_thread(_copied, source, to / file_name(shot, zone))))
        return saved
    except OSError as error:
        raise ConfigError(f"{to} can't be written: {error.strerror or error}") from None


async def _fetched(running: RunningHub, id: str, to: Path) -> Path:
    return await running.fetch(f"/v1/gallery/{id}/original?save=1", to, _free)


def _copied(source: Path, target: Path) -> Path:
    import shutil

    path = _free(target)
    with source.open("rb") as file, path.open("xb") as out:
        shutil.copyfileobj(file, out)
    return path


def _free(path: Path) -> Path:
    """A name that nothing has: `….jpg`, `…-2.jpg`."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _plain(id: str) -> str:
    from urllib.parse import quote

    return quote(id, safe="")
