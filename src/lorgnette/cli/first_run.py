"""The first start: which languages are spoken here, models for them, and a language model of this machine."""

import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lorgnette.cli.asking import Asker
from lorgnette.cli.output import console

if TYPE_CHECKING:
    from lorgnette.cli.settings import Loaded
    from lorgnette.cli.shelf import Opened
    from lorgnette.engines.llm.hosts import ModelHost
    from lorgnette.models import Model
    from lorgnette.services.offers import Find

HEARD: Final = frozenset({"en"})
"""Languages of which the default recogniser understands the commands."""
LIBRARIES: Final = {"sherpa": "sherpa_onnx", "vosk": "vosk", "piper": "piper"}
"""What an engine needs beside itself: the module, which the extra of the engine's name brings."""
FOR: Final = {"asr": "hears", "tts": "speaks"}


def introduce(
    loaded: "Loaded",
    asker: Asker,
    config: Path | None,
    overrides: Sequence[str],
    find: "Find | None" = None,
) -> bool:
    """Ask what was never asked; whether something was written, so that the settings are to be read again.

    `find`: the language models of this machine.
    """
    from lorgnette.cli.settings import files_of

    out = console()
    wrote = False
    if files_of(config) is None and not any(file.exists() for file in loaded.paths.configs):
        out.print("\n  [bold]Welcome to Lorgnette.[/] A question or two, once.\n")
        languages = _languages(loaded, asker, out)
        _models(languages, asker, out, overrides)
        wrote = True
    return _model(asker, out, config, overrides, find) or wrote


def _languages(loaded: "Loaded", asker: Asker, out: Any) -> list[str]:
    """Asked until all are known; written down, the first as the owner's."""
    from lorgnette.config import set_values
    from lorgnette.sdk.language import languages, primary

    known = languages()
    system = loaded.settings.language
    default = primary(system) if primary(system) in known else "en"
    names = ", ".join(f"{code} ({pack.name})" for code, pack in sorted(known.items()))
    out.print(f"  Languages there are: {names}", soft_wrap=True)
    while True:
        said = asker.line("Which are spoken here, yours first", default)
        chosen, unknown = read_languages(said)
        if chosen and not unknown:
            break
        out.print(f"  [yellow]There is no {', '.join(unknown) or 'language in that'}.[/] As: de, en")
    first = system if primary(system) == chosen[0] else chosen[0]
    values = {"wearer.language": first, "speech.languages": ",".join(chosen)}
    set_values(loaded.paths.file, values, loaded.config.schema)
    out.print(f"  [green]✓[/] {', '.join(known[code].name for code in chosen)}", end="  ")
    out.print(f"[dim]in {loaded.paths.file}[/]\n", soft_wrap=True)
    return chosen


def read_languages(said: str) -> tuple[list[str], list[str]]:
    """Codes of packs in the order they were named, by code or own name; and the words that are neither."""
    from lorgnette.sdk.language import languages, primary

    by_name = {pack.name.casefold(): code for code, pack in languages().items()}
    chosen: list[str] = []
    unknown: list[str] = []
    for word in filter(None, re.split(r"[\s,;/，、]+", said.strip())):
        code = by_name.get(word.casefold()) or primary(word.replace("_", "-"))
        if code not in languages():
            unknown.append(word)
        elif code not in chosen:
            chosen.append(code)
    return chosen, unknown


def _models(languages: Sequence[str], asker: Asker, out: Any, overrides: Sequence[str]) -> None:
    """What fits this machine, all of it with one yes; else how the languages without ears get some."""
    from lorgnette.cli.shelf import opened
    from lorgnette.config import Config
    from lorgnette.doctor.machine import memory_bytes
    from lorgnette.models import ModelError, fit, spare, suggest

    try:
        shelf = opened(Config.load(None, overrides=overrides), None)
    except ModelError as error:  # a catalogue of one's own may be broken; that's no reason not to start
        out.print(f"  [yellow]{error.detail}[/]", soft_wrap=True)
        return
    memory, room = memory_bytes()[1], spare(shelf.shelf.folder)
    fitting = [one for one in shelf.catalogue if fit(one, shelf.shelf.here(one), memory, room) == "fits"]
    offered = suggest(fitting, languages, lambda model: not missing_library(model))
    got: list[Model] = []
    if offered:
        _show(offered, shelf, room, memory, out)
        size = _size(sum(model.bytes - shelf.shelf.here(model) for model in offered))
        if asker.yes(f"Fetch {size} and use {'them' if len(offered) > 1 else 'it'}?"):
            got = _fetched(offered, shelf, out, overrides)
    heard = HEARD | {language for model in got if model.kind == "asr" for language in model.languages}
    could = suggest(fitting, languages, lambda _: True)
    for language in languages:
        if language not in heard:
            _say_typed(language, could, out)


