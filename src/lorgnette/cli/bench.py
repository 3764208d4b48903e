"""`lorgnette bench`: how fast, how large and how accurate every engine is on this machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lorgnette.cli.options import ConfigOption, JsonOption, SetOption

if TYPE_CHECKING:
    from lorgnette.cli.settings import Loaded
    from lorgnette.engines.registry import Kind
    from lorgnette.gauge import Candidate, Figure, Recording

LEGEND = (
    "first: until the first sound, partial word, token or answer; answer: from the end of speech to its "
    "words; much: seconds of sound of 64 microphones in a second, or a model's characters."
)


def bench(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KIND|KIND.ENGINE|FILE",
            help="vad, asr, tts, llm, wake, turn; one engine as asr.pocketsphinx; recordings, with what "
            "is said in a .txt beside each or an index.jsonl. Nothing: all, on speech of the voice here.",
            show_default=False,
        ),
    ] = None,
    remote: Annotated[
        bool, typer.Option("--remote", help="Also engines that send what they hear or say elsewhere.")
    ] = False,
    repeats: Annotated[int, typer.Option("--repeats", min=1, max=100, help="Medians of so many.")] = 3,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, max=600, help="After them an engine repeats nothing.")
    ] = 10.0,
    most: Annotated[int, typer.Option("--most", min=0, help="Recordings a language; 0: all of them.")] = 20,
    json_: JsonOption = False,
    config: ConfigOption = None,
    set_: SetOption = None,
) -> None:
    """Measure every installed engine on this machine: speed, delay, memory, errors; on every chip it knows.

    Each runs in a process of its own, one after the other. The figures are kept for `models list`,
    `models use --fastest` and `doctor`. Exit code 1: an engine that should work failed.
    """
    from lorgnette.cli.output import print_json
    from lorgnette.cli.settings import load
    from lorgnette.core.errors import ConfigError
    from lorgnette.engines.registry import KINDS
    from lorgnette.gauge import recordings

    loaded = load(config, set_ or [], quiet=True)
    wanted = parsed(what or [])
    material = recordings(wanted.paths, loaded.settings.language.partition("-")[0].lower(), most)
    found = found_by(loaded, config, wanted.kinds or KINDS, wanted.named, remote=remote)
    if not found:
        raise ConfigError("there is no such engine: lorgnette doctor shows which there are")
    try:
        figures = run_bench(
            loaded, found, material, repeats=repeats, seconds=seconds, quiet=json_, remote=remote
        )
    except KeyboardInterrupt:
        typer.echo("Stopped. What was measured until then is kept.", err=True)
        raise typer.Exit(130) from None
    if json_:
        for one in figures:
            print_json(one)
    else:
        show(figures, Path(loaded.paths.data))
    if any(one.why and not one.absent for one in figures):
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed, sorted."""

    kinds: "tuple[Kind, ...]"
    named: tuple[tuple[str, str], ...]
    paths: tuple[Path, ...]


def parsed(words: Sequence[str]) -> Wanted:
    """Kinds, engines (kind.engine), paths; a path wins where it exists and holds a slash."""
    from lorgnette.core.errors import ConfigError
    from lorgnette.engines.registry import KINDS, available

    kinds: list[Kind] = []
    named: list[tuple[str, str]] = []
    paths: list[Path] = []
    for word in words:
        kind, dot, engine = word.partition(".")
        of = next((one for one in KINDS if one == kind), None)
        if of is None or "/" in word:
            paths.append(Path(word))
        elif not dot:
            kinds.append(of)
        elif engine not in available(of):
            raise ConfigError(f"no {kind} engine is called {engine!r}; installed: {', '.join(available(of))}")
        else:
            kinds.append(of)
            named.append((kind, engine))
    return Wanted(tuple(dict.fromkeys(kinds)), tuple(named), tuple(paths))


def found_by(
    loaded: "Loaded",
    config: Path | None,
    kinds: "Sequence[Kind]",
    named: Sequence[tuple[str, str]] = (),
    *,
    remote: bool = False,
) -> "list[Candidate]":
    """Everything that may be measured with this configuration."""
    from lorgnette.cli.candidates import bases
    from lorgnette.cli.shelf import opened
    from lorgnette.gauge import candidates

    here = opened(loaded.config, config)
    given = bases(loaded.config, loaded.settings.engines, here.catalogue, here.shelf, kinds, named)
    return list(candidates(given, remote=remote))


