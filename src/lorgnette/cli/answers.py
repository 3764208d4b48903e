"""How turns are printed by `say` and `hear`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lorgnette.cli.output import console, print_json

FIELDS = ("transcript", "lang", "reply", "tools", "scenes", "timings_ms")
BAD = ("failed", "not_understood")


class Printer:
    """Prints turns as they come; `code` is the exit code: 1 when something was not understood."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.code = 0

    def turns(self, turns: Iterable[dict[str, Any]], file: Path | None = None) -> None:
        """Print each; a recording in which nothing was said prints one empty turn for programs."""
        found = list(turns)
        if any(turn.get("outcome") in BAD for turn in found) or not found:
            self.code = 1
        if self._as_json:
            for turn in found or [_nothing()]:
                line = {name: turn[name] for name in FIELDS} | {"outcome": turn.get("outcome", "done")}
                print_json(line | ({"file": str(file)} if file is not None else {}))
        else:
            self._show(found, file)

    def _show(self, turns: list[dict[str, Any]], file: Path | None) -> None:
        out = console()
        if file is not None:
            out.print(f"[dim]{file.name}[/]")
        if not turns:
            out.print("  [yellow]nothing was understood[/]")
        for turn in turns:
            if turn["transcript"]:
                out.print("  [dim]you[/]  ", end="")
                out.print(turn["transcript"], markup=False)
            out.print("  [cyan]hub[/]  ", end="")
            out.print(turn["reply"] or "–", markup=False)
            for tool in turn["tools"]:
                arguments = ", ".join(f"{name}={value}" for name, value in tool["arguments"].items())
                out.print(f"       [dim]{tool['skill']}.{tool['tool']}({arguments})[/]")


def print_turns(turns: list[dict[str, Any]], *, as_json: bool) -> int:
    """Print them; the exit code."""
    printer = Printer(as_json=as_json)
    printer.turns(turns)
    return printer.code


def _nothing() -> dict[str, Any]:
    return {
        "transcript": "",
        "lang": "",
        "reply": "",
        "tools": [],
        "scenes": [],
        "timings_ms": {},
        "outcome": "not_understood",
    }
