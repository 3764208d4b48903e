"""`lorgnette models use --fastest`: engines by what was measured here, written into lorgnette.toml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from lorgnette.core.errors import ConfigError

if TYPE_CHECKING:
    from lorgnette.cli.settings import Loaded
    from lorgnette.engines.registry import Kind
    from lorgnette.gauge import Book, Candidate, Measured, Pick

type SpeechKind = Literal["asr", "tts"]

WHAT: Final[Mapping[str, tuple[SpeechKind, ...]]] = {"all": ("asr", "tts"), "asr": ("asr",), "tts": ("tts",)}
NOUN: Final = {"asr": "hears", "tts": "speaks"}


@dataclass
class Choice:
    """Of one kind: who does each language, in which order they stand, what is written for that."""

    kind: SpeechKind
    picks: "list[Pick]" = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    changes: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    """Whether other programs wanted the processors while some of it was measured."""


@dataclass(frozen=True, slots=True)
class Change:
    """One setting as it would be written, and as it is now."""

    name: str
    value: str
    was: str


def use_fastest(
    what: str, config: Path | None, set_: Sequence[str], *, dry_run: bool, as_json: bool, remote: bool
) -> None:
    """Measure what isn't measured yet, choose, show why, write."""
    from lorgnette.cli.settings import files_of, load
    from lorgnette.config import Paths, set_value

    if what not in WHAT:
        raise ConfigError(f"--fastest chooses {', '.join(WHAT)}; {what!r} is none of them")
    loaded = load(config, set_, quiet=True)
    found, book = _measured(loaded, config, WHAT[what], remote=remote, quiet=as_json)
    choices = [_choice(kind, loaded, found, book) for kind in WHAT[what]]
    changes = _changes(loaded, choices)
    files = files_of(config)
    path = files[0] if files else Paths.of().file
    if not dry_run:
        for one in changes:
            set_value(path, one.name, one.value, loaded.config.schema)
    if as_json:
        _print(choices, changes, written=not dry_run)
    else:
        _show(choices, changes, path, loaded, config, dry_run=dry_run)


def _measured(
    loaded: "Loaded", config: Path | None, kinds: "Sequence[Kind]", *, remote: bool, quiet: bool
) -> "tuple[list[Candidate], Book]":
    """The candidates and the book, after the bench has measured what is new or has changed since."""
    from lorgnette.cli.bench import found_by, run_bench
    from lorgnette.gauge import Book

    found = [one for one in found_by(loaded, config, kinds, remote=remote) if not one.why]
    book = Book.open(Path(loaded.paths.data))
    new = [one for one in found if not _current(one, book)]
    if new:
        run_bench(loaded, new, seconds=5.0, quiet=quiet, remote=remote)
        book = Book.open(Path(loaded.paths.data))
    return found, book


def _current(one: "Candidate", book: "Book") -> bool:
    """Whether it was measured with the packages and settings that hold now."""
    rows = book.of(one.kind, one.engine, model=one.model, provider=one.provider, print=one.print)
    return any(dict(row.versions) == one.versions for row in rows)


def _choice(kind: SpeechKind, loaded: "Loaded", found: "Sequence[Candidate]", book: "Book") -> Choice:
    from lorgnette.gauge import Measured, fastest, in_order
    from lorgnette.sdk.language import languages

    rows = [
        Measured(one, figure)
        for one in found
        if one.kind == kind
        for figure in book.of(kind, one.engine, model=one.model, provider=one.provider, print=one.print)
        if dict(figure.versions) == one.versions
    ]
    own = loaded.settings.language.partition("-")[0].lower()
    choice, fixed = Choice(kind), dict[str, "Candidate"]()
    choice.busy = any(row.figure.load > book.machine.cores for row in rows)
    for language in sorted(languages(), key=lambda one: (one != own, one)):
        able = [
            row
            for row in rows
            if row.figure.language == language
            and fixed.get(row.candidate.engine, row.candidate) == row.candidate  # one model an engine
        ]
        pick = fastest(language, able)
        choice.picks.append(pick)
        if pick.picked is not None:
            fixed.setdefault(pick.picked.candidate.engine, pick.picked.candidate)
    now = loaded.settings.engines.asr if kind == "asr" else loaded.settings.engines.tts
    knows: dict[str, set[str]] = {}
    for row in rows:
        knows.setdefault(row.candidate.engine, set()).add(row.figure.language)
    done = [(one.language, one.picked.candidate.engine) for one in choice.picks if one.picked is not None]
    choice.order, choice.lost = in_order(done, knows, now)
    for one in fixed.values():
        choice.changes |= _settings(one, loaded)
    if done:
        choice.changes[f"speech.{kind}"] = ",".join(choice.order)
    return choice


