"""`lorgnette restore`: put a backup in the place of what is there, which is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lorgnette.cli.options import ConfigOption, JsonOption, SetOption

if TYPE_CHECKING:
    from lorgnette.store.archive import Manifest


def restore(
    file: Annotated[
        Path,
        typer.Argument(help="A backup, or a folder before-restore-… of an earlier restore.", exists=True),
    ],
    check: Annotated[bool, typer.Option("--check", help="Read it through and change nothing.")] = False,
    settings: Annotated[
        bool, typer.Option("--settings/--no-settings", help="Bring lorgnette.toml back too.")
    ] = True,
    json_: JsonOption = False,
    config: ConfigOption = None,
    set_: SetOption = None,
) -> None:
    """Bring back what `lorgnette backup` wrote; the hub must not run.

    Everything is checked before anything changes. What was there is kept beside it: you are told where, and
    restoring that folder goes back (lorgnette.toml has its own copy).
    """
    from datetime import UTC, datetime

    from lorgnette.cli.backup import places_of
    from lorgnette.cli.local import RunningHub
    from lorgnette.cli.output import print_json
    from lorgnette.cli.progress import progress
    from lorgnette.cli.settings import load
    from lorgnette.core.errors import StoreError
    from lorgnette.store import backup
    from lorgnette.store.domain import installed
    from lorgnette.store.tables import CORE

    loaded = load(config, set_ or [], quiet=True)
    places = places_of(loaded, config)
    domains = (CORE, *installed())
    if check:
        if file.is_dir():
            raise StoreError("--check reads backups, not folders")
        with progress("Checking", None, json_) as tell:
            manifest = backup.check(file, places, domains, tell)
        if json_:
            print_json(_facts(file, manifest))
        else:
            _tell(f"{file.name} is whole", manifest)
        return
    if RunningHub(loaded.socket).present():
        raise StoreError("a hub runs here: stop it first, then restore, then start it again")
    with progress("Restoring", None, json_) as tell:
        done = backup.restore(
            file,
            places,
            domains,
            datetime.now(UTC),
            settings=settings,
            amend=lambda staged: _amend(staged, loaded.settings.store),
            tell=tell,
        )
    kept = [str(path) for path in done.kept]
    if json_:
        print_json(_facts(file, done.manifest) | {"kept": kept, "settings": done.settings})
        return
    _tell(f"{file.name} is restored", done.manifest)
    from lorgnette.cli.output import console

    out = console()
    for path in kept:
        out.print("  What was there before is in", end=" ")
        out.print(path, markup=False, soft_wrap=True)
    if kept:
        out.print("  [dim]To go back: stop the hub and restore that folder.[/]")
        out.print("  [dim]Delete it when all is well: it holds what was said, too.[/]")
    out.print(
        "  [dim]A device that was revoked since that backup can connect again: lorgnette devices list[/]"
    )


def _amend(staged: Path, store: str) -> None:
    """The settings of another machine may name another store than `store`, which has just been filled."""
    from lorgnette.config import Paths, set_value
    from lorgnette.config.layers import from_file
    from lorgnette.core.errors import ConfigError, StoreError

    try:
        given = list(from_file(staged))
    except ConfigError as error:
        why = error.detail.removeprefix(f"{staged}: ")
        raise StoreError(
            f"the backup's {staged.name} can't be read ({why}); --no-settings leaves it out"
        ) from None
    named = next((one.value for one in given if (one.section, one.key) == ("store", "url")), "")
    here = "" if store == Paths.of().store else store
    if named != here:
        set_value(staged, "store.url", here)


def _facts(file: Path, manifest: "Manifest") -> dict[str, Any]:
    return {
        "file": str(file),
        "version": manifest.version,
        "created": manifest.created,
        "schema": manifest.schema,
        "files": len(manifest.files),
        "bytes": manifest.size,
    }


def _tell(what: str, manifest: "Manifest") -> None:
    from rich.filesize import decimal

    from lorgnette.cli.output import console

    out = console()
    out.print("[green]✓[/]", end=" ")
    out.print(what, markup=False, end="  " if manifest.files else "\n")
    if not manifest.files:  # a folder that was kept
        return
    out.print(
        f"[dim]{manifest.created}, by version {manifest.version}: "
        f"{decimal(manifest.size)}, {len(manifest.files)} files[/]"
    )
