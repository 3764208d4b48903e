"""A result against the last one: unchanged, better or worse, and what speaks against comparing them at all.

The last one is the newest file in bench-out/ that holds the same benchmark, else `baseline.json`: what
docs/benchmarks.md says. Nothing passes or fails by it; machines and their load differ.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

BASELINE = Path(__file__).with_name("baseline.json")
SAME = 0.2
"""Share by which one machine's figures differed over a day with the same program."""


@dataclass(frozen=True, slots=True)
class Column:
    """What is compared. `lower`: less is better; `little`: a difference that is too small to count."""

    name: str
    lower: bool = True
    little: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """One benchmark of one run."""

    started: str
    commit: str
    machine: dict[str, Any]
    rows: list[dict[str, Any]]
    keys: list[str]


def last(name: str, folder: Path, before: str = "9", baseline: Path = BASELINE) -> Result | None:
    """The newest result of this benchmark that began before; the baseline where there is none."""
    for path in sorted(folder.glob("*.json"), reverse=True):
        found = _read(path, name)
        if found is not None and found.started < before:
            return found
    return _read(baseline, name)


def compared(now: Result, then: Result, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """A row for each figure that both have."""
    old = {_mark(row, now.keys): row for row in then.rows}
    found: list[dict[str, Any]] = []
    for row in now.rows:
        other = old.get(_mark(row, now.keys))
        for column in columns if other is not None else ():
            assert other is not None
            new_value, old_value = row.get(column.name), other.get(column.name)
            if _number(new_value) and _number(old_value):
                found.append(
                    {
                        "row": ", ".join(str(row[key]) for key in now.keys if row.get(key) is not None),
                        "figure": column.name,
                        "before": old_value,
                        "now": new_value,
                        "ratio": round(new_value / old_value, 2) if old_value else None,
                        "verdict": verdict(new_value, old_value, column),
                    }
                )
    return found


def verdict(now: float, then: float, column: Column) -> str:
    """Within `SAME`, or within what is too little to count, nothing has changed."""
    if abs(now - then) <= max(column.little, SAME * abs(then)):
        return "unchanged"
    return "better" if (now < then) == column.lower else "worse"


def doubts(now: Result, then: Result) -> list[str]:
    """Why the two may tell little about the program."""
    found = [
        f"another {what}: {then.machine.get(what)}, now {now.machine.get(what)}"
        for what in ("processor", "cores", "python")
        if then.machine.get(what) != now.machine.get(what)
    ]
    old, new = then.machine.get("load before"), now.machine.get("load before")
    if not _number(old):
        found.append(f"the load of then isn't known; now {new}")
    elif _number(new) and abs(old - new) > 0.5:
        found.append(f"another load before: {old}, now {new}")
    return found


def lines(now: Result, then: Result, columns: Sequence[Column], table: Any) -> list[str]:
    """As Markdown; `table` makes one of rows."""
    rows = compared(now, then, columns)
    if not rows:
        return []
    counts = {one: sum(row["verdict"] == one for row in rows) for one in ("better", "unchanged", "worse")}
    summary = ", ".join(f"{count} {one}" for one, count in counts.items() if count)
    reasons = doubts(now, then)
    return [
        "",
        f"Against {then.started} ({then.commit}): {summary}; within {SAME:.0%} counts as unchanged.",
        *([f"Not quite comparable: {'; '.join(reasons)}."] if reasons else []),
        "",
        *table(rows),
    ]


def _read(path: Path, name: str) -> Result | None:
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        for one in report["benchmarks"]:
            if one["name"] == name:
                keys = one.get("keys", [])
                return Result(report["started"], report["commit"], report["machine"], one["rows"], keys)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None


def _mark(row: dict[str, Any], keys: Iterable[str]) -> tuple[Any, ...]:
    return tuple(row.get(key) for key in keys)


def _number(cell: Any) -> TypeGuard[float]:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)