def _settings(one: "Candidate", loaded: "Loaded") -> dict[str, str]:
    found = {name: value for name, value in one.changes.items() if not name.startswith("speech.")}
    section = f"{one.kind}_{one.engine}"
    kind = loaded.config.schema.sections.get(section)
    if "provider" in one.settings and kind is not None and "provider" in kind.__struct_fields__:
        found[f"{section}.provider"] = one.provider
    return found


def _changes(loaded: "Loaded", choices: Sequence[Choice]) -> list[Change]:
    """What isn't so already; all are checked before the first is written."""
    from lorgnette.config.values import from_text, shown

    config = loaded.config
    found: list[Change] = []
    for name, value in {name: value for one in choices for name, value in one.changes.items()}.items():
        section, key = config.schema.split(name)
        try:
            new = from_text(value, config.schema.find(section, key))
        except ValueError as error:
            raise ConfigError(f"{name} {error}") from error
        now = getattr(config.section(config.schema.sections[section]), key)
        if section == "speech" and not now:  # empty: what is installed, best first
            now = loaded.settings.engines.asr if key == "asr" else loaded.settings.engines.tts
            if tuple(new) != tuple(now):
                found.append(Change(name, value, ""))
        elif new != now:
            found.append(Change(name, value, shown(now)))
    return found


def _print(choices: Sequence[Choice], changes: Sequence[Change], *, written: bool) -> None:
    from lorgnette.cli.output import print_json

    for choice in choices:
        for pick in choice.picks:
            print_json(
                {
                    "kind": choice.kind,
                    "language": pick.language,
                    **_named(pick.picked),
                    "why": pick.why,
                    "passed": [{**_named(one), "why": why} for one, why in pick.passed],
                    "lost": pick.language in choice.lost,
                    "busy": choice.busy,
                }
            )
    for one in changes:
        print_json({"set": one.name, "value": one.value, "was": one.was, "written": written})


def _named(one: "Measured | None") -> dict[str, Any]:
    if one is None:
        return {"engine": "", "model": "", "provider": ""}
    found = one.candidate
    return {"engine": found.engine, "model": found.model, "provider": found.provider}


def _show(
    choices: Sequence[Choice],
    changes: Sequence[Change],
    path: Path,
    loaded: "Loaded",
    config: Path | None,
    *,
    dry_run: bool,
) -> None:
    import shlex

    from lorgnette.cli.output import console

    out = console()
    out.print(_table(choices, loaded, config))
    if any(choice.kind == "tts" for choice in choices):
        out.print("[dim]Of a voice only its speed is known here, not how it sounds.[/]")
    if any(choice.busy for choice in choices):
        out.print("[yellow]![/] Measured while the machine was busy.", end=" ")
        out.print("[dim]On a quiet one, first: lorgnette bench asr tts[/]")
    if not changes:
        out.print("[green]✓[/] That is how it is set already.")
        return
    out.print()
    for change in changes:
        out.print(f"  {change.name} = {change.value}", markup=False, soft_wrap=True)
    if dry_run:
        out.print("[dim]Nothing was written: --dry-run.[/]")
        return
    out.print(f"Written to {path}. A running hub takes it at its next start.", markup=False, soft_wrap=True)
    out.print("[dim]As it was:[/]")
    named = f" --config {shlex.quote(str(config))}" if config else ""
    for change in changes:
        back = f"lorgnette config set {change.name} {shlex.quote(change.was)}{named}"
        out.print(f"  {back}", markup=False, soft_wrap=True)


def _table(choices: Sequence[Choice], loaded: "Loaded", config: Path | None) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in range(4):
        table.add_column(overflow="fold")
    for choice in choices:
        for pick in choice.picks:
            why = Text(pick.why)
            for one, reason in pick.passed:
                why.append(f"\n{one.candidate.engine} {one.candidate.model}".rstrip() + f": {reason}", "dim")
            if pick.picked is None:
                why.append(_remedy(choice.kind, pick.language, loaded, config), "cyan")
            if pick.language in choice.lost:
                why.append("\nbut another language needs the order to be otherwise", "yellow")
            found = pick.picked.candidate if pick.picked is not None else None
            name = f"{found.engine}\n{found.model}".rstrip() if found is not None else "[yellow]nobody[/]"
            table.add_row(pick.language, f"[dim]{NOUN[choice.kind]}[/]", name, why)
    return table


def _remedy(kind: SpeechKind, language: str, loaded: "Loaded", config: Path | None) -> str:
    """A model of the catalogue that would do it, if an engine for it is installed."""
    from lorgnette.cli.models import runnable
    from lorgnette.cli.shelf import opened

    here = opened(loaded.config, config)
    for model in here.catalogue:
        fitting = model.kind == kind and language in model.languages and runnable(model)
        if fitting and not here.shelf.installed(model):
            return f"\n→ lorgnette models pull {model.id}"
    return ""
