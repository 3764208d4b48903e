"""`lorgnette export`: everything that is kept of a wearer, in open formats."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from lorgnette.cli.local import run
from lorgnette.cli.options import ConfigOption, JsonOption

PersonOption = Annotated[
    str, typer.Option("--person", "-p", help="Whose, by name or id.", show_default="the owner")
]


def export(
    file: Annotated[
        Path | None,
        typer.Argument(help="Where to; a folder, or a name that ends in .zip.", show_default=False),
    ] = None,
    person: PersonOption = "",
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace the file if it exists.")] = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write everything of a wearer into one zip: JSON, Markdown, WAV, a calendar.

    The hub may run meanwhile. A wearer whose things somebody else exports here is told so.
    """
    from lorgnette.cli.output import console, print_json

    target = _target(file, force=force)
    size = run(_export(target, person, config, quiet=json_))
    if json_:
        print_json({"file": str(target), "bytes": size})
        return
    from rich.filesize import decimal

    out = console()
    out.print("[green]✓[/]", end=" ")
    out.print(str(target), markup=False, soft_wrap=True, end="  ")
    out.print(f"[dim]{decimal(size)}[/]")
    out.print("  [dim]It holds what was said and noted: keep it private. README.md says what is in it.[/]")


def _target(file: Path | None, *, force: bool) -> Path:
    from datetime import UTC, datetime

    from lorgnette.core.errors import StoreError

    target = (file or Path()).expanduser().absolute()
    if target.is_dir():
        target /= f"lorgnette-{datetime.now(UTC):%Y%m%dT%H%M%S}.zip"
    if target.exists() and not force:
        raise StoreError(f"{target} exists; --force replaces it")
    if not target.parent.is_dir():
        raise StoreError(f"there is no folder {target.parent}")
    return target


async def _export(target: Path, person: str, config: Any, *, quiet: bool) -> int:
    from lorgnette.cli.progress import progress
    from lorgnette.cli.records import named, records
    from lorgnette.cli.settings import load

    async with records(load(config, [], quiet=True)) as found:
        wearer = (await named(found, person))["id"]
        with _whole(target) as stream, progress("Exporting", None, quiet) as tell:
            await found.export(wearer, stream, lambda now, _: tell(now))
            return stream.tell()


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[IO[bytes]]:
    """A private file beside `target` that takes its place once it is whole, or is gone."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # mode 0600
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
