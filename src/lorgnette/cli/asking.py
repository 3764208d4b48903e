"""Questions on a terminal, and whether there is anybody to ask."""

import sys
from typing import Protocol

import typer


class Asker(Protocol):
    """Who answers: a person, or `--yes`."""

    def yes(self, question: str) -> bool:
        """Enter is a yes."""
        ...

    def line(self, question: str, default: str) -> str: ...


class Person:
    """At the terminal. Ctrl-C and Ctrl-D end the command."""

    def yes(self, question: str) -> bool:
        return typer.confirm(f"  {question}", default=True)

    def line(self, question: str, default: str) -> str:
        answer: str = typer.prompt(f"  {question}", default=default)
        return answer


class Yes:
    """`--yes`: the defaults."""

    def yes(self, question: str) -> bool:
        typer.echo(f"  {question} yes")
        return True

    def line(self, question: str, default: str) -> str:
        typer.echo(f"  {question}: {default}")
        return default


def asker(*, yes: bool, quiet: bool = False) -> Asker | None:
    """`yes`: whatever is asked. Else a person, where both ends are a terminal and nobody wants it `quiet`.

    None: nobody is asked, and nothing is done that needs an answer.
    """
    if yes:
        return Yes()
    return None if quiet or not (sys.stdin.isatty() and sys.stdout.isatty()) else Person()
