"""Contracts for import-linter: who may know whom, and the libraries a room may use."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

ROOT = "lorgnette"


@dataclass(frozen=True, slots=True)
class Violation:
    """One import that a table does not allow."""

    importer: str
    imported: str
    line: int
    room: str
    rule: str

    def __str__(self) -> str:
        """The sentence that a person reads."""
        return f"{self.importer} (line {self.line}) imports {self.imported}: {self.room} {self.rule}."


def room_of(module: str) -> str | None:
    """The room of a module, e.g. `session` of `lorgnette.session.floor`; None for outsiders."""
    parts = module.split(".")
    return parts[1] if parts[0] == ROOT and len(parts) > 1 else None


def parse_table(lines: Iterable[str]) -> dict[str, list[str]]:
    """`room: a, b` lines as a mapping; `*` stands for everything and `-` for nothing."""
    table: dict[str, list[str]] = {}
    for line in lines:
        room, _, names = line.partition(":")
        known = [name.strip() for name in names.split(",")]
        table[room.strip()] = [name for name in known if name not in {"", "-"}]
    return table


def line_of(graph: ImportGraph, importer: str, imported: str) -> int:
    """Where the import stands."""
    return next((d["line_number"] for d in graph.get_import_details(importer=importer, imported=imported)), 0)


class TableContract(Contract):
    """A contract that is a table of rooms; a subclass says which imports break it."""

    table: Any = fields.ListField(subfield=fields.StringField())
    advice: ClassVar[str] = ""

    def violations(self, graph: ImportGraph, table: dict[str, list[str]]) -> list[Violation]:
        """The imports that break the contract."""
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Whether the contract is kept."""
        del verbose
        found = self.violations(graph, parse_table(str(line) for line in self.table))
        return ContractCheck(kept=not found, metadata={"violations": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say each violation in one line, then what to do about it."""
        for violation in check.metadata["violations"]:
            output.print_error(f"- {violation}", bold=False)
        output.new_line()
        output.print(self.advice)
        output.new_line()


class Rooms(TableContract):
    """Each room may import, also lazily, only the rooms beside it in the table."""

    advice = "Move the code to a room that may know both, or need a Protocol that app/ fills."

    def violations(self, graph: ImportGraph, table: dict[str, list[str]]) -> list[Violation]:
        """Imports from room to room that the table lacks."""
        found: list[Violation] = []
        for module in sorted(graph.modules):
            room = room_of(module)
            if room is None:
                continue
            allowed = table.get(room)
            if allowed is None:
                found.append(Violation(module, ROOT, 0, room, "is not in the table of .importlinter"))
                continue
            rule = f"may know {', '.join(allowed) or 'no other room'}"
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                other = room_of(imported)
                if other is None or other == room or other in allowed or "*" in allowed:
                    continue
                found.append(Violation(module, imported, line_of(graph, module, imported), room, rule))
        return found


class Libraries(TableContract):
    """A room in the table may import, beside the standard library, only the packages named there."""

    advice = "Use the standard library, or do the work in a room further up."

    def violations(self, graph: ImportGraph, table: dict[str, list[str]]) -> list[Violation]:
        """Imports of other packages from the rooms in the table."""
        found: list[Violation] = []
        for module in sorted(graph.modules):
            room = room_of(module)
            if room not in table:
                continue
            rule = f"uses no package but {', '.join(table[room]) or 'the standard library'}"
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                package = imported.partition(".")[0]
                if package == ROOT or package in sys.stdlib_module_names or package in table[room]:
                    continue
                found.append(Violation(module, imported, line_of(graph, module, imported), room, rule))
        return found
