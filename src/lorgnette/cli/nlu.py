"""`lorgnette nlu`: what an utterance is understood as, and why. Nothing is done, and no hub is needed."""

import sys
from collections.abc import Iterator
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from lorgnette.cli.options import JsonOption, LanguageOption

if TYPE_CHECKING:
    from lorgnette.mind.guessing import Understood

LONGEST: Final = 2_000
"""Characters of an utterance that are looked at."""


def nlu(
    text: Annotated[
        str | None,
        typer.Argument(help="What somebody says; left out: one utterance a line from standard input."),
    ] = None,
    lang: LanguageOption = "",
    model: Annotated[
        bool, typer.Option("--model", help="As if a language model were set up, which thinks in doubt.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Explain what an utterance is understood as: by which sentence or score, with what, and why.

    The decision is *do*, *propose* ("did you mean …?"), *route* (a language model thinks) or *none*.
    """
    from lorgnette.app.skills import Skills
    from lorgnette.cli.output import print_json
    from lorgnette.cli.settings import load
    from lorgnette.mind.guessing import Guessing
    from lorgnette.mind.reflexes import Reflexes

    registry = Skills(load(None, [], quiet=True).settings).first()
    guessing = Guessing(registry, Reflexes(registry))
    now = datetime.now().astimezone()
    for said in [text] if text is not None else _lines():
        language = lang or _language(said)
        guessing.warm(language)  # what is loaded at the first utterance isn't timed
        begin = perf_counter()
        found = guessing.understand(said, language, now=now, model=model)
        taken = (perf_counter() - begin) * 1000
        if json_:
            print_json(_row(said, language, found, taken))
        else:
            _explain(said, language, found, taken)


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.strip()[:LONGEST]


def _language(text: str) -> str:
    """Chinese where there are Han characters, else English."""
    return "zh" if any("\u3400" <= char <= "\u9fff" for char in text) else "en"


def _row(text: str, language: str, found: "Understood", taken: float) -> dict[str, Any]:
    from lorgnette.sdk.schema import plain_value

    match = found.match if found.decision in {"do", "propose"} else None
    confidence = found.guess.confidence if found.guess else found.match.confidence if found.match else 0.0
    arguments = match.arguments if match else {}
    row: dict[str, Any] = {
        "text": text,
        "lang": language,
        "decision": found.decision,
        "skill": match.skill if match else "",
        "tool": match.tool if match else "",
        "arguments": {name: plain_value(value) for name, value in arguments.items()},
        "confidence": confidence,
        "ms": round(taken, 3),
        "by": found.by,
        "why": found.why,
    }
    if found.sentence:
        row["sentence"] = found.sentence
    if found.also:
        row["also"] = [
            {
                "skill": one.skill,
                "tool": one.tool,
                "arguments": {name: plain_value(value) for name, value in one.arguments.items()},
            }
            for one in found.also
        ]
    return row


def _explain(text: str, language: str, found: "Understood", taken: float) -> None:
    from rich.markup import escape
    from rich.table import Table

    from lorgnette.cli.output import console
    from lorgnette.sdk.schema import plain_value

    out = console()
    out.print(f"[bold]{escape(text)}[/]  [dim]{language}[/]")
    colour = {"do": "green", "propose": "yellow"}.get(found.decision, "red")
    out.print(f"  [{colour}]{found.decision}[/]  {escape(found.why)}  [dim]{found.by}, {taken:.2f} ms[/]")
    for match in (*((found.match,) if found.match else ()), *found.also):
        said = ", ".join(f"{name} = {plain_value(value)}" for name, value in match.arguments.items())
        out.print(f"  {match.skill}.[bold]{match.tool}[/]  {escape(said)}", soft_wrap=True)
    if found.sentence:
        out.print(f"  [dim]asks:[/] {escape(found.sentence)}", soft_wrap=True)
    guess = found.guess
    if guess is None:
        return
    from lorgnette.mind.parser.parser import SIGNS

    table = Table(box=None, pad_edge=False, show_header=False)
    for name, score in guess.ranked[:5]:
        table.add_row("   ", name, f"{score:.3f}")
    out.print(table)
    for name, words in guess.spans:
        out.print(f"    [dim]{name}:[/] {escape(words)}", soft_wrap=True)
    signs = "  ".join(f"{name} {value:.2f}" for name, value in zip(SIGNS, guess.signs, strict=False))
    out.print(f"    [dim]confidence {guess.confidence:.3f} of {signs}[/]", soft_wrap=True)