def run_bench(
    loaded: "Loaded",
    found: "Sequence[Candidate]",
    material: "Sequence[Recording]" = (),
    *,
    repeats: int = 3,
    seconds: float = 10.0,
    quiet: bool = False,
    remote: bool = False,
) -> "list[Figure]":
    """Measure, and keep the figures as they come."""
    import tempfile
    from contextlib import aclosing

    from lorgnette.cli.candidates import english
    from lorgnette.cli.local import run
    from lorgnette.cli.logs import hushed
    from lorgnette.cli.progress import steps
    from lorgnette.gauge import Book, measure
    from lorgnette.sdk.language import languages

    spoken = sorted(languages())
    book = Book.open(Path(loaded.paths.data))
    figures: list[Figure] = []
    grammar = english() if any(one.kind == "asr" and not one.why for one in found) else {}

    async def work(folder: Path) -> None:
        heard = list(material)
        if not heard and any(one.kind in {"asr", "turn", "vad", "wake"} and not one.why for one in found):
            heard = await _made(loaded, spoken, folder, remote=remote)
        with steps("Measuring", len(found), quiet=quiet) as step:
            results = measure(found, heard, spoken, grammar, repeats=repeats, seconds=seconds)
            step(found[0].name, 0)
            async with aclosing(results) as rows:
                done = 0
                async for _, new in rows:
                    done += 1
                    figures.extend(new)
                    book.add(one for one in new if one.usable)
                    step(found[done].name if done < len(found) else "", 1)

    with hushed(), tempfile.TemporaryDirectory(prefix="lorgnette-bench-") as folder:
        run(work(Path(folder)))
    return figures


async def _made(loaded: "Loaded", spoken: Sequence[str], folder: Path, *, remote: bool) -> "list[Recording]":
    """Speech of the chosen voices; what they would send elsewhere is left to eSpeak."""
    from lorgnette.core.errors import LorgnetteError
    from lorgnette.engines.registry import EngineChoice, build_engines, egress_of
    from lorgnette.gauge import make

    choice = loaded.settings.engines
    names = []
    for name in choice.tts:
        told = egress_of("tts", name, choice.settings.get(f"tts.{name}", {}))
        if remote or (told is not None and (not told.sends or told.reach == "machine")):
            names.append(name)
    only = EngineChoice(vad=(), asr=(), tts=tuple(names) or ("espeak",), settings=choice.settings)
    engines = build_engines(only)
    engines.start()
    try:
        return await make(engines.synthesizer, spoken, folder)
    except LorgnetteError:
        return []
    finally:
        await engines.aclose()


def show(figures: "Sequence[Figure]", data: Path) -> None:
    """What was measured as a table, then what wasn't and why, then what to know about it."""
    from rich.table import Table
    from rich.text import Text

    from lorgnette.cli.output import console
    from lorgnette.gauge import load, this_machine

    out = console()
    measured = [one for one in figures if one.usable]
    if measured:
        rows = [columns(one) for one in measured]
        titles = [title for title in rows[0] if any(row[title] for row in rows)]
        table = Table(box=None, pad_edge=False, header_style="dim")
        for title in titles:
            left = title in {"engine", "chip", ""}
            table.add_column(title, justify="left" if left else "right", no_wrap=True)
        for row in rows:
            table.add_row(*(row[title] for title in titles))
        out.print(table)
    for one in figures:
        if one.why:
            mark = "[dim]·[/]" if one.absent else "[red]✗[/]"
            chip = f" on {one.provider}" if one.provider != "cpu" else ""
            out.print(mark, Text(f"{one.kind} {one.engine}{chip}: {one.why}"), soft_wrap=True)
    if not measured:
        return
    machine = this_machine()
    out.print(f"\n[dim]{machine.processor}, {machine.cores} cores. {LEGEND}[/]")
    if any(one.synthetic for one in measured):
        out.print("[yellow]![/] * of a synthetic voice: that tells little about people.", end=" ")
        out.print("[dim]lorgnette bench asr FOLDER takes recordings.[/]")
    if max(load(), *(one.load for one in measured)) > machine.cores:
        out.print("[yellow]![/] Other programs were busy meanwhile: on a quiet machine it is faster.")
    out.print(
        f"[dim]Kept in {data / 'bench.json'}. Choose by it: lorgnette models use --fastest[/]", soft_wrap=True
    )


def columns(one: "Figure") -> dict[str, str]:
    """A row as a person reads it; what is empty everywhere isn't shown."""
    rtf = "" if one.rtf is None else f"{one.rtf:.2g}" if one.rtf >= 0.001 else f"{one.rtf:.4f}"
    return {
        "engine": f"{one.kind} {one.engine}" + (f"\n  {one.model}" if one.model else ""),
        "chip": one.provider,
        "": one.language,
        "× real time": rtf,
        "first": time_of(one.first_s),
        "answer": time_of(one.answer_s),
        "wrong": "" if one.error is None else f"{one.error:.0%}" + ("*" if one.synthetic else ""),
        "loads": time_of(one.load_s),
        "memory": "" if one.memory_mb is None else f"{one.memory_mb:.0f} MB",
        "much": "" if one.per_s is None else f"{one.per_s:,.0f}",
    }


def time_of(value: float | None) -> str:
    """Seconds, for people."""
    if value is None:
        return ""
    if value < 0.001:
        return f"{value * 1e6:.0f} µs"
    if value < 0.01:
        return f"{value * 1000:.1f} ms"
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"
