"""Runs the benchmarks and writes `bench-out/<date>.json` and `.md`: medians, with peers in the same run.

A benchmark is a script that prints one JSON object as its last line of output:
`{"rows": [{…}, …], "keys": ["server", "sessions"], "notes": ["…"]}`. Cells named in `keys` tell a row from
the others; numbers in the other cells become the median over the runs. Nothing passes or fails by a time.
An object without rows becomes a table of the numbers in it. What a benchmark names in `compared` is set
against the last result (`compare.py`).
"""

import argparse
import contextlib
import datetime as dt
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare import Column, Result, last
from compare import lines as against

HOME = Path(__file__).resolve().parents[1]
OUT = HOME / "bench-out"


@dataclass(frozen=True, slots=True)
class Bench:
    """One benchmark: its script, how often it runs, and what each run gets as arguments."""

    name: str
    title: str
    script: str
    runs: int = 3
    arguments: tuple[str, ...] = ()
    limit_s: int = 3600
    compared: tuple[Column, ...] = ()


# To add a benchmark, add a line; the name is what `make bench ARGS=name` takes.
BENCHES = [
    Bench("size", "What an installation weighs and how fast it starts", "benchmarks/size.py", runs=1),
    Bench("websocket-servers", "WebSocket servers under devices' frames", "benchmarks/websocket_servers.py"),
    Bench("vad", "Voice detection over many sessions", "benchmarks/vad.py"),
    Bench(
        "engines",
        "Each engine that is set up, on each chip: first result, real-time factor, memory",
        "benchmarks/engines.py",
        compared=(Column("first_ms", little=2.0), Column("rtf", little=0.002), Column("mb", little=5.0)),
    ),
    Bench(
        "commands",
        "Spoken commands: right ones against false accepts, and their cost",
        "benchmarks/commands.py",
        runs=1,
    ),
    Bench("wake", "Wake words: heard, understood behind them, false alarms", "benchmarks/wake.py", runs=1),
    Bench("turns", "Pauses taken for the end, and waiting for the end", "benchmarks/turns.py", runs=1),
    Bench(
        "capacity",
        "Sessions on one hub until the reply is 40 ms late, and Pipecat's",
        "benchmarks/capacity.py",
        arguments=("--seconds", "12"),
        compared=(
            Column("later p95 ms", little=20.0),
            Column("CPU ms a session-second"),
            Column("KB a session", little=10.0),
        ),
    ),
    Bench("latency", "End of speech to first sound, barge-in, reconnect", "benchmarks/latency.py"),
    Bench(
        "echo",
        "The hub's own voice in the microphone: self-interruptions, barge-ins found",
        "benchmarks/echo.py",
    ),
    Bench(
        "kills",
        "A hundred engines shot while ten wearers talk: lost, recovered, how much later",
        "benchmarks/kills.py",
        runs=1,
    ),
    Bench("soak", "Ten minutes of comings and goings: nothing grows", "benchmarks/soak.py", runs=1),
    Bench("store", "The store", "benchmarks/store.py"),
    Bench("media", "What a frame costs in media/, in µs of CPU", "benchmarks/media.py"),
    Bench(
        "injection",
        "Strangers' words against a model that obeys them: attacks that worked, wishes still granted",
        "benchmarks/injection.py",
        runs=1,
    ),
    Bench("reflexes", "Sentences to tools: µs of CPU, people's phrasing met", "benchmarks/reflexes.py"),
]


def run_once(bench: Bench) -> dict[str, Any] | None:
    """One run's object; None, with the reason on standard error, when it failed."""
    command = [sys.executable, str(HOME / bench.script), *bench.arguments]
    try:
        done = subprocess.run(
            command, cwd=HOME, stdout=subprocess.PIPE, text=True, timeout=bench.limit_s, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"{bench.name}: stopped after {bench.limit_s} s", file=sys.stderr)
        return None
    if done.returncode == 0 and (result := result_of(done.stdout)) is not None:
        return result
    print(f"{bench.name}: exit code {done.returncode}, no result", file=sys.stderr)
    return None


def result_of(output: str) -> dict[str, Any] | None:
    """The object in the last line of an output, or in the whole of it; a nest of numbers becomes rows."""
    for text in (output.strip().rpartition("\n")[2], output):
        with contextlib.suppress(json.JSONDecodeError):
            found = json.loads(text)
            if isinstance(found, dict):
                return found if "rows" in found else {"keys": ["what"], "rows": list(leaves(found))}
    return None


def leaves(nest: dict[str, Any], path: str = "") -> Iterator[dict[str, Any]]:
    """A row for each number in nested objects, named by the way to it."""
    for name, inner in nest.items():
        if isinstance(inner, dict):
            yield from leaves(inner, f"{path}{name}: ")
        elif is_number(inner):
            yield {"what": f"{path}{name}", "value": inner}