def _show(offered: "Sequence[Model]", shelf: "Opened", room: int, memory: int, out: Any) -> None:
    from rich.table import Table

    out.print(f"  These fit this machine ({_size(memory)} of memory, {_size(room)} to spare on its disk):\n")
    table = Table(box=None, header_style="dim", pad_edge=True)
    for title in ("model", "for", "size", "licence"):
        table.add_column(
            f" {title}" if title == "model" else title, no_wrap=title == "model", overflow="fold"
        )
    for model in offered:
        languages = " ".join(model.languages)
        size = "here" if shelf.shelf.installed(model) else _size(model.bytes)
        table.add_row(f" {model.id}", f"{FOR[model.kind]} {languages}", size, model.licence)
    out.print(table)
    out.print("\n  [dim]They come from the addresses in the catalogue; nothing of yours is sent there.[/]")


def _fetched(models: "Sequence[Model]", shelf: "Opened", out: Any, overrides: Sequence[str]) -> "list[Model]":
    """Those that are here and in use now. Whatever goes wrong is said, and the hub starts without them."""
    from lorgnette.cli.fetched import told
    from lorgnette.cli.local import run
    from lorgnette.cli.models import changes_of
    from lorgnette.cli.progress import progress
    from lorgnette.cli.settings import load
    from lorgnette.config import Config, Paths, SpeechSection, set_values
    from lorgnette.core.errors import LorgnetteError
    from lorgnette.models import Manners, pull

    manners = Manners(mirror=shelf.section.mirror, connections=shelf.section.connections)
    again = f"lorgnette models pull {' '.join(model.id for model in models)}"
    needed = sum(model.bytes - shelf.shelf.here(model) for model in models)
    used: list[Model] = []
    try:
        with progress("  models", needed) as tell:
            run(told(load(None, overrides, quiet=True), pull(models, shelf.shelf, manners, tell)))
        for model in models:
            config = Config.load(None, overrides=overrides)
            speech = config.section(SpeechSection)
            chosen = {"asr": speech.asr, "tts": speech.tts}
            set_values(Paths.of().file, changes_of(model, shelf.shelf.place(model), chosen), config.schema)
            used.append(model)
            out.print(f"  [green]✓[/] {model.id}")
    except KeyboardInterrupt:
        out.print(f"  Skipped; what came is kept. [dim]{again}[/]", soft_wrap=True)
    except LorgnetteError as error:
        out.print(f"  [yellow]{error.detail}[/] Later: [dim]{again}[/]", soft_wrap=True)
    out.print()
    return used


def _say_typed(language: str, could: "Sequence[Model]", out: Any) -> None:
    """One sentence: what doesn't go yet, and the command for it."""
    from lorgnette.sdk.language import language_of

    ears = [model for model in could if model.kind == "asr" and language in model.languages]
    if ears:
        extra = missing_library(ears[0])
        install = f"pip install 'lorgnette[{extra}]' && " if extra else ""
        fix = f"{install}lorgnette models pull {ears[0].id} && lorgnette models use {ears[0].id}"
    else:
        fix = "lorgnette models list --all, or a server: docs/engines.md"
    name = language_of(language).name
    out.print(
        f"  {name}: you type commands until a recogniser for it is here. [dim]{fix}[/]\n", soft_wrap=True
    )


def missing_library(model: "Model") -> str:
    """The extra that its engine lacks here, empty if none."""
    library = LIBRARIES.get(model.engine)
    return model.engine if library and find_spec(library) is None else ""


def _model(
    asker: Asker, out: Any, config: Path | None, overrides: Sequence[str], find: "Find | None"
) -> bool:
    """A language model that runs on this machine, while none is configured and nobody said no."""
    from lorgnette.cli.local import run
    from lorgnette.cli.model_file import ModelFile
    from lorgnette.cli.settings import files_of
    from lorgnette.engines.llm.hosts import find_hosts
    from lorgnette.services.offers import offers_of

    file = ModelFile(files_of(config), overrides)
    if not file.wanted:
        return False
    offers = offers_of(run(_found(find or find_hosts)))
    if not offers:
        return False
    offer = offers[0]
    others = [model for one in offers for model in one.models if model != offer.model]
    out.print(f"\n  [bold]{offer.model}[/] runs in {offer.host} on this machine.", end=" ")
    out.print("With it I answer what no command covers; nothing leaves this machine for it.", soft_wrap=True)
    if others:
        out.print(f"  [dim]There is also {', '.join(others[:5])}: lorgnette llm list[/]", soft_wrap=True)
    if asker.yes("Use it?"):
        file.choose(offer.url, offer.model)
        out.print(f"  [green]✓[/] {offer.model}", f"[dim]in {file.path}[/]", soft_wrap=True)
    else:
        file.decline()
        out.print("  [dim]I won't ask again. Later: lorgnette llm list[/]")
    return True


async def _found(find: "Find") -> "Sequence[ModelHost]":
    return await find()


def _size(count: int) -> str:
    from rich.filesize import decimal

    return decimal(count)
