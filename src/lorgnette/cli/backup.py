"""`lorgnette backup`: everything that the hub keeps, in one file."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lorgnette.cli.options import ConfigOption, JsonOption, SetOption

if TYPE_CHECKING:
    from lorgnette.cli.settings import Loaded
    from lorgnette.store.backup import Places


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(help="Where to; a folder, or a name that ends in .tar.gz.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace the file if it exists.")] = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
    set_: SetOption = None,
) -> None:
    """Write store, sounds, certificates and lorgnette.toml into one archive.

    The hub may run meanwhile: the store is as it was at one moment. Secrets that lorgnette.toml names as
    env: or file: are not in it. It holds what was said, so it is readable by you alone; keep it so.
    """
    from datetime import UTC, datetime

    from lorgnette.cli.output import console, print_json
    from lorgnette.cli.progress import progress
    from lorgnette.cli.settings import load
    from lorgnette.core.errors import StoreError
    from lorgnette.store.backup import back_up, size_of

    loaded = load(config, set_ or [], quiet=True)
    places = places_of(loaded, config)
    now = datetime.now(UTC)
    target = (file or Path()).expanduser().absolute()
    if target.is_dir():
        target /= f"lorgnette-{now:%Y%m%dT%H%M%S}.tar.gz"
    if target.exists() and not force:
        raise StoreError(f"{target} exists; --force replaces it")
    with closing(_Snapshot(loaded, places)) as snapshot, progress("Packing", size_of(places), json_) as tell:
        manifest = back_up(places, snapshot.path, target, now, force=force, tell=tell)
    size = target.stat().st_size
    if json_:
        print_json(
            {
                "file": str(target),
                "bytes": size,
                "files": len(manifest.files),
                "unpacked": manifest.size,
                "schema": manifest.schema,
                "version": manifest.version,
                "created": manifest.created,
            }
        )
        return
    out = console()
    out.print("[green]✓[/]", end=" ")
    out.print(str(target), markup=False, soft_wrap=True, end="  ")
    out.print(f"[dim]{_bytes(size)}, {len(manifest.files)} files[/]")
    out.print("  [dim]It holds what was said and what devices get in with: keep it private.[/]")
    out.print("  [dim]Bring it back: lorgnette restore FILE[/]")


def places_of(loaded: "Loaded", config: Path | None) -> "Places":
    """Where this configuration keeps things."""
    from lorgnette.cli.settings import files_of
    from lorgnette.store.backup import Places

    files = files_of(config)
    settings = files[0] if files else loaded.paths.file
    return Places.of(loaded.settings.store, settings, (("tls", loaded.paths.data / "tls"),))


class _Snapshot:
    """The store at one moment: copied by the running hub, else under the lock. Gone with `close`."""

    def __init__(self, loaded: "Loaded", places: "Places") -> None:
        from lorgnette.cli.local import RunningHub, run
        from lorgnette.store.backup import lock_of
        from lorgnette.store.snapshot import copy_of

        running = RunningHub(loaded.socket)
        if running.present():
            self.path = Path(run(running.ask("POST", "/v1/snapshot"))["path"])
            return
        lock = lock_of(places.file)
        try:
            self.path = copy_of(places.file)
        finally:
            lock.release()

    def close(self) -> None:
        self.path.unlink(missing_ok=True)


def _bytes(size: int) -> str:
    from rich.filesize import decimal

    return decimal(size)