def is_number(cell: object) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def medians(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of all runs as one table, in the order of the first run."""
    keys = results[0].get("keys", [])
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for result in results:
        for position, row in enumerate(result["rows"]):
            mark = tuple(row.get(key) for key in keys) if keys else (position,)
            groups.setdefault(mark, []).append(row)
    table: list[dict[str, Any]] = []
    for rows in groups.values():
        merged: dict[str, Any] = {}
        for column, cell in rows[0].items():
            numbers = [row[column] for row in rows if is_number(row.get(column))]
            if column in keys or not numbers or not is_number(cell):
                merged[column] = cell
            else:
                merged[column] = round(statistics.median(numbers), 4)
        table.append(merged)
    return table


def cell_text(cell: object) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:,.3g}" if abs(cell) < 100 else f"{cell:,.0f}"
    return str(cell).replace("|", "\\|")


def markdown(rows: list[dict[str, Any]]) -> list[str]:
    """A Markdown table with every column that any row has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = ["| " + " | ".join(columns) + " |", "| " + " | ".join("---" for _ in columns) + " |"]
    lines += ["| " + " | ".join(cell_text(row.get(column)) for column in columns) + " |" for row in rows]
    return lines


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    processor = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                processor = line.partition(":")[2].strip()
                break
    return {
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "processor": processor,
        "cores": os.cpu_count(),
        "load before": round(os.getloadavg()[0], 2),
    }


def write(report: dict[str, Any]) -> Path:
    """Both files, written anew after each benchmark, so that a stopped run keeps what it has."""
    OUT.mkdir(exist_ok=True)
    base: Path = OUT / report["started"].replace(":", "")
    base.with_suffix(".json").write_text(
        json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    about = report["machine"]
    lines = [
        f"# Benchmarks of {report['started']}",
        "",
        f"Lorgnette at {report['commit']}, Python {about['python']}, {about['system']}.",
        f"{about['processor']}, {about['cores']} cores; load before: {about['load before']}.",
    ]
    for result in report["benchmarks"]:
        runs = "one run" if result["runs"] == 1 else f"median of {result['runs']} runs"
        lines += [
            "",
            f"## {result['title']}",
            f"`make bench ARGS={result['name']}`, {runs}, {result['took_s']} s.",
            "",
        ]
        lines += markdown(result["rows"])
        lines += ["", *(f"- {note}" for note in result["notes"])] if result["notes"] else []
        lines += result.get("against", [])
    page = base.with_suffix(".md")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return page


def held_against(
    bench: Bench, report: dict[str, Any], rows: list[dict[str, Any]], keys: list[str]
) -> list[str]:
    """The lines that compare it with the last result; none where nothing is to be compared."""
    then = last(bench.name, OUT, report["started"]) if bench.compared else None
    if then is None:
        return []
    now = Result(report["started"], report["commit"], report["machine"], rows, keys)
    return against(now, then, bench.compared, markdown)


def commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HOME, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "an unknown commit"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="which benchmarks; all when none is named")
    parser.add_argument("--list", action="store_true", help="list them and stop")
    parser.add_argument("--runs", type=int, help="how often each one runs, instead of what it says itself")
    arguments = parser.parse_args()
    if arguments.list:
        print(*(f"{bench.name:20} {bench.title}" for bench in BENCHES), sep="\n")
        return 0
    known = {bench.name: bench for bench in BENCHES}
    if unknown := set(arguments.names) - set(known):
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    started = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    report: dict[str, Any] = {"started": started, "commit": commit(), "machine": machine(), "benchmarks": []}
    failed = []
    for bench in [known[name] for name in arguments.names] or BENCHES:
        begun = time.monotonic()
        runs = arguments.runs or bench.runs
        results = []
        for number in range(1, runs + 1):
            print(f"{bench.name}: run {number} of {runs}", file=sys.stderr)
            result = run_once(bench)
            if result is None:
                break
            results.append(result)
        if len(results) < runs:
            failed.append(bench.name)
            continue
        report["benchmarks"].append(
            {
                "name": bench.name,
                "title": bench.title,
                "runs": runs,
                "took_s": round(time.monotonic() - begun, 1),
                "rows": (rows := medians(results)),
                "keys": (keys := results[0].get("keys", [])),
                "notes": results[0].get("notes", []),
                "against": held_against(bench, report, rows, keys),
                "each_run": [result["rows"] for result in results],
            }
        )
        page = write(report)
    if report["benchmarks"]:
        print(page.read_text(encoding="utf-8"))
        print(f"Written: {page.relative_to(HOME)} and .json")
    if failed:
        print(f"Without a result: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
